import { capitalise } from '#shared/logic/capitalise'
import { formatIsoTime } from '#shared/logic/formatting'
import type { PathReason } from '#shared/model/path'
import { ifReadable } from '../der'
import { describeKey } from '../key-names'
import { ids } from '../oids'
import { signatureName } from '../sign'
import { type AlgorithmPolicy, rsaBits } from './algorithms'
import { brokenConstraints, excludedHostName, type ImposedConstraints } from './constraints'
import { type Effort, isSelfSigned, signatureBy } from './issued-by'
import { titleOf, wholeName } from './name'
import { missingPolicy } from './policies'
import { type Certificate, publicKeyOf } from './read'
import { keyUsageBits } from './read-extensions'
import { reasonAbout } from './reasons'
import type { Candidate } from './search'

/** What the first certificate of a path is to be used for. */
export type Purpose = 'client' | 'server' | 'crl-signer'

interface RuleInput extends Candidate {
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
  if (isSelfSigned(last, effort)) {
    const evidence = 'It is self-signed and not among the trusted certificates.'
    return [reasonAbout('untrusted-root', last, evidence, 'RFC 5280 §6.1.1 (d)')]
  }
  if (last.isSelfIssued && signatureBy(last, last, effort) === 'unchecked')
    return [reasonAbout('signature-unchecked', last, 'It may be signed by itself.', 'RFC 5280 §6.1.1 (d)')]
  const evidence = `The certificate of its issuer, “${titleOf(last.issuer)}”, is not here.`
  return [reasonAbout('no-issuer', last, evidence, 'RFC 5280 §6.1')]
}

/** Each certificate and the one above it. */
function pairs(path: Certificate[]): [Certificate, Certificate][] {
  return path.slice(1).flatMap((issuer, index) => {
    const certificate = path[index]
    return certificate === undefined ? [] : [[certificate, issuer]]
  })
}

function links({ path, effort }: RuleInput): PathReason[] {
  return pairs(path).flatMap(([certificate, issuer]) => [
    ...signatureReasons(certificate, issuer, effort),
    ...when(certificate.issuer.key !== issuer.subject.key, () => {
      const evidence = `It names “${wholeName(certificate.issuer)}” as its issuer, but “${wholeName(issuer.subject)}” signed it.`
      return reasonAbout('issuer-name', certificate, evidence, 'RFC 5280 §6.1.3 (a)(4)')
    }),
  ])
}

function signatureReasons(certificate: Certificate, issuer: Certificate, effort: Effort): PathReason[] {
  const source = 'RFC 5280 §6.1.3 (a)(1)'
  const name = signatureName(certificate.signatureAlgorithm.algorithm)
  switch (signatureBy(certificate, issuer, effort)) {
    case 'good':
      return []
    case 'wrong':
      return [
        reasonAbout('signature', certificate, `${name}, not made by the key of “${titleOf(issuer.subject)}”.`, source),
      ]
    case 'unchecked': {
      const evidence =
        publicKeyOf(issuer) === null
          ? `The key of “${titleOf(issuer.subject)}” is of a kind that cannot be used here.`
          : `Signed with ${name}.`
      return [reasonAbout('signature-unchecked', certificate, evidence, source)]
    }
  }
}

function dates({ path, at }: RuleInput): PathReason[] {
  const source = 'RFC 5280 §6.1.3 (a)(2)'
  return path.flatMap((certificate) => [
    ...when(at < certificate.notBefore, () =>
      reasonAbout('not-yet-valid', certificate, `Valid from ${formatIsoTime(certificate.notBefore)}.`, source),
    ),
    ...when(at > certificate.notAfter, () =>
      reasonAbout('expired', certificate, `Valid until ${formatIsoTime(certificate.notAfter)}.`, source),
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
  return path.flatMap((certificate, index) => {
    if (index > 0 && certificate.isSelfIssued) return []
    return brokenConstraints(certificate, imposedOn(path, index), effort).map(({ by, evidence }) => {
      const words = `${evidence} The rule is of “${titleOf(by.subject)}”.`
      return reasonAbout('name-constraints', certificate, words, 'RFC 5280 §6.1.3 (b), (c)')
    })
  })
}

/** From the anchor down, what the certificates above one impose on its names. */
const imposedOn = (path: Certificate[], index: number): ImposedConstraints[] =>
  path
    .slice(index + 1)
    .reverse()
    .flatMap((by) => (by.extensions.nameConstraints === null ? [] : [{ by, subtrees: by.extensions.nameConstraints }]))

/** RFC 5280 says nothing of it, so it is never a failure. */
export function nameNotes({ path, effort }: Pick<RuleInput, 'path' | 'effort'>): PathReason[] {
  const [first] = path
  if (first === undefined) return []
  return excludedHostName(first, imposedOn(path, 0), effort).map(({ by }) => {
    const evidence = `Its Common Name looks like a host that “${titleOf(by.subject)}” does not allow. Servers with OpenSSL refuse it.`
    return reasonAbout('name-constraints', first, evidence, 'OpenSSL: NAME_CONSTRAINTS_check_CN')
  })
}

function extensions({ path }: RuleInput): PathReason[] {
  return path.flatMap((certificate) => [
    ...certificate.problems.map((problem) => reasonAbout('malformed', certificate, problem, 'RFC 5280 §4.2')),
    ...certificate.extensions.unknownCritical.map((id) =>
      reasonAbout('unknown-critical-extension', certificate, `Extension ${id}.`, 'RFC 5280 §6.1.4 (o), §6.1.5 (f)'),
    ),
  ])
}

function certificatePolicies({ path }: RuleInput): PathReason[] {
  const certificate = missingPolicy(path)
  if (certificate === null) return []
  const evidence = 'An issuer above requires a certificate policy, and none applies here.'
  return [reasonAbout('certificate-policies', certificate, evidence, 'RFC 5280 §6.1.5 (g)')]
}

/** Access refuses roots for their own signature, too; elsewhere the signature on an anchor is not checked (RFC 5280 §6.1). */
function algorithms({ path, end, purpose, algorithms: policy }: RuleInput): PathReason[] {
  return path.flatMap((certificate, index) => {
    const isSignatureChecked = !(purpose === 'server' && end === 'anchor' && index === path.length - 1)
    const { algorithm } = certificate.signatureAlgorithm
    const key = keyInWords(certificate)
    const bits = rsaBits(key)
    const source = 'Cloudflare: Allowed signature algorithms'
    return [
      ...when(isSignatureChecked && !policy.acceptsSignature(algorithm), () =>
        reasonAbout('algorithm-refused', certificate, `Signed with ${signatureName(algorithm)}.`, source),
      ),
      ...when(!policy.acceptsKey(key), () =>
        reasonAbout('algorithm-refused', certificate, `Its key is ${key}.`, source),
      ),
      ...when(bits !== null && bits < policy.minimumRsaBits, () =>
        reasonAbout(
          'weak-key',
          certificate,
          `${key}; at least ${policy.minimumRsaBits} bits are required.`,
          'NIST SP 800-131A',
        ),
      ),
    ]
  })
}

const keyInWords = ({ spki }: Certificate): string =>
  ifReadable(() => describeKey(spki)) ?? 'of a kind that cannot be read'

const when = (condition: boolean, make: () => PathReason): PathReason[] => (condition ? [make()] : [])

/** RFC 5280 §4.2.1.12 and OpenSSL's `check_purpose_…`, which servers use (measured): what each use of TLS may sign or agree with. */
const neededBits: Record<Purpose, number[]> = {
  client: [keyUsageBits.digitalSignature, keyUsageBits.keyAgreement],
  server: [keyUsageBits.digitalSignature, keyUsageBits.keyEncipherment, keyUsageBits.keyAgreement],
  'crl-signer': [keyUsageBits.crlSign],
}

const unfitKey: Record<Purpose, string> = {
  client: 'Its key usage does not allow signatures.',
  server: 'Its key usage does not allow TLS.',
  'crl-signer': 'Its key usage does not allow it to sign CRLs.',
}

function ownKeyUsage({ path: [first], purpose }: RuleInput): PathReason[] {
  const usage = first?.extensions.keyUsage ?? null
  if (first === undefined || usage === null || neededBits[purpose].some((bit) => usage.has(bit))) return []
  return [reasonAbout('key-usage', first, unfitKey[purpose], 'RFC 5280 §4.2.1.3')]
}

/** Null where no extended use is asked for. */
const neededUse: Record<Purpose, { id: string; name: string } | null> = {
  client: { id: ids.clientAuthentication, name: 'client authentication' },
  server: { id: ids.serverAuthentication, name: 'server authentication' },
  'crl-signer': null,
}

/**
 * Extended key usage nests: an issuer that names uses allows no others below it. RFC 5280 says so of the certificate alone;
 * browsers, Go (and with it much of the Web) and OpenSSL apply it to issuers as well. Absent means any use. In the
 * certificate itself the identifier for any use is not enough: RFC 5280 §4.2.1.12 lets a program refuse it, and OpenSSL
 * does. In an issuer it is a note (`usageNotes`), since programs differ.
 */
function extendedKeyUsage({ path, purpose }: RuleInput): PathReason[] {
  const needed = neededUse[purpose]
  if (needed === null) return []
  return path.flatMap((certificate, index) => {
    const uses = certificate.extensions.extendedKeyUsage
    if (uses === null || uses.includes(needed.id) || (index > 0 && allowsAny(certificate))) return []
    const evidence =
      index === 0 ? `${capitalise(needed.name)} is not among its uses.` : `It may not issue for ${needed.name}.`
    return [reasonAbout('extended-key-usage', certificate, evidence, 'RFC 5280 §4.2.1.12')]
  })
}

const allowsAny = ({ extensions }: Certificate): boolean =>
  extensions.extendedKeyUsage?.includes(ids.anyExtendedKeyUsage) === true

/** Never a failure: the walkthrough's own leaf is X.509 v1 and names no use, and browsers send it. */
export function usageNotes({ path, purpose }: Pick<RuleInput, 'path' | 'purpose'>): PathReason[] {
  const needed = neededUse[purpose]
  if (needed === null) return []
  const [first, ...issuers] = path
  const unlimited = issuers
    .filter((issuer) => allowsAny(issuer) && issuer.extensions.extendedKeyUsage?.includes(needed.id) !== true)
    .map((issuer) =>
      noteAbout(issuer, 'It allows any use, but does not name this one. Servers with OpenSSL refuse what it issued.'),
    )
  if (first === undefined || purpose !== 'client' || first.extensions.extendedKeyUsage !== null) return unlimited
  const evidence =
    first.version < 3
      ? `X.509 v${first.version}: it cannot restrict uses, so any use is allowed.`
      : 'It restricts no use, so any use is allowed.'
  return [noteAbout(first, evidence), ...unlimited]
}

const noteAbout = (certificate: Certificate, evidence: string): PathReason =>
  reasonAbout('extended-key-usage', certificate, evidence, 'RFC 5280 §4.2.1.12')
