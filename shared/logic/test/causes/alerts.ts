import type { AlertName } from '../../../model/attempt'
import type { CauseCode } from '../../../model/probe'
import type { AnswerKind } from '../answer-kind'
import type { Facts } from '../facts'
import { type Hypothesis, likely, nameOf, whatServerDid } from '../hypothesis'

/**
 * An alert in answer to our certificate. It names a set of causes, not one: RFC 8446 §6.2 defines the words, and each TLS
 * library chooses among them in its own way (OpenSSL's `ssl_x509err2alert`, Go's `processCertsFromClient`, GnuTLS'
 * `gnutls_error_to_alert`, NSS' `ssl3_SendAlertForCertError`, Java's `CertificateMessage.checkClientCerts`). What is known
 * here takes members out of that set. `certificate_revoked`, `certificate_expired` and `unknown_ca` have causes of their own.
 */
interface AlertWords {
  code: CauseCode
  alert: AlertName
  /** A page that says the same. */
  page?: AnswerKind
  title(facts: Facts): string
  /** What servers send it for, without what the facts exclude. */
  canMean(facts: Facts): string[]
  remedy(facts: Facts): string
}

const fromAlert = ({ code, alert, page, title, canMean, remedy }: AlertWords): Hypothesis => ({
  code,
  who: 'administrator',
  // Whatever else explains the rejection says more.
  isFallback: true,
  explains: ['certificate-rejected'],
  support: (facts) =>
    facts.deciding.treatment === 'rejected' &&
    (facts.deciding.alert === alert || (page !== undefined && facts.deciding.answer === page))
      ? likely(...whatServerDid(facts), listedLine(facts), ...canMean(facts))
      : null,
  title,
  remedy,
})

export const listedLine = ({ listedIssuers: [first] }: Facts): string | null =>
  first === undefined ? null : `The server’s list names your issuer ${first}.`

/** Whether the server may not know the issuer: not where its own list names it. */
const unlessListed = (facts: Facts, meaning: string): string[] => (facts.listedIssuers.length > 0 ? [] : [meaning])

const unknownIssuer = 'It may not know the issuer (CA), or may need an intermediate that was not sent.'
const lookIntoLog = (facts: Facts) => `Ask the administrator to check the server’s log for ${nameOf(facts)}.`

const alertWords: AlertWords[] = [
  {
    // OpenSSL: X509_V_ERR_INVALID_PURPOSE, of the certificate or of an issuer. Go and GnuTLS: a key of an unknown type.
    code: 'certificate-type-unsupported',
    alert: 'unsupported_certificate',
    title: () => 'The server does not support this kind of certificate.',
    canMean: () => [
      'It, or one of its issuers, may have been issued for a use other than the one the server needs.',
      'The server may not support its type of key.',
    ],
    remedy: (facts) =>
      `Ask the administrator which key usages and key types the server accepts, and compare them with ${nameOf(facts)} and its issuers.`,
  },
  {
    // OpenSSL: weak keys and digests, a certificate or CRL before its time. Go: all but an unknown issuer and dates, and
    // before 1.21 those, too. GnuTLS and NSS: whatever has no alert of its own.
    code: 'certificate-called-bad',
    alert: 'bad_certificate',
    title: () => 'The server calls this certificate bad, without details.',
    canMean: (facts) => [
      'Servers send this alert for many faults.',
      ...unlessListed(facts, unknownIssuer),
      'It may be revoked, its key or signature may be too weak for this server, or the server’s revocation list (CRL) may not be usable.',
    ],
    remedy: lookIntoLog,
  },
  {
    // OpenSSL: every error without an alert of its own, name constraints and unknown critical extensions among them. Java:
    // every client certificate that is refused. Apache: a CRL that is out of date.
    code: 'certificate-called-unacceptable',
    alert: 'certificate_unknown',
    title: () => 'The server does not accept this certificate, for a reason that the alert does not name.',
    canMean: (facts) => [
      'Java servers send this alert for every fault, others for faults without an alert of their own.',
      ...unlessListed(facts, unknownIssuer),
      'It may be revoked, may break a rule of the server or of its issuer, or the server’s revocation list (CRL) may be out of date.',
    ],
    remedy: lookIntoLog,
  },
  {
    // NSS: a certificate that is marked as distrusted. GnuTLS' own server: whatever its check finds.
    code: 'certificate-access-denied',
    alert: 'access_denied',
    title: (facts) => `The server denies access to ${nameOf(facts)}.`,
    canMean: (facts) => [
      'In RFC 8446, this alert means that the certificate is valid but the server’s access rules refuse it.',
      'Some servers send it for every certificate that they distrust, a revoked one among them.',
      ...unlessListed(facts, unknownIssuer),
    ],
    remedy: (facts) =>
      `Ask the administrator whether the server’s rules allow ${nameOf(facts)}, or whether it is revoked.`,
  },
  {
    code: 'certificate-not-received',
    alert: 'certificate_required',
    page: 'certificate-demanded',
    title: () => 'The server says that it received no certificate, although one was sent.',
    canMean: () => ['It may have ignored this one, or a program in front of it may have dropped it.'],
    remedy: (facts) =>
      `Ask the administrator whether something in front of the server terminates TLS, and to check its log for ${nameOf(facts)}.`,
  },
  {
    // OpenSSL: X509_V_ERR_APPLICATION_VERIFICATION, a check of the program around it.
    code: 'handshake-ended-after-certificate',
    alert: 'handshake_failure',
    title: () => 'The server ended the handshake after it had seen the certificate.',
    canMean: (facts) => [
      'The alert names no reason.',
      ...unlessListed(facts, unknownIssuer),
      'A check of the server’s own may have refused it, or the server may not support its key or signature.',
    ],
    remedy: lookIntoLog,
  },
  {
    // OpenSSL: X509_V_ERR_CERT_SIGNATURE_FAILURE, X509_V_ERR_CRL_SIGNATURE_FAILURE, or the handshake's own signature, which
    // the engine makes with a key that it has compared with the certificate.
    code: 'signature-not-verified',
    alert: 'decrypt_error',
    title: () => 'The server could not verify a signature when it checked this certificate.',
    canMean: () => [
      'It may have an earlier or later key of your issuer, or a revocation list (CRL) signed with another key.',
    ],
    remedy: ({ identity }) =>
      `Ask the administrator to give the server the current certificate of “${identity?.certificate.issuerCommonName ?? identity?.certificate.issuer ?? 'your issuer'}”, and its revocation list (CRL).`,
  },
  {
    // OpenSSL: X509_V_ERR_UNSPECIFIED, which is what a check of the program around it leaves behind; Apache's of
    // SSLVerifyDepth does.
    code: 'server-error-on-certificate',
    alert: 'internal_error',
    title: () => 'The server reported an internal error when it checked this certificate.',
    canMean: () => [
      'Some servers also send this when their own check refuses a certificate. Apache does for a chain longer than it allows.',
    ],
    remedy: (facts) =>
      `Ask the administrator to check the server’s log for ${nameOf(facts)}, and to check how long a chain may be.`,
  },
]

export const alerts: Hypothesis[] = alertWords.map(fromAlert)

/** Whether an alert has words of its own here. */
export const hasOwnWords = (alert: AlertName | null): boolean => alertWords.some((words) => words.alert === alert)
