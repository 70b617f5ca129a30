import { reasonWords } from '#shared/logic/crl-reasons'
import { formatIsoTime } from '#shared/logic/formatting'
import type { PathReason, PathRule } from '#shared/model/path'
import type { CrlScope } from '../crl/extensions'
import { crlSignatureBy } from '../crl/read'
import { type SignatureCheck, signatureName } from '../sign'
import type { AlgorithmPolicy } from './algorithms'
import { namesOf } from './distribution-points'
import { type GeneralName, isSameName } from './general-names'
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
  const known = input.pool.crlsOf(certificate.issuer)
  const covering = known.filter(({ crl }) => coversKind(crl.scope, certificate))
  // A CA may publish one list for each part of its certificates: those for other parts have nothing to say here.
  const ofItsPlace = covering.filter(({ crl }) => coversPlace(crl.scope, certificate))
  const lists = (ofItsPlace.length > 0 ? ofItsPlace : covering).map((list) => judge(list, certificate, issuer, input))
  const refused = lists.flatMap((list) => list.refused)
  const doubts = lists.flatMap((list) => list.doubts)
  const remarks = lists.flatMap((list) => list.remarks)
  const sound = lists.filter((list) => list.refused.length + list.doubts.length === 0)
  const covered = new Set(sound.flatMap((list) => [...list.covered]))
  const isComplete = allReasons.every((reason) => covered.has(reason))
  // Where current lists tell everything, an old one has nothing more to say: holds are lifted.
  const revoked = (isComplete ? sound : lists).flatMap((list) => list.revoked).slice(0, 1)
  if (isComplete) return { reasons: [...revoked, ...refused], notes: [...doubts, ...remarks] }
  if (sound.length > 0) {
    const evidence = 'The CRL covers only some reasons.'
    const partial = reasonAbout('crl-partitioned', certificate, evidence, 'RFC 5280 §6.3.3')
    return { reasons: [...revoked, ...refused, partial], notes: [...doubts, ...remarks] }
  }
  const reasons = [...revoked, ...refused, ...doubts]
  if (reasons.length > 0) return { reasons, notes: remarks }
  const evidence = known.length === 0 ? 'There is no CRL of its issuer.' : 'No CRL of its issuer covers it.'
  const unknown = reasonAbout('revocation-unknown', certificate, evidence, 'RFC 5280 §6.3.3')
  return input.mode === 'required' ? { reasons: [unknown], notes: [] } : { reasons: [], notes: [unknown] }
}

/** RFC 5280 §6.3.3 (b)(2)(ii) and (iii). */
function coversKind({ kinds }: CrlScope, { extensions }: Certificate): boolean {
  return kinds === 'all' || (kinds === 'authorities') === (extensions.basicConstraints?.isAuthority === true)
}

/** RFC 5280 §6.3.3 (b)(2)(i): a list for certain places is for the certificates that name one of them, or for its issuer's name. */
function coversPlace({ place }: CrlScope, { extensions, issuer }: Certificate): boolean {
  if (place === null) return true
  const own: GeneralName[] =
    extensions.distributionPoints.length === 0
      ? [{ kind: 'directory', value: issuer }]
      : extensions.distributionPoints.flatMap((point) =>
          point.namesIssuer || point.place === null ? [] : namesOf(point.place, issuer),
        )
  return namesOf(place, issuer).some((name) => own.some((other) => isSameName(name, other)))
}

/** ReasonFlags (RFC 5280 §4.2.1.13) by their bits, without “unused”. */
const allReasons = [1, 2, 3, 4, 5, 6, 7, 8]

/**
 * For which reasons a list can say that a certificate is revoked (RFC 5280 §6.3.3 (d)): its own, as far as the certificate looks
 * for them at the list's place.
 */
function coveredReasons({ scope }: PoolCrl['crl'], certificate: Certificate): number[] {
  const own = allReasons.filter((reason) => scope.reasons?.has(reason) !== false)
  const points = certificate.extensions.distributionPoints
  if (scope.place === null || points.length === 0) return own
  const names = namesOf(scope.place, certificate.issuer)
  const sought = points.filter(({ place, namesIssuer }) => {
    const others = namesIssuer || place === null ? [] : namesOf(place, certificate.issuer)
    return others.some((other) => names.some((name) => isSameName(name, other)))
  })
  return own.filter((reason) => sought.some(({ reasons }) => reasons?.has(reason) !== false))
}

interface Judgement {
  /** The reasons that it can tell of, by their bits; none where it cannot be believed. */
  covered: number[]
  revoked: PathReason[]
  /** It covers something else than what a whole list covers; applying it would be half of the truth. */
  refused: PathReason[]
  /** It cannot be believed, or not now. Another list of the same issuer may stand in for it. */
  doubts: PathReason[]
  /** What is worth saying about it and changes nothing. */
  remarks: PathReason[]
}

function judge(list: PoolCrl, certificate: Certificate, issuer: Certificate, input: RevocationInput): Judgement {
  const about = (rule: PathRule, evidence: string, source: string) => reasonAbout(rule, certificate, evidence, source)
  const { crl } = list
  const nothing = { covered: [], revoked: [], refused: [], doubts: [], remarks: [] }
  const objection = objectionToSignature(list, issuer, input)
  if (objection !== null)
    return { ...nothing, doubts: [about(objection.rule, objection.evidence, 'RFC 5280 §6.3.3 (f), (g)')] }
  const refused = scopeReasons(list, certificate, about)
  const doubts = [
    ...crl.problems.map((problem) => about('crl-malformed', problem, 'RFC 5280 §5')),
    ...crl.unknownCritical.map((id) =>
      about('crl-unknown-critical-extension', `The CRL has the critical extension ${id}.`, 'RFC 5280 §5.2, §5.3'),
    ),
  ]
  if (refused.length + doubts.length > 0) return { ...nothing, refused, doubts }
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
  const remarks = crl.notes.map((note) => about('crl-malformed', note, 'RFC 5280 §5.1.2.6'))
  const covered = coveredReasons(crl, certificate)
  return { covered, revoked, refused, doubts: freshness(list, input, about), remarks }
}

type About = (rule: PathRule, evidence: string, source: string) => PathReason

function scopeReasons({ crl }: PoolCrl, certificate: Certificate, about: About): PathReason[] {
  return [
    ...(crl.isDelta ? [about('crl-delta', 'The CRL lists only changes.', 'RFC 5280 §5.2.4')] : []),
    ...(crl.isIndirect ? [about('crl-indirect', 'The CRL covers other issuers too.', 'RFC 5280 §5.2.5')] : []),
    ...(crl.scope.isForAttributes
      ? [about('crl-partitioned', 'The CRL covers attribute certificates only.', 'RFC 5280 §5.2.5')]
      : []),
    ...(crl.scope.isForAttributes || coversPlace(crl.scope, certificate)
      ? []
      : [about('crl-partitioned', 'The CRL is for another distribution point than its own.', 'RFC 5280 §5.2.5')]),
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

interface Objection {
  rule: 'crl-signature' | 'crl-signature-unchecked' | 'crl-issuer'
  evidence: string
}

/** Null where the issuer itself signed the list, or another certificate of its name that may. */
function objectionToSignature(list: PoolCrl, issuer: Certificate, input: RevocationInput): Objection | null {
  const others = input.pool.named(list.issuer).filter(({ sha256 }) => sha256 !== issuer.sha256)
  let objection: Objection = { rule: 'crl-signature', evidence: 'The CRL is not signed by a key of its issuer.' }
  for (const candidate of [issuer, ...others]) {
    const check = signatureBy(candidate, list, input.effort)
    if (check === 'unchecked') {
      const evidence = `The CRL is signed with ${signatureName(list.crl.signatureAlgorithm.algorithm)}.`
      objection = { rule: 'crl-signature-unchecked', evidence }
    }
    if (check !== 'good') continue
    const evidence = objectionTo(candidate, issuer, input)
    if (evidence === null) return null
    objection = { rule: 'crl-issuer', evidence }
  }
  return objection
}

function signatureBy(candidate: Certificate, { crl, issuer }: PoolCrl, effort: Effort): SignatureCheck {
  if (candidate.subject.key !== issuer.key) return 'wrong'
  const { subjectKeyId } = candidate.extensions
  if (crl.authorityKeyId !== null && subjectKeyId !== null && crl.authorityKeyId !== subjectKeyId) return 'wrong'
  if (effort.signatures <= 0) return 'unchecked'
  effort.signatures -= 1
  return crlSignatureBy(crl, publicKeyOf(candidate))
}

function objectionTo(signer: Certificate, issuer: Certificate, input: RevocationInput): string | null {
  const usage = signer.extensions.keyUsage
  if (usage !== null && !usage.has(keyUsageBits.crlSign)) return 'The CRL’s signer may not sign CRLs (key usage).'
  // The same name and key in another certificate (a renewal, a cross-certificate) is the same issuer.
  if (Buffer.compare(signer.spki, issuer.spki) === 0) return null
  return input.objectionTo(signer)
}
