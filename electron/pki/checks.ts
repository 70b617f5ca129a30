import { countOf, formatDate } from '#shared/logic/formatting'
import { keyUsageWords } from '#shared/logic/key-usage'
import type { Check, CheckCode } from '#shared/model/certificate'
import type { SubjectDraft } from '#shared/model/identity'
import type { PathReason, PathRule } from '#shared/model/path'
import { normaliseSpki } from './keys'
import { isAcceptedSignature, signatureName } from './sign'
import { soundPart } from './x509/chain'
import { mayIssue } from './x509/issued-by'
import { judge } from './x509/judge'
import { titleOf } from './x509/name'
import { createPool } from './x509/pool'
import { type Certificate, readCertificate } from './x509/read'
import { viewOf } from './x509/view'

export interface CheckInput {
  /** DER. */
  certificate: Uint8Array
  /** DER, nearest issuer first. */
  chain: Uint8Array[]
  complete: boolean
  /** SPKI (DER) of the key it should belong to, where one is known. */
  keySpki: Uint8Array | null
  requested: SubjectDraft | null
  keyCameAlong: boolean
  /** SHA-256 fingerprints of the CAs that its request was made for; empty where nobody named one. */
  namedIssuers: readonly string[]
  now: Date
}

/**
 * What an issued certificate is good for, each point with its fact: the judge's answer under the last certificate that is
 * there, and whether it is the one that was asked for. Nothing here throws for what a certificate says. Errors: `malformed`
 * for a certificate that cannot be read.
 */
export function checkIssued(input: CheckInput): Check[] {
  const certificate = readCertificate(input.certificate)
  const top = input.chain.at(-1) ?? input.certificate
  const { path, reasons } = judge({
    certificate,
    purpose: 'client',
    pool: createPool({ certificates: input.chain, anchors: [top], crls: [] }),
    at: input.now,
  })
  const own = reasons.filter((reason) => reason.certificate === certificate.sha256)
  const checks = [
    key(certificate, input),
    leaf(certificate),
    validity(certificate, own),
    use(certificate, own),
    signature(certificate, path, reasons),
    chain(certificate, input),
    ...outdatedIssuer(certificate, reasons),
  ]
  if (certificate.version < 3) {
    // Never a failure: the walkthrough's own leaf is X.509 v1, and browsers send it (measured).
    checks.push({ code: 'version-3', outcome: 'note', evidence: 'X.509 v1, without extensions' })
  }
  if (input.keyCameAlong)
    checks.push({ code: 'maker-had-key', outcome: 'warning', evidence: 'The private key came inside the file.' })
  checks.push(...subject(certificate, input), ...namedIssuer(certificate, input))
  return checks
}

/**
 * Whether a certificate's own restrictions (RFC 5280, 4.2.1.3 and 4.2.1.12) allow client authentication; whoever issued it. Takes
 * DER. Errors: `malformed`.
 */
export function allowsClientUse(der: Uint8Array): boolean {
  const certificate = readCertificate(der)
  const pool = createPool({ certificates: [], anchors: [der], crls: [] })
  // Dates are another question, so it is asked about a time within them.
  const { reasons } = judge({ certificate, purpose: 'client', pool, at: new Date(viewOf(certificate).notBefore) })
  return broken('client-use', reasons) === null
}

/** Which check fails by which of the judge's rules. The others are for the whole path's verdict (`verifyPath`). */
const rulesOf: Partial<Record<CheckCode, PathRule[]>> = {
  validity: ['expired', 'not-yet-valid'],
  'issuers-valid': ['expired', 'not-yet-valid'],
  'client-use': ['key-usage', 'extended-key-usage'],
  'signature-accepted': ['algorithm-refused'],
}

const broken = (code: CheckCode, reasons: PathReason[]): PathReason | null =>
  reasons.find(({ rule }) => rulesOf[code]?.includes(rule)) ?? null

function key(certificate: Certificate, { keySpki }: CheckInput): Check {
  const matches = keySpki !== null && Buffer.compare(normaliseSpki(certificate.spki), keySpki) === 0
  return { code: 'matches-key', outcome: matches ? 'pass' : 'fail', evidence: viewOf(certificate).keyCode }
}

function leaf(certificate: Certificate): Check {
  const authority = mayIssue(certificate)
  return { code: 'not-authority', outcome: authority ? 'fail' : 'pass', evidence: authority ? 'CA:TRUE' : 'not a CA' }
}

function validity(certificate: Certificate, own: PathReason[]): Check {
  const { notBefore, notAfter } = viewOf(certificate)
  const evidence = `${formatDate(notBefore)} to ${formatDate(notAfter)}`
  return { code: 'validity', outcome: broken('validity', own) === null ? 'pass' : 'fail', evidence }
}

function use(certificate: Certificate, own: PathReason[]): Check {
  const { keyUsage, extendedKeyUsage } = viewOf(certificate)
  const reason = broken('client-use', own)
  if (reason?.rule === 'key-usage')
    return { code: 'client-use', outcome: 'fail', evidence: `Key usage: ${keyUsage.map(keyUsageWords).join(', ')}` }
  if (certificate.extensions.extendedKeyUsage === null)
    return { code: 'client-use', outcome: 'note', evidence: 'It restricts no use, so any use is allowed.' }
  return { code: 'client-use', outcome: reason === null ? 'pass' : 'fail', evidence: extendedKeyUsage.join(', ') }
}

/**
 * Every signature on the way up counts, the root's own too: Cloudflare's list is of what may be uploaded. A certificate may
 * also be signed well and still hold a key whose own signature, in the handshake, is refused.
 */
function signature(certificate: Certificate, path: Certificate[], reasons: PathReason[]): Check {
  const name = ({ signatureAlgorithm }: Certificate) => signatureName(signatureAlgorithm.algorithm)
  const refused = path.find(({ sha256 }) => broken('signature-accepted', reasonsAbout(sha256, reasons)) !== null)
  if (refused === undefined) return { code: 'signature-accepted', outcome: 'pass', evidence: name(certificate) }
  const isForKey = isAcceptedSignature(refused.signatureAlgorithm.algorithm)
  const evidence = isForKey ? `${viewOf(refused).publicKey} key` : name(refused)
  return { code: 'signature-accepted', outcome: 'fail', evidence }
}

const reasonsAbout = (sha256: string, reasons: PathReason[]) =>
  reasons.filter((reason) => reason.certificate === sha256)

function chain(certificate: Certificate, { chain: issuers, complete }: CheckInput): Check {
  if (complete)
    return { code: 'chain-complete', outcome: 'pass', evidence: countOf(issuers.length, 'issuing certificate') }
  const last = issuers.at(-1)
  const { issuer } = last === undefined ? certificate : readCertificate(last)
  return {
    code: 'chain-complete',
    outcome: 'note',
    evidence: `The certificate of “${titleOf(issuer)}” was not in the file.`,
  }
}

/** Said only where it is so: where there was another certificate of that issuer, the chain has it (`orderChain`). */
function outdatedIssuer({ sha256 }: Certificate, reasons: PathReason[]): Check[] {
  const first = broken(
    'issuers-valid',
    reasons.filter((reason) => reason.certificate !== sha256),
  )
  if (first === null) return []
  return [{ code: 'issuers-valid', outcome: 'warning', evidence: `“${first.about}”: ${first.evidence}` }]
}

function subject(certificate: Certificate, { requested }: CheckInput): Check[] {
  if (requested === null) return []
  const { commonName } = viewOf(certificate)
  const same = commonName === requested.commonName
  return [
    { code: 'subject-as-requested', outcome: same ? 'pass' : 'warning', evidence: commonName ?? 'no Common Name' },
  ]
}

/**
 * Which CA issued it, against those that somebody named by their certificates. Only what really signed on the way up is compared, so
 * that a named certificate that merely lies in the file proves nothing. Where the way ends before its root, a named CA may be above.
 */
function namedIssuer(certificate: Certificate, { chain: known, complete, namedIssuers }: CheckInput): Check[] {
  if (namedIssuers.length === 0) return []
  const issuers = soundPart([certificate, ...known.map(readCertificate)]).slice(1)
  const named = issuers.find(({ sha256 }) => namedIssuers.includes(sha256))
  if (named !== undefined) return [{ code: 'named-issuer', outcome: 'pass', evidence: `“${titleOf(named.subject)}”` }]
  const top = issuers.at(-1) ?? certificate
  const evidence = `Its issuer is “${titleOf(certificate.issuer)}”.`
  if (complete && issuers.length === known.length) return [{ code: 'named-issuer', outcome: 'warning', evidence }]
  return [
    {
      code: 'issuer-not-compared',
      outcome: issuers.length === 0 ? 'note' : 'warning',
      evidence: `The certificate of “${titleOf(top.issuer)}” is missing.`,
    },
  ]
}
