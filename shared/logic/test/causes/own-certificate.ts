import type { AlertName } from '../../../model/attempt'
import type { CertificateView } from '../../../model/certificate'
import { capitalise } from '../../capitalise'
import { formatIsoDate } from '../../formatting'
import type { Facts } from '../facts'
import {
  certain,
  type Hypothesis,
  likely,
  mtlsLine,
  mtlsStatus,
  nameOf,
  rejections,
  whatServerDid,
} from '../hypothesis'
import type { TestedIdentity } from '../input'
import { canSign } from '../signature-schemes'

/** What our own certificate explains, which is said before anything about the server. */
export const ownCertificate: Hypothesis[] = [
  {
    code: 'certificate-revoked',
    who: 'you',
    explains: rejections,
    support: (facts) =>
      facts.deciding.alert === 'certificate_revoked' || /REVOKED/u.test(mtlsStatus(facts))
        ? certain(...whatServerDid(facts), mtlsLine(facts))
        : facts.deciding.answer === 'certificate-called-revoked'
          ? // Microsoft, Q294305.
            likely(
              ...whatServerDid(facts),
              'Its page says so (403.13). IIS also says this when it cannot fetch the revocation list (CRL).',
            )
          : null,
    // OpenSSL and Java say the same of an issuer that is revoked (X509_V_ERR_CERT_REVOKED, BasicReason.REVOKED).
    title: (facts) =>
      (facts.identity?.issuers.length ?? 0) > 0
        ? `The server says that ${nameOf(facts)}, or one of its issuers, has been revoked.`
        : `The server says that ${nameOf(facts)} has been revoked.`,
    remedy: () => 'If that was a mistake, tell your administrator. Otherwise request a new certificate.',
  },
  {
    code: 'certificate-expired',
    who: 'you',
    explains: rejections,
    support: ofIdentity(({ certificate }, facts) =>
      isOver(certificate, facts.now)
        ? certain(
            `It was valid until ${formatIsoDate(certificate.notAfter)}.`,
            ...whatServerDid(facts),
            mtlsLine(facts),
          )
        : null,
    ),
    title: (facts) => `${capitalise(nameOf(facts))} has expired.`,
    remedy: () => 'Make a new request and have it signed.',
  },
  {
    code: 'certificate-not-yet-valid',
    who: 'you',
    explains: rejections,
    support: ofIdentity(({ certificate }, facts) =>
      Date.parse(certificate.notBefore) > facts.now.getTime()
        ? certain(`It is valid from ${formatIsoDate(certificate.notBefore)}.`, ...whatServerDid(facts), mtlsLine(facts))
        : null,
    ),
    title: (facts) => `${capitalise(nameOf(facts))} is not valid yet.`,
    remedy: () => 'Check this computer’s clock, or wait until the date shown.',
  },
  {
    code: 'certificate-without-client-use',
    who: 'administrator',
    explains: rejections,
    support: ofIdentity(({ certificate, issuers }, facts) => {
      // OpenSSL and Go hold an issuer's extended key usage against what it issues.
      const barred = [certificate, ...issuers].find(isBarred)
      const isSaid = /PURPOSE/u.test(mtlsStatus(facts))
      if (barred === undefined || (barred !== certificate && names(facts, specific))) return null
      const evidence = [extendedUseLine(barred), ...whatServerDid(facts), mtlsLine(facts)]
      return barred === certificate || isSaid ? certain(...evidence) : likely(...evidence)
    }),
    title: (facts) =>
      isOnlyIssuerBarred(facts)
        ? `An issuer of ${nameOf(facts)} may not issue certificates for client authentication.`
        : `${capitalise(nameOf(facts))} was not issued for client authentication.`,
    remedy: (facts) =>
      isOnlyIssuerBarred(facts)
        ? 'Have it issued again by an issuer (CA) whose extended key usage includes “Client authentication”.'
        : 'Have it issued again with the extended key usage “Client authentication”.',
  },
  {
    code: 'certificate-cannot-sign',
    who: 'administrator',
    explains: rejections,
    support: ofIdentity(({ certificate: { keyUsage } }, facts) =>
      keyUsage.length > 0 && !keyUsage.includes('digitalSignature')
        ? certain(`Its key usage is ${keyUsage.join(', ')}.`, ...whatServerDid(facts))
        : null,
    ),
    title: (facts) => `The key of ${nameOf(facts)} may not be used to sign.`,
    remedy: () =>
      'A client signs the handshake. Have the certificate issued again with the key usage “digitalSignature”.',
  },
  {
    code: 'certificate-self-signed',
    who: 'you',
    explains: rejections,
    support: ofIdentity(({ certificate }, facts) => {
      const isSaid = /SELF[- ]SIGNED CERTIFICATE\s*$/u.test(mtlsStatus(facts))
      if (!certificate.selfSigned || (facts.listedIssuers.length > 0 && !isSaid)) return null
      return certain('It is signed with its own key.', ...whatServerDid(facts), mtlsLine(facts))
    }),
    title: (facts) => `${capitalise(nameOf(facts))} is self-signed: no issuer (CA) has signed it.`,
    remedy: () => 'Send its request to your administrator and use the certificate that the issuer (CA) signs.',
  },
  {
    code: 'expired-issuer-sent',
    who: 'you',
    explains: rejections,
    support: ofIdentity(({ issuers, newerIssuer }, facts) => {
      const expired = issuers.find((issuer) => isOver(issuer, facts.now))
      if (expired === undefined || names(facts, ['certificate_revoked'])) return null
      return certain(
        ...whatServerDid(facts),
        `“${expired.commonName ?? expired.subject}”, sent along with it, expired on ${formatIsoDate(expired.notAfter)}.`,
        newerIssuer === null
          ? null
          : `A newer one with the same key is on this computer. It is valid until ${formatIsoDate(newerIssuer.notAfter)}.`,
      )
    }),
    title: () => 'Your certificate was sent with an expired intermediate.',
    remedy: ({ identity }) =>
      identity?.newerIssuer === null
        ? 'Ask your administrator for the renewed intermediate, and add it. Your key and certificate stay the same.'
        : 'Send the newer intermediate. Your key and certificate stay the same.',
  },
  {
    code: 'key-type-not-accepted',
    who: 'administrator',
    explains: rejections,
    support: ofIdentity(({ certificate }, facts) => {
      const { signatureSchemes: schemes, version } = facts.deciding.attempt.tls ?? {
        signatureSchemes: [],
        version: null,
      }
      // BoringSSL ends the handshake before its version is known, and only in TLS 1.3.
      const isTls13 = version === 'TLSv1.3' || (version === null && facts.deciding.treatment === 'not-offered')
      if (isUnusableHere(facts))
        return certain(`The key is ${certificate.publicKey}.`, 'The TLS library of this program cannot use it.')
      if (isWrongCurve(facts))
        return likely(
          `The key is ${certificate.publicKey}.`,
          'In TLS 1.2, servers send this alert for a curve that the client does not offer. Browsers offer P-256 and P-384, and no P-521.',
          ...whatServerDid(facts),
        )
      if (schemes.length === 0 || schemes.some((scheme) => canSign(certificate.publicKey, scheme, isTls13))) return null
      return certain(
        `The key is ${certificate.publicKey}.`,
        `The server takes these signatures: ${schemes.join(', ')}.`,
        ...whatServerDid(facts),
      )
    }),
    title: (facts) =>
      isUnusableHere(facts)
        ? 'Latchkey cannot present a certificate with this type of key.'
        : isWrongCurve(facts)
          ? 'This type of key does not work with this server in TLS 1.2.'
          : 'The server does not take certificates with this type of key.',
    remedy: () => 'Request a new certificate with a key type that the server takes, usually RSA 2048 or EC P-256.',
  },
  {
    code: 'key-too-small',
    who: 'administrator',
    explains: rejections,
    support: ofIdentity(({ certificate }, facts) =>
      bitsOf(certificate.publicKey) < 2048 && !names(facts, specific)
        ? likely(
            `The key is ${certificate.publicKey}. Servers usually want 2048 bits or more.`,
            ...whatServerDid(facts),
          )
        : null,
    ),
    title: () => 'The key of your certificate is too small.',
    remedy: () => 'Request a new certificate with a key of at least RSA 2048 or EC P-256.',
  },
  {
    code: 'certificate-signed-with-sha1',
    who: 'administrator',
    explains: rejections,
    support: ofIdentity(({ certificate, issuers }, facts) => {
      const weak = [certificate, ...issuers.filter(({ selfSigned }) => !selfSigned)].find(({ signatureAlgorithm }) =>
        /sha-?1(?!\d)|md5/iu.test(signatureAlgorithm),
      )
      return weak === undefined || names(facts, specific)
        ? null
        : likely(
            `“${weak.commonName ?? weak.subject}” is signed with ${weak.signatureAlgorithm}.`,
            ...whatServerDid(facts),
          )
    }),
    title: () => 'Your certificate is signed with an algorithm that servers no longer take.',
    remedy: () => 'Have it issued again with SHA-256.',
  },
  {
    code: 'issuers-not-sent',
    who: 'you',
    explains: rejections,
    support: ofIdentity(({ certificate, issuers }, facts) => {
      if (certificate.selfSigned || issuers.length > 0 || facts.listedIssuers.length > 0) return null
      const isSaid = /UNABLE TO (?:GET LOCAL ISSUER|VERIFY THE FIRST)/u.test(mtlsStatus(facts))
      const couldBe = facts.deciding.alert === 'unknown_ca' || acceptedIssuers(facts).length > 0
      if (!isSaid && !couldBe) return null
      return likely(
        `Only the certificate itself was sent, without its issuer “${certificate.issuerCommonName ?? certificate.issuer}”.`,
        ...whatServerDid(facts),
        mtlsLine(facts),
        acceptedLine(facts),
      )
    }),
    title: () => 'The intermediate was not sent with your certificate.',
    remedy: () =>
      'Add the issuer’s certificate (the chain file from your administrator) to your certificate, then test again.',
  },
]

function ofIdentity(support: (identity: TestedIdentity, facts: Facts) => ReturnType<Hypothesis['support']>) {
  return (facts: Facts) => (facts.identity === null ? null : support(facts.identity, facts))
}

/** Its extended key usage leaves client authentication out; without the extension, nothing is left out (RFC 5280 §4.2.1.12). */
export const isBarred = ({ extendedKeyUsage }: CertificateView) =>
  extendedKeyUsage.length > 0 && !extendedKeyUsage.some((use) => /client authentication|any use/iu.test(use))

const isOnlyIssuerBarred = ({ identity }: Facts) =>
  identity !== null && !isBarred(identity.certificate) && identity.issuers.some(isBarred)

export const extendedUseLine = ({ commonName, subject, extendedKeyUsage }: CertificateView): string =>
  extendedKeyUsage.length === 0
    ? `“${commonName ?? subject}” has no extended key usage, which allows every use.`
    : `The extended key usage of “${commonName ?? subject}” is ${extendedKeyUsage.join(', ')}.`

const isOver = ({ notAfter }: CertificateView, now: Date) => Date.parse(notAfter) <= now.getTime()

/** Alerts that name a reason of their own (RFC 8446 §6.2). */
const specific: readonly AlertName[] = [
  'certificate_revoked',
  'certificate_expired',
  'unknown_ca',
  'certificate_required',
  'decrypt_error',
]

/** In the test on sockets of our own, no connection was made with the certificate: its key cannot be loaded. */
const isUnusableHere = ({ mode, deciding }: Facts): boolean =>
  mode === 'direct' && deciding.treatment === 'not-offered' && deciding.attempt.tls === null

/**
 * OpenSSL's tls12_check_peer_sigalg (SSL_R_WRONG_CURVE): a key on a curve that is not among the groups of the ClientHello, which
 * BoringSSL fills with fewer than OpenSSL. TLS 1.3 has signature schemes for that.
 */
const isWrongCurve = ({ identity, deciding }: Facts): boolean =>
  deciding.alert === 'illegal_parameter' &&
  deciding.treatment === 'rejected' &&
  deciding.attempt.tls?.version !== 'TLSv1.3' &&
  /^EC\b(?! P-(?:256|384)$)/u.test(identity?.certificate.publicKey ?? '')

const names = ({ deciding }: Facts, alerts: readonly AlertName[]) =>
  deciding.alert !== null && alerts.includes(deciding.alert)

export const acceptedIssuers = ({ deciding, without }: Facts): string[] => {
  const own = deciding.attempt.tls?.acceptableIssuers ?? []
  return own.length > 0 ? own : (without.attempt.tls?.acceptableIssuers ?? [])
}

export const acceptedLine = (facts: Facts): string | null =>
  acceptedIssuers(facts).length === 0 ? null : `The server accepts: ${acceptedIssuers(facts).join(' · ')}.`

/** "RSA 2048" → 2048; curves count as strong enough. */
const bitsOf = (publicKey: string) => Number(/^RSA\D*(\d+)/u.exec(publicKey)?.[1] ?? Number.POSITIVE_INFINITY)
