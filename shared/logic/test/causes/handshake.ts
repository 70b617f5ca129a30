import type { Facts } from '../facts'
import {
  certain,
  type Hypothesis,
  isCutEitherWay,
  likely,
  mtlsLine,
  mtlsStatus,
  nameOf,
  possible,
  rejections,
  whatServerDid,
  whereTo,
} from '../hypothesis'
import { isDemandShown, isGate } from '../verdict-kind'
import { hasOwnWords, listedLine } from './alerts'
import { localRootLine } from './inspection'
import { acceptedIssuers, acceptedLine } from './own-certificate'

/** What a server's handshake says about a certificate that has no fault of its own. */
export const handshake: Hypothesis[] = [
  {
    code: 'key-not-installed',
    who: 'you',
    explains: ['not-offered', 'refused'],
    support: (facts) => {
      const { mode, deciding, isWithoutChoice } = facts
      if (mode !== 'browser' || deciding.sent === 'yes') return null
      const { treatment } = deciding
      const isPlainRefusal = treatment === 'refused' || (treatment === 'access-refused' && mtlsStatus(facts) !== 'NONE')
      if (isWithoutChoice && isPlainRefusal)
        return possible('The browser offered no choice of certificates. The site may not have asked for one.')
      return treatment === 'blocked' ? null : likely('The browser did not offer the certificate.')
    },
    title: () => 'The browser did not offer your certificate.',
    remedy: () => 'Install it on this computer (certificate and key), then restart the browser.',
  },
  {
    code: 'asked-after-the-request',
    who: 'administrator',
    explains: ['refused', 'refused-unproven', 'not-asked', 'not-offered'],
    support: ({ deciding }) => {
      if (deciding.answer === 'late-question')
        return certain(
          'The server’s page says that it wanted to ask after the request, which TLS 1.3 clients do not allow.',
        )
      if (deciding.answer === 'certificate-demanded' && deciding.asked === 'no')
        return likely(
          'The server’s page says that it wants a certificate, and it did not ask for one in the handshake.',
          'It may want to ask after the request, or something in front of it may answer the handshake in its place.',
        )
      return deciding.attempt.tls?.renegotiated === true && deciding.sent !== 'yes'
        ? likely('The server started a second handshake after the request.')
        : null
    },
    title: () => 'The server asks for a certificate only after the request.',
    remedy: () =>
      'Browsers do not answer that on TLS 1.3. Ask the administrator to demand the certificate for the whole host, not for a path.',
  },
  {
    code: 'server-crl-or-clock',
    who: 'administrator',
    explains: rejections,
    support: (facts) => {
      const isSaid =
        facts.deciding.alert === 'certificate_expired' ||
        facts.deciding.answer === 'certificate-called-outdated' ||
        /HAS EXPIRED|NOT YET VALID|CRL/u.test(mtlsStatus(facts))
      if (facts.identity === null || !isSaid) return null
      return likely(
        ...whatServerDid(facts),
        mtlsLine(facts),
        'By this computer’s clock, everything that was sent is valid. The server’s revocation list (CRL) may not be, or its clock may be wrong.',
      )
    },
    title: (facts) =>
      /NOT YET VALID/u.test(mtlsStatus(facts))
        ? 'The server says “not yet valid”, but everything that was sent is valid.'
        : 'The server says “expired”, but nothing that was sent has expired.',
    remedy: () => 'Ask the administrator to publish a new revocation list (CRL) and to check the server’s clock.',
  },
  {
    code: 'issuer-not-accepted',
    who: 'administrator',
    explains: rejections,
    support: (facts) => {
      const { identity, listedIssuers, deciding } = facts
      // Access tells of issuers in its own words.
      if (identity === null || listedIssuers.length > 0 || deciding.treatment === 'access-refused') return null
      const list = acceptedIssuers(facts)
      const isUnknown = deciding.alert === 'unknown_ca'
      if (list.length === 0 && !isUnknown) return null
      const evidence = [
        ...whatServerDid(facts),
        acceptedLine(facts),
        `Yours was issued by ${identity.certificate.issuer}.`,
        list.length === 0
          ? 'Servers also say this when their revocation list (CRL) is missing, or when a chain is longer than they allow.'
          : null,
      ]
      return list.length > 0 && isUnknown ? certain(...evidence) : likely(...evidence)
    },
    title: () => 'The server does not accept your certificate’s issuer.',
    remedy: ({ isAccess }) =>
      isAccess
        ? 'Upload the issuer (CA) of this certificate to Access, or issue the certificate from one that is listed.'
        : 'Add the issuer (CA) of this certificate to the server’s list of client CAs, or use a certificate from one that is listed.',
  },
  {
    code: 'issuer-listed-but-rejected',
    who: 'administrator',
    explains: ['certificate-rejected'],
    support: (facts) => {
      const { listedIssuers, deciding } = facts
      const isVague = deciding.answer === 'certificate-rejected' || deciding.alert === 'unknown_ca'
      if (listedIssuers.length === 0 || !isVague) return null
      return likely(
        ...whatServerDid(facts),
        listedLine(facts),
        'It does not say why. It may be: your certificate is revoked, the server’s revocation list (CRL) is missing or out of date, the server cannot ask its responder (OCSP), the chain is too long, or the server knows another key or certificate of that issuer.',
      )
    },
    title: () => 'The server accepts your issuer, but rejected this certificate without saying why.',
    remedy: (facts) =>
      `Ask the administrator to check the server’s log for ${nameOf(facts)}, and to check its revocation list (CRL) and chain depth.`,
  },
  {
    code: 'certificate-demanded',
    who: 'you',
    isFallback: true,
    explains: ['protected', 'refused-unproven'],
    support: (facts) => {
      if (facts.deciding.treatment !== 'demanded' || isDemandShown(facts.deciding))
        return isGate(facts.deciding) ? certain(...whatServerDid(facts), mtlsLine(facts)) : null
      return likely(
        ...whatServerDid(facts),
        // GnuTLS' gnutls_error_to_alert; in TLS 1.3 it has certificate_required.
        facts.deciding.alert === 'decode_error'
          ? 'Servers that use GnuTLS send this alert where a certificate is required.'
          : null,
        'Whether it does so for want of a certificate cannot be seen from here.',
      )
    },
    title: () => 'The site asks for a certificate.',
    remedy: () => 'Choose your certificate and test again.',
  },
  {
    // A check of the server's own looks like this (Node's `rejectUnauthorized`, stunnel), and so does a server whose TLS took
    // the certificate, with nothing running behind it. Only how far the handshake came can be seen.
    code: 'closed-after-certificate',
    who: 'administrator',
    explains: ['certificate-rejected'],
    support: (facts) =>
      facts.deciding.cutAfterQuestion
        ? likely(
            ...whatServerDid(facts),
            howFarLine(facts),
            listedLine(facts),
            isCutEitherWay(facts) ? 'Without a certificate it does the same.' : null,
            'It may have refused this certificate, or what is behind it may not be running. Which of the two cannot be seen from here.',
          )
        : null,
    title: (facts) =>
      isCutEitherWay(facts)
        ? 'The server closes the connection without saying why, with this certificate and without one.'
        : 'The server closed the connection after it got the certificate, without saying why.',
    remedy: (facts) =>
      `Ask the administrator to check the server’s log for ${nameOf(facts)}, and whether what is behind the server is running.`,
  },
  {
    code: 'rejected-without-reason',
    who: 'administrator',
    isFallback: true,
    explains: ['certificate-rejected'],
    support: (facts) =>
      hasOwnWords(facts.deciding.alert) || facts.deciding.answer === 'certificate-demanded'
        ? null
        : likely(
            ...whatServerDid(facts),
            listedLine(facts),
            facts.deciding.alert === null
              ? 'It does not say why, and Latchkey sees nothing wrong with the certificate itself.'
              : 'The alert does not say what is wrong with the certificate, and Latchkey sees nothing wrong with it.',
          ),
    title: () => 'The server rejected the certificate without saying why.',
    remedy: (facts) =>
      `Ask the administrator to check the server’s log for ${nameOf(facts)}: its issuer may be unknown there, or it may be revoked.`,
  },
  {
    code: 'server-does-not-ask',
    who: 'administrator',
    isFallback: true,
    explains: ['not-asked', 'open-to-everyone', 'other-answer'],
    support: (facts) =>
      facts.deciding.asked === 'no' && !facts.isAccess && facts.deciding.treatment !== 'site-answer'
        ? certain(...whatServerDid(facts), ...ownSiteOrInspection(facts))
        : null,
    title: () => 'The server does not ask for a certificate.',
    remedy: ({ isCloudflare }) =>
      isCloudflare
        ? 'Associate exactly this hostname with the CA in Cloudflare, or turn on client certificates on the server.'
        : 'Turn on client certificates for this host on the server, or check that this is the right address.',
  },
  {
    code: 'refused-by-server',
    who: 'administrator',
    isFallback: true,
    explains: ['refused', 'refused-unproven', 'site-error'],
    support: (facts) =>
      facts.deciding.answer === 'forbidden' || facts.deciding.answer === 'redirect-to-refusal'
        ? likely(...whatServerDid(facts), whereTo(facts), 'The answer says nothing about certificates.')
        : null,
    title: () => 'The server refuses the request, and does not say why.',
    remedy: () => 'Ask the administrator whether this address is open to you, and from where.',
  },
]

/** In TLS 1.3 our part is behind the server's last message of the handshake: nothing shows whether it was taken. */
function howFarLine({ deciding: { attempt, isHandshakeAccepted } }: Facts): string | null {
  if (attempt.outcome.kind === 'failed' && attempt.outcome.phase === 'handshake')
    return 'The handshake was not complete by then.'
  return isHandshakeAccepted || attempt.tls?.version === 'TLSv1.2' ? 'The handshake was complete by then.' : null
}

function ownSiteOrInspection({ deciding: { attempt } }: Facts): (string | null)[] {
  const line = attempt.tls === null ? null : localRootLine(attempt.tls)
  return line === null ? [] : [line, 'That may be a site of your company’s own, or TLS inspection in between.']
}
