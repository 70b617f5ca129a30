import type { Attempt, Finding, FindingCode, ProbeMode } from '../model/probe'
import { findingWords } from './finding-words'
import { formatIsoDate } from './formatting'
import { resultOf } from './verdict'

interface DiagnosisIdentity {
  name: string
  notBefore: string
  notAfter: string
  /** Distinguished names of its issuers, nearest first. */
  issuers: string[]
  /** Names of the uses; empty when none is named. */
  extendedKeyUsage: string[]
}

export interface DiagnosisInput {
  without: Attempt
  with: Attempt | null
  identity: DiagnosisIdentity | null
  now: Date
  mode: ProbeMode
}

type Draft = { code: FindingCode; certainty: Finding['certainty']; evidence: string[] }
type Rule = (input: DiagnosisInput) => Draft | null

const rank: Record<Finding['certainty'], number> = { certain: 0, likely: 1, possible: 2 }

/** From what was seen to causes, the one to act on first. Pure: no clock, no network, never an exception. */
export function diagnose(input: DiagnosisInput): Finding[] {
  const drafts = rules.map((rule) => rule(input)).filter((draft) => draft !== null)
  const findings = drafts.map((draft) => ({
    ...draft,
    ...findingWords(draft.code, input.identity?.name ?? 'your certificate'),
  }))
  return eachOnce(findings.sort((a, b) => rank[a.certainty] - rank[b.certainty]))
}

/** Several signs may point to one cause: the surest of them speaks. */
const eachOnce = (findings: Finding[]) =>
  findings.filter(({ code }, index) => findings.findIndex((other) => other.code === code) === index)

const found = (code: FindingCode, certainty: Finding['certainty'], ...evidence: string[]): Draft => ({
  code,
  certainty,
  evidence,
})

/** The attempt that decides: with the certificate where there was one. */
const deciding = (input: DiagnosisInput) => input.with ?? input.without

const isTrouble = (input: DiagnosisInput) => !['in', 'login'].includes(resultOf(deciding(input)))

const certificateItself: Rule[] = [
  ({ identity, now }) =>
    identity !== null && Date.parse(identity.notAfter) <= now.getTime()
      ? found('certificate-expired', 'certain', `valid until ${formatIsoDate(identity.notAfter)}`)
      : null,
  ({ identity, now }) =>
    identity !== null && Date.parse(identity.notBefore) > now.getTime()
      ? found('certificate-not-yet-valid', 'certain', `valid from ${formatIsoDate(identity.notBefore)}`)
      : null,
  ({ identity }) =>
    identity !== null &&
    identity.extendedKeyUsage.length > 0 &&
    !identity.extendedKeyUsage.some((use) => /client authentication|any use/iu.test(use))
      ? found('certificate-without-client-use', 'certain', `uses: ${identity.extendedKeyUsage.join(', ')}`)
      : null,
]

const network: Rule[] = [
  failure('name-unknown', 'name-not-found'),
  failure('name-server-silent', 'name-server-unreachable'),
  failure('connection-refused', 'nobody-listens'),
  failure('unreachable', 'network-unreachable'),
  failure('timeout', 'too-slow'),
  failure('connection-reset', 'connection-cut'),
  failure('not-http', 'not-https'),
  (input) => {
    const { outcome } = deciding(input)
    if (outcome.kind !== 'failed' || outcome.reason !== 'tls-failed') return null
    return found('not-https', notTls.test(outcome.detail) ? 'certain' : 'possible', outcome.detail)
  },
]

/** How OpenSSL and BoringSSL name an answer that is no TLS at all. */
const notTls = /WRONG_VERSION_NUMBER|HTTP_REQUEST|HTTPS_PROXY_REQUEST|PACKET_LENGTH_TOO_LONG|UNEXPECTED_MESSAGE/u

function failure(reason: string, code: FindingCode): Rule {
  return (input) => {
    const { outcome } = deciding(input)
    if (outcome.kind !== 'failed' || outcome.reason !== reason) return null
    return found(code, 'certain', outcome.detail)
  }
}

const server: Rule[] = [
  ({ without, with: presented }) => {
    const tls = (presented ?? without).tls ?? without.tls
    if (tls === null || tls.trust === 'trusted' || tls.trust === 'pinned' || tls.trust === 'unknown') return null
    const [leaf] = tls.chain
    const evidence = [
      tls.trustProblem ?? 'not trusted',
      ...(leaf === undefined ? [] : [`issued by ${leaf.issuer}`, `SHA-256 ${leaf.sha256}`]),
    ]
    return found(
      tls.trust === 'name-mismatch' ? 'server-name-wrong' : 'server-certificate-unknown',
      'certain',
      ...evidence,
    )
  },
  ({ without }) => {
    const issuer = without.tls?.chain[0]?.issuer ?? ''
    return inspectors.test(issuer)
      ? found('tls-inspected', 'likely', `the server’s certificate was issued by ${issuer}`)
      : null
  },
]

/** What products that open connections call their own issuers. */
const inspectors =
  /\b(zscaler|netskope|fortinet|fortigate|palo alto|gateway ca|cisco umbrella|sophos|kaspersky|eset|avast|bitdefender|proxy|inspection)\b/iu

const access: Rule[] = [
  ({ with: presented }) =>
    presented?.access.mtlsStatus?.toUpperCase().startsWith('SUCCESS') && resultOf(presented) === 'refused'
      ? found('policy-does-not-match', 'certain', `MTLS Status: ${presented.access.mtlsStatus}`, ...statusOf(presented))
      : null,
  ({ with: presented }) => {
    const status = presented?.access.mtlsStatus ?? ''
    if (!status.toUpperCase().startsWith('FAILED')) return null
    return found(causeOfFailure(status), 'certain', `MTLS Status: ${status}`)
  },
  ({ with: presented }) =>
    presented?.outcome.kind === 'failed' && presented.outcome.reason === 'certificate-rejected'
      ? found('wrong-authority-or-chain', 'likely', presented.outcome.detail)
      : null,
  ({ with: presented }) =>
    presented?.outcome.kind === 'answered' && resultOf(presented) === 'rejected'
      ? found('wrong-authority-or-chain', 'likely', ...statusOf(presented), 'the server reports a bad certificate')
      : null,
  ({ without, with: presented }) =>
    without.outcome.kind === 'answered' && presented !== null && isCutAfterSending(presented)
      ? found('wrong-authority-or-chain', 'possible', 'the connection is cut only when the certificate is shown')
      : null,
  ({ with: presented }) =>
    presented !== null && isSilentRefusal(presented)
      ? found('policy-does-not-match', 'possible', 'the certificate was sent', ...statusOf(presented))
      : null,
  ({ with: presented }) =>
    presented !== null && isSilentRefusal(presented)
      ? found('wrong-authority-or-chain', 'possible', 'the answer does not mention the certificate')
      : null,
  ({ with: presented }) =>
    presented !== null && resultOf(presented) === 'refused' && presented.tls?.asked === 'no'
      ? found('hostname-not-associated', 'certain', 'the server did not ask for a certificate', ...statusOf(presented))
      : null,
  ({ with: presented }) =>
    presented !== null &&
    resultOf(presented) === 'refused' &&
    presented.access.mtlsStatus?.toUpperCase() === 'NONE' &&
    presented.tls?.asked !== 'no'
      ? found('hostname-not-associated', 'likely', 'MTLS Status: NONE', ...statusOf(presented))
      : null,
  ({ without, with: presented }) => {
    if (presented === null || resultOf(presented) !== 'login') return null
    if (resultOf(without) === 'login') return found('policy-is-login', 'likely', 'both attempts were sent to the login')
    return found('policy-is-login', 'certain', 'the certificate was accepted, and the login comes next')
  },
  ({ without, with: presented }) =>
    resultOf(without) === 'in' && (presented === null || resultOf(presented) === 'in') ? openDoor(without) : null,
  (input) => {
    const code = deciding(input).access.edgeErrorCode
    return code === null ? null : found('edge-blocked', 'certain', `error code: ${code}`)
  },
]

/** The reasons that the edge gives are OpenSSL's words (X509_verify_cert_error_string). */
function causeOfFailure(status: string): FindingCode {
  if (/has expired/iu.test(status) && !/CRL/iu.test(status)) return 'certificate-expired'
  if (/is not yet valid/iu.test(status) && !/CRL/iu.test(status)) return 'certificate-not-yet-valid'
  if (/revoked/iu.test(status)) return 'certificate-revoked'
  if (/purpose/iu.test(status)) return 'certificate-without-client-use'
  if (/self[- ]signed certificate\s*$/iu.test(status)) return 'certificate-self-signed'
  return 'wrong-authority-or-chain'
}

/** Let in without a certificate: what Access said about the address decides whose fault it is. */
function openDoor(without: Attempt): Draft {
  const status = statusOf(without)
  switch (without.access.application) {
    case null:
      return found('no-application', 'likely', ...status)
    case 'none':
      return found('no-application', 'certain', ...status, 'when asked, Access names no application for this address')
    case 'proven':
      return found('rule-lets-everybody-in', 'certain', ...status, 'Access names an application for this address')
    case 'claimed':
      return found(
        'rule-lets-everybody-in',
        'possible',
        ...status,
        'an answer names an application, but without a valid signature',
      )
  }
}

const offering: Rule[] = [
  (input) => {
    const tls = input.with?.tls ?? null
    if (tls === null || input.identity === null || tls.acceptableIssuers.length === 0 || !isTrouble(input)) return null
    const accepted = new Set(tls.acceptableIssuers.map(comparable))
    return input.identity.issuers.some((issuer) => accepted.has(comparable(issuer)))
      ? null
      : found(
          'issuer-not-accepted',
          'likely',
          `the server accepts: ${tls.acceptableIssuers.join(' · ')}`,
          `yours was issued by ${input.identity.issuers[0] ?? 'an unknown issuer'}`,
        )
  },
  ({ mode, with: presented }) =>
    mode === 'browser' && presented !== null && presented.tls?.sent === 'no'
      ? found('key-not-installed', 'likely', 'the browser did not offer it')
      : null,
]

const token: Rule[] = [
  ({ with: presented }) =>
    presented?.access.token?.signature === 'invalid'
      ? found('token-signature-invalid', 'certain', presented.access.token.signatureNote ?? 'the signature is wrong')
      : null,
  ({ with: presented, identity }) => {
    const name = presented?.access.token?.commonName ?? null
    return name !== null && identity !== null && name !== identity.name
      ? found('token-for-another-name', 'possible', `the cookie names “${name}”`)
      : null
  },
]

/** Refused with the certificate sent, and not a word about it: programs get such an answer from Access. */
function isSilentRefusal(attempt: Attempt): boolean {
  const { mtlsStatus, edgeErrorCode } = attempt.access
  return resultOf(attempt) === 'refused' && mtlsStatus === null && edgeErrorCode === null && attempt.tls?.sent === 'yes'
}

const isCutAfterSending = ({ outcome, tls }: Attempt) =>
  outcome.kind === 'failed' && outcome.reason === 'connection-reset' && tls?.sent === 'yes'

const rules: Rule[] = [...certificateItself, ...network, ...server, ...access, ...offering, ...token]

const statusOf = ({ outcome }: Attempt) => (outcome.kind === 'answered' ? [`status ${outcome.status}`] : [])

/** Distinguished names are written in either direction; the parts decide. */
const comparable = (name: string) => name.toLowerCase().split(/,\s*/u).sort().join(',')
