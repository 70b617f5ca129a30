import { AppError } from '#shared/errors'
import { childAt, childrenOf, type Element, readOid, tags } from '../der'
import { membersOf, readCount, readOnlyOf, someOf } from '../der-values'
import { hasShortestInteger } from '../strict-der'

/** What a certificate says about policies (RFC 5280 §4.2.1.4, .5, .11, .14). Null where it says nothing. */
export interface PolicyExtensions {
  /** OIDs, without their qualifiers. */
  asserted: string[] | null
  /** From the issuer's policy to the subject's. */
  mappings: PolicyMapping[]
  /** `requireExplicitPolicy`, in certificates from here. */
  explicitAfter: number | null
  /** `inhibitPolicyMapping`. */
  noMappingAfter: number | null
  noAnyPolicyAfter: number | null
}

export interface PolicyMapping {
  issuer: string
  subject: string
}

export const anyPolicy = '2.5.29.32.0'

/** RFC 5280 §4.2.1.4: the address of a statement, and a notice for people. */
const knownQualifiers = new Set(['1.3.6.1.5.5.7.2.1', '1.3.6.1.5.5.7.2.2'])

/** certificatePolicies: the policies, and which of their qualifiers are not known here. Input: DER. Errors: `malformed`. */
export function readCertificatePolicies(value: Uint8Array): { asserted: string[]; unknownQualifiers: string[] } {
  const policies = someOf(readOnlyOf(value, tags.sequence)).map((policy) => {
    const [id, qualifiers, ...more] = childrenOf(requireTag(policy, tags.sequence))
    if (id === undefined || more.length > 0) throw new AppError('malformed', 'A policy cannot be read.')
    return {
      id: readOid(id),
      qualifiers: qualifiers === undefined ? [] : someOf(requireTag(qualifiers, tags.sequence)).map(readQualifier),
    }
  })
  const qualifiers = policies.flatMap((policy) => policy.qualifiers)
  return {
    asserted: policies.map(({ id }) => id),
    unknownQualifiers: [...new Set(qualifiers.filter((id) => !knownQualifiers.has(id)))],
  }
}

function readQualifier(element: Element): string {
  const parts = childrenOf(requireTag(element, tags.sequence))
  if (parts.length !== 2) throw new AppError('malformed', 'A qualifier of a policy cannot be read.')
  return readOid(childAt(parts, 0, tags.oid))
}

/** policyMappings. Input: DER. Errors: `malformed`. */
export const readPolicyMappings = (value: Uint8Array): PolicyMapping[] =>
  someOf(readOnlyOf(value, tags.sequence)).map((mapping) => {
    const parts = childrenOf(requireTag(mapping, tags.sequence))
    const [issuer, subject] = [0, 1].map((index) => readOid(childAt(parts, index, tags.oid)))
    if (issuer === undefined || subject === undefined || parts.length > 2)
      throw new AppError('malformed', 'A mapping of policies cannot be read.')
    if (issuer === anyPolicy || subject === anyPolicy)
      throw new AppError('malformed', 'A policy is mapped to or from any policy (RFC 5280 §6.1.4 (a)).')
    return { issuer, subject }
  })

/** policyConstraints, which says one of the two at the least (RFC 5280 §4.2.1.11). Input: DER. Errors: `malformed`. */
export function readPolicyConstraints(value: Uint8Array): Pick<PolicyExtensions, 'explicitAfter' | 'noMappingAfter'> {
  const element = readOnlyOf(value, tags.sequence)
  someOf(element)
  const members = membersOf(element, [0x80, 0x81])
  const countOf = (tag: number) => {
    const member = members.get(tag)
    if (member === undefined) return null
    if (!hasShortestInteger(member.content)) throw new AppError('malformed', 'a number is padded.')
    return readCount(member)
  }
  return { explicitAfter: countOf(0x80), noMappingAfter: countOf(0x81) }
}

function requireTag(element: Element, tag: number): Element {
  if (element.tag !== tag) throw new AppError('malformed', 'A policy cannot be read.')
  return element
}
