import { reasonWords } from '#shared/logic/crl-reasons'
import { formatIsoTime } from '#shared/logic/formatting'
import type { PathReason, PathRule } from '#shared/model/path'
import { isCrlSignedBy } from '../crl/read'
import { signatureName } from '../sign'
import type { AlgorithmPolicy } from './algorithms'
import type { Effort } from './issued-by'
import type { Pool, PoolCrl } from './pool'
import { type Certificate, publicKeyOf } from './read'
import { keyUsageBits } from './read-extensions'
import { type Findings, reasonAbout } from './reasons'

export interface RevocationInput {
  path: Certificate[]
  pool: Pool
  at: Date
  algorithms: AlgorithmPolicy
  effort: Effort
  /** `given`: the lists that are there are used; `required`: without a usable one the path is not valid. */
  mode: 'given' | 'required'
  /** Whether a certificate that is not in the path, but signed a list, may be believed. Null when it may. */
  objectionTo(signer: Certificate): string | null
}

/** Each certificate but the anchor against the lists of its issuer (RFC 5280 §6.3). */
export function checkRevocation(input: RevocationInput): Findings {
  const all = input.path.slice(0, -1).map((certificate, index) => {
    const issuer = input.path[index + 1]
    return issuer === undefined ? { reasons: [], notes: [] } : statusOf(certificate, issuer, input)
  })
  return { reasons: all.flatMap(({ reasons }) => reasons), notes: all.flatMap(({ notes }) => notes) }
}

function statusOf(certificate: Certificate, issuer: Certificate, input: RevocationInput): Findings {
  const lists = input.pool.crlsOf(certificate.issuer).map((list) => judge(list, certificate, issuer, input))
  const refused = lists.flatMap((list) => list.refused)
  const doubts = lists.flatMap((list) => list.doubts)
  const sound = lists.filter((list) => list.refused.length + list.doubts.length === 0)
  // Where a current list is there, an old one has nothing more to say: holds are lifted.
  const revoked = (sound.length > 0 ? sound : lists).flatMap((list) => list.revoked).slice(0, 1)
  if (sound.length > 0) return { reasons: [...revoked, ...refused], notes: doubts }
  const reasons = [...revoked, ...refused, ...doubts]
  if (reasons.length > 0) return { reasons, notes: [] }
  const unknown = reasonAbout('revocation-unknown', certificate, 'There is no CRL of its issuer.', 'RFC 5280 §6.3.3')
  return input.mode === 'required' ? { reasons: [unknown], notes: [] } : { reasons: [], notes: [unknown] }
}

interface Judgement {
  revoked: PathReason[]
  /** It covers something else than what a whole list covers; applying it would be half of the truth. */
  refused: PathReason[]
  /** It cannot be believed, or not now. Another list of the same issuer may stand in for it. */
  doubts: PathReason[]
}

function judge(list: PoolCrl, certificate: Certificate, issuer: Certificate, input: RevocationInput): Judgement {
  const about = (rule: PathRule, evidence: string, source: string) => reasonAbout(rule, certificate, evidence, source)
  const signer = findSigner(list, issuer, input)
  if (typeof signer === 'string') {
    const isForged = signer === notSigned
    const rule = isForged ? 'crl-signature' : 'crl-issuer'
    return { revoked: [], refused: [], doubts: [about(rule, signer, 'RFC 5280 §6.3.3 (f), (g)')] }
  }
  const { crl } = list
  const refused = scopeReasons(list, about)
  const unknown = crl.unknownCritical.map((id) =>
    about('crl-unknown-critical-extension', `The CRL has the critical extension ${id}.`, 'RFC 5280 §5.2, §5.3'),
  )
  if (refused.length + unknown.length > 0) return { revoked: [], refused, doubts: unknown }
  const entry = crl.find(certificate.serial)
  const revoked =
    entry === null || entry.reason === 'remove-from-crl'
      ? []
      : [
          about(
            'revoked',
            `Revoked at ${formatIsoTime(entry.revokedAt)} (${reasonWords(entry.reason) ?? 'no reason given'}).`,
            'RFC 5280 §6.3.3 (i)',
          ),
        ]
  return { revoked, refused, doubts: freshness(list, input, about) }
}

type About = (rule: PathRule, evidence: string, source: string) => PathReason

function scopeReasons({ crl }: PoolCrl, about: About): PathReason[] {
  return [
    ...(crl.isDelta ? [about('crl-delta', 'The CRL lists only changes.', 'RFC 5280 §5.2.4')] : []),
    ...(crl.isIndirect ? [about('crl-indirect', 'The CRL covers other issuers too.', 'RFC 5280 §5.2.5')] : []),
    ...(crl.isPartitioned
      ? [about('crl-partitioned', 'The CRL covers only some certificates or reasons.', 'RFC 5280 §5.2.5')]
      : []),
  ]
}

function freshness({ crl }: PoolCrl, { at, algorithms }: RevocationInput, about: About): PathReason[] {
  const { thisUpdate, nextUpdate } = crl
  const { algorithm } = crl.signatureAlgorithm
  return [
    ...(at < thisUpdate
      ? [about('crl-not-yet-valid', `The CRL is dated ${formatIsoTime(thisUpdate)}.`, 'RFC 5280 §5.1.2.4')]
      : []),
    ...(nextUpdate !== null && at > nextUpdate
      ? [about('crl-expired', `The next CRL was due at ${formatIsoTime(nextUpdate)}.`, 'RFC 5280 §5.1.2.5')]
      : []),
    ...(algorithms.acceptsSignature(algorithm)
      ? []
      : [about('algorithm-refused', `The CRL is signed with ${signatureName(algorithm)}.`, 'RFC 5280 §5.1.1.2')]),
  ]
}

const notSigned = 'The CRL is not signed by a key of its issuer.'

/** Who signed the list: the issuer itself, or another certificate of its name that may. Otherwise what is wrong. */
function findSigner(list: PoolCrl, issuer: Certificate, input: RevocationInput): Certificate | string {
  const others = input.pool.named(list.issuer).filter(({ sha256 }) => sha256 !== issuer.sha256)
  let objection = notSigned
  for (const candidate of [issuer, ...others]) {
    if (!isSigner(candidate, list, input.effort)) continue
    const objectionHere = objectionTo(candidate, issuer, input)
    if (objectionHere === null) return candidate
    objection = objectionHere
  }
  return objection
}

function isSigner(candidate: Certificate, { crl, issuer }: PoolCrl, effort: Effort): boolean {
  if (candidate.subject.key !== issuer.key || effort.signatures <= 0) return false
  const { subjectKeyId } = candidate.extensions
  if (crl.authorityKeyId !== null && subjectKeyId !== null && crl.authorityKeyId !== subjectKeyId) return false
  effort.signatures -= 1
  const key = publicKeyOf(candidate)
  return key !== null && isCrlSignedBy(crl, key)
}

function objectionTo(signer: Certificate, issuer: Certificate, input: RevocationInput): string | null {
  const usage = signer.extensions.keyUsage
  if (usage !== null && !usage.has(keyUsageBits.crlSign)) return 'The CRL’s signer may not sign CRLs (key usage).'
  // The same name and key in another certificate (a renewal, a cross-certificate) is the same issuer.
  if (Buffer.compare(signer.spki, issuer.spki) === 0) return null
  return input.objectionTo(signer)
}
