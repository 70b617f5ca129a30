import type { PathReason } from '#shared/model/path'
import { describeKey } from '../key-names'
import { parsing } from '../parsing'
import { signatureName } from '../sign'
import { type AlgorithmPolicy, rsaBits } from './algorithms'
import { type PathCertificate, publicKeyOf } from './certificate'
import { brokenConstraints, type ImposedConstraints } from './constraints'
import { keyUsageBits } from './extensions'
import { missingPolicy } from './policies'
import { type Effort, isMadeBy } from './pool'
import { inWords, nameInWords, reasonAbout, wholeName } from './reasons'
import type { Candidate } from './search'
import { extendedKeyUsage, ownKeyUsage, type Purpose } from './usage'

export interface RuleInput extends Candidate {
  at: Date
  purpose: Purpose
  algorithms: AlgorithmPolicy
  effort: Effort
}

type Rule = (input: RuleInput) => PathReason[]

/** Everything but revocation, in the order in which a person would look. */
export const pathRules: Rule[] = [
  whereItEnds,
  links,
  dates,
  authorities,
  pathLength,
  keyUsage,
  ownKeyUsage,
  extendedKeyUsage,
  nameConstraints,
  certificatePolicies,
  extensions,
  algorithms,
]

function whereItEnds({ path, end, effort }: RuleInput): PathReason[] {
  const last = path.at(-1)
  if (last === undefined || end === 'anchor') return []
  if (end === 'too-long')
    return [reasonAbout('path-length', last, `The path has more than ${path.length} certificates.`, 'RFC 5280 §6.1')]
  if (last.isSelfIssued && isMadeBy(last, last, effort)) {
    const evidence = 'It is signed by itself and is not among the trusted certificates.'
    return [reasonAbout('untrusted-root', last, evidence, 'RFC 5280 §6.1.1 (d)')]
  }
  const evidence = `The certificate of its issuer, “${nameInWords(last.issuer)}”, is not here.`
  return [reasonAbout('no-issuer', last, evidence, 'RFC 5280 §6.1')]
}

/** Each certificate and the one above it. */
function pairs(path: PathCertificate[]): [PathCertificate, PathCertificate][] {
  return path.slice(1).flatMap((issuer, index) => {
    const certificate = path[index]
    return certificate === undefined ? [] : [[certificate, issuer]]
  })
}

function links({ path, effort }: RuleInput): PathReason[] {
  return pairs(path).flatMap(([certificate, issuer]) => [
    ...when(!isMadeBy(certificate, issuer, effort), () => {
      const { algorithm } = certificate.signatureAlgorithm
      const evidence =
        publicKeyOf(issuer) === null
          ? `The key of “${nameInWords(issuer.subject)}” is of a kind that cannot be used here.`
          : `${signatureName(algorithm)}, not made by the key of “${nameInWords(issuer.subject)}”.`
      return reasonAbout('signature', certificate, evidence, 'RFC 5280 §6.1.3 (a)(1)')
    }),
    ...when(certificate.issuer.key !== issuer.subject.key, () => {
      const evidence = `It names “${wholeName(certificate.issuer)}”, its signer is “${wholeName(issuer.subject)}”.`
      return reasonAbout('issuer-name', certificate, evidence, 'RFC 5280 §6.1.3 (a)(4)')
    }),
  ])
}

function dates({ path, at }: RuleInput): PathReason[] {
  const source = 'RFC 5280 §6.1.3 (a)(2)'
  return path.flatMap((certificate) => [
    ...when(at < certificate.notBefore, () =>
      reasonAbout('not-yet-valid', certificate, `Valid from ${inWords(certificate.notBefore)}.`, source),
    ),
    ...when(at > certificate.notAfter, () =>
      reasonAbout('expired', certificate, `Valid until ${inWords(certificate.notAfter)}.`, source),
    ),
  ])
}

/** A self-signed v1 certificate may be an anchor, as old roots are; below it, v1 certificates issue nothing. */
function authorities({ path, end }: RuleInput): PathReason[] {
  return path.slice(1).flatMap((issuer, index) => {
    const { basicConstraints } = issuer.extensions
    const isAnchor = end === 'anchor' && index + 2 === path.length
    if (basicConstraints?.isAuthority === true) return []
    if (basicConstraints === null && isAnchor && issuer.version < 3 && issuer.isSelfIssued) return []
    const evidence =
      basicConstraints === null ? 'It has no basic constraints, yet it issued a certificate.' : 'It says CA:FALSE.'
    return [reasonAbout('not-authority', issuer, evidence, 'RFC 5280 §6.1.4 (k)')]
  })
}

function pathLength({ path }: RuleInput): PathReason[] {
  return path.slice(1).flatMap((issuer, index) => {
    const limit = issuer.extensions.basicConstraints?.pathLength ?? null
    const below = path.slice(1, index + 1).filter(({ isSelfIssued }) => !isSelfIssued).length
    if (limit === null || below <= limit) return []
    const evidence = `It allows ${limit} issuers below it; there are ${below}.`
    return [reasonAbout('path-length', issuer, evidence, 'RFC 5280 §6.1.4 (l)')]
  })
}

function keyUsage({ path }: RuleInput): PathReason[] {
  return path.slice(1).flatMap((issuer) => {
    const usage = issuer.extensions.keyUsage
    if (usage === null || usage.has(keyUsageBits.keyCertSign)) return []
    const evidence = 'Its key usage does not allow it to sign certificates.'
    return [reasonAbout('key-usage', issuer, evidence, 'RFC 5280 §6.1.4 (n)')]
  })
}

/** From the top down; what a certificate imposes binds those below, except issuers that renew themselves. */
function nameConstraints({ path, effort }: RuleInput): PathReason[] {
  const imposed: ImposedConstraints[] = []
  const reasons: PathReason[] = []
  for (const [index, certificate] of [...path.entries()].reverse()) {
    if (index === 0 || !certificate.isSelfIssued) {
      for (const { by, evidence } of brokenConstraints(certificate, imposed, effort)) {
        const words = `${evidence} The rule is of “${nameInWords(by.subject)}”.`
        reasons.push(reasonAbout('name-constraints', certificate, words, 'RFC 5280 §6.1.3 (b), (c)'))
      }
    }
    const subtrees = certificate.extensions.nameConstraints
    if (subtrees !== null) imposed.push({ by: certificate, subtrees })
  }
  return reasons
}

function extensions({ path }: RuleInput): PathReason[] {
  return path.flatMap((certificate) => [
    ...certificate.extensions.problems.map((problem) =>
      reasonAbout('malformed', certificate, problem, 'RFC 5280 §4.2'),
    ),
    ...certificate.extensions.unknownCritical.map((id) =>
      reasonAbout('unknown-critical-extension', certificate, `Extension ${id}.`, 'RFC 5280 §6.1.4 (o), §6.1.5 (f)'),
    ),
  ])
}

function certificatePolicies({ path }: RuleInput): PathReason[] {
  const certificate = missingPolicy(path)
  if (certificate === null) return []
  const evidence = 'An issuer above demands a certificate policy (requireExplicitPolicy), and none holds down to here.'
  return [reasonAbout('certificate-policies', certificate, evidence, 'RFC 5280 §6.1.5 (g)')]
}

function algorithms({ path, algorithms: policy }: RuleInput): PathReason[] {
  return path.flatMap((certificate) => {
    const { algorithm } = certificate.signatureAlgorithm
    const key = keyInWords(certificate)
    const bits = rsaBits(key)
    const source = 'Cloudflare: Allowed signature algorithms'
    return [
      ...when(!policy.acceptsSignature(algorithm), () =>
        reasonAbout('algorithm-refused', certificate, `Signed with ${signatureName(algorithm)}.`, source),
      ),
      ...when(!policy.acceptsKey(key), () =>
        reasonAbout('algorithm-refused', certificate, `Its key is ${key}.`, source),
      ),
      ...when(bits !== null && bits < policy.minimumRsaBits, () =>
        reasonAbout(
          'weak-key',
          certificate,
          `${key}; at least ${policy.minimumRsaBits} bits are asked for.`,
          'NIST SP 800-131A',
        ),
      ),
    ]
  })
}

function keyInWords({ spki }: PathCertificate): string {
  try {
    return parsing('key', () => describeKey(spki))
  } catch {
    return 'of a kind that cannot be read'
  }
}

const when = (condition: boolean, make: () => PathReason): PathReason[] => (condition ? [make()] : [])
