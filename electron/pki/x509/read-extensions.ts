import { AppError, isAppError } from '#shared/errors'
import { type Element, readElement, readOid, readOnly, tags } from '../der'
import {
  type ExtensionValue,
  membersOf,
  readBoolean,
  readCount,
  readExtension,
  readNamedBits,
  readOnlyOf,
  someOf,
} from '../der-values'
import { ids } from '../oids'
import { findDerFault } from '../strict-der'
import { type DistributionPoint, readDistributionPoints } from './distribution-points'
import { type GeneralName, readGeneralName, readGeneralNames } from './general-names'
import {
  type PolicyExtensions,
  readCertificatePolicies,
  readPolicyConstraints,
  readPolicyMappings,
} from './policy-extensions'

/** Name constraints: what stands in `permittedSubtrees` and in `excludedSubtrees`. */
export interface Subtrees {
  permitted: GeneralName[]
  excluded: GeneralName[]
}

/** What a certificate's extensions say. Null where the extension is absent. */
export interface Extensions {
  /** Every one of them as it stands there. */
  all: ExtensionValue[]
  basicConstraints: { isAuthority: boolean; pathLength: number | null } | null
  /** Numbers of the bits, RFC 5280 §4.2.1.3; see `keyUsageBits`. */
  keyUsage: ReadonlySet<number> | null
  /** OIDs; null means any use. */
  extendedKeyUsage: string[] | null
  nameConstraints: Subtrees | null
  alternativeNames: GeneralName[]
  distributionPoints: DistributionPoint[]
  /** Lower-case hex. */
  subjectKeyId: string | null
  authorityKeyId: string | null
  policies: PolicyExtensions
  unknownCritical: string[]
  /** What cannot be read, in words. */
  problems: string[]
}

export const keyUsageBits = {
  digitalSignature: 0,
  nonRepudiation: 1,
  keyEncipherment: 2,
  dataEncipherment: 3,
  keyAgreement: 4,
  keyCertSign: 5,
  crlSign: 6,
  encipherOnly: 7,
  decipherOnly: 8,
} as const

type Reader = (extension: ExtensionValue, into: Extensions) => void

const readers: Record<string, Reader> = {
  [ids.basicConstraints]: ({ value }, into) => {
    into.basicConstraints = readBasicConstraints(value)
  },
  [ids.keyUsage]: ({ value }, into) => {
    into.keyUsage = readNamedBits(readOnlyOf(value, tags.bitString))
  },
  [ids.extendedKeyUsage]: ({ value }, into) => {
    into.extendedKeyUsage = readExtendedKeyUsage(value)
  },
  [ids.nameConstraints]: ({ value }, into) => {
    into.nameConstraints = readNameConstraints(value)
  },
  [ids.subjectAlternativeName]: ({ value }, into) => {
    into.alternativeNames = readGeneralNames(readOnlyOf(value, tags.sequence))
  },
  [ids.subjectKeyIdentifier]: ({ value }, into) => {
    into.subjectKeyId = hex(readOnlyOf(value, tags.octetString))
  },
  [ids.authorityKeyIdentifier]: ({ value }, into) => {
    into.authorityKeyId = readAuthorityKeyId(value)
  },
  [ids.certificatePolicies]: ({ id, critical, value }, into) => {
    const { asserted, unknownQualifiers } = readCertificatePolicies(value)
    into.policies.asserted = asserted
    // RFC 5280 §4.2.1.4: where it is critical, its qualifiers have to be understood too.
    if (critical && unknownQualifiers.length > 0) into.unknownCritical.push(id)
  },
  [ids.policyMappings]: ({ value }, { policies }) => {
    policies.mappings = readPolicyMappings(value)
  },
  [ids.policyConstraints]: ({ value }, { policies }) => {
    Object.assign(policies, readPolicyConstraints(value))
  },
  [ids.inhibitAnyPolicy]: ({ value }, { policies }) => {
    policies.noAnyPolicyAfter = readCount(readOnlyOf(value, tags.integer))
  },
  [ids.crlDistributionPoints]: ({ value }, into) => {
    into.distributionPoints = readDistributionPoints(value)
  },
  // Says nothing about a path. Where it is critical it has to be readable all the same.
  [ids.issuerAlternativeName]: ({ value }) => {
    readGeneralNames(readOnlyOf(value, tags.sequence))
  },
}

/** Of no consequence for a path: where one cannot be read, the certificate is at fault only if it is critical. */
const secondary = new Set<string>([ids.issuerAlternativeName, ids.crlDistributionPoints])

const hex = ({ content }: Element) => Buffer.from(content).toString('hex')

/**
 * Input: the DER of all extensions, null where there are none. Never throws for what they say: what cannot be read is a
 * problem of the certificate, and the first of two extensions of one kind counts.
 */
export function readExtensionsOf(der: Uint8Array | null): Extensions {
  const found: Extensions = {
    all: [],
    basicConstraints: null,
    keyUsage: null,
    extendedKeyUsage: null,
    nameConstraints: null,
    alternativeNames: [],
    distributionPoints: [],
    subjectKeyId: null,
    authorityKeyId: null,
    policies: { asserted: null, mappings: [], explicitAfter: null, noMappingAfter: null, noAnyPolicyAfter: null },
    unknownCritical: [],
    problems: [],
  }
  if (der === null) return found
  const list = attempt(found, 'The extensions cannot be read', () => someOf(readOnlyOf(der, tags.sequence)))
  for (const element of list ?? []) {
    const extension = attempt(found, 'The extensions cannot be read', () => readExtension(element))
    if (extension !== null) addExtension(extension, found)
  }
  return found
}

function addExtension(extension: ExtensionValue, found: Extensions): void {
  const { id, critical, value } = extension
  // RFC 5280 §4.2: a certificate must not include more than one of a kind.
  if (found.all.some((other) => other.id === id)) {
    found.problems.push(`The extension ${id} occurs twice.`)
    return
  }
  found.all.push(extension)
  const read = readers[id]
  if (read === undefined) {
    if (critical) found.unknownCritical.push(id)
    return
  }
  const work = () => {
    // What it says is kept for showing, whatever its encoding.
    read(extension, found)
    const fault = findDerFault(readOnly(value))
    if (fault !== null) throw new AppError('malformed', `${fault}.`)
  }
  if (critical || !secondary.has(id)) attempt(found, `The extension ${id} cannot be read`, work)
  else attempt({ problems: [] }, '', work)
}

/** The problem is told with its detail: `The extension … cannot be read: a number is padded.` */
function attempt<T>({ problems }: Pick<Extensions, 'problems'>, problem: string, read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (!isAppError(error)) throw error
    problems.push(error.detail === null ? `${problem}.` : `${problem}: ${error.detail}`)
    return null
  }
}

/** OIDs (RFC 5280 §4.2.1.12). Input: DER. Errors: `malformed`. */
export function readExtendedKeyUsage(value: Uint8Array): string[] {
  return someOf(readOnlyOf(value, tags.sequence)).map(readOid)
}

/** RFC 5280 §4.2.1.9. Input: DER. Errors: `malformed`. */
export function readBasicConstraints(value: Uint8Array): { isAuthority: boolean; pathLength: number | null } {
  const members = membersOf(readOnlyOf(value, tags.sequence), [tags.boolean, tags.integer])
  const [isAuthority, length] = [members.get(tags.boolean), members.get(tags.integer)]
  return {
    isAuthority: isAuthority !== undefined && readBoolean(isAuthority),
    pathLength: length === undefined ? null : readCount(length),
  }
}

/** The key identifier of an authorityKeyIdentifier, lower-case hex; null where it names the issuer otherwise. Input: DER. Errors: `malformed`. */
export function readAuthorityKeyId(value: Uint8Array): string | null {
  const identifier = membersOf(readOnlyOf(value, tags.sequence), [0x80, 0xa1, 0x82]).get(0x80)
  return identifier === undefined ? null : hex(identifier)
}

/** RFC 5280 §4.2.1.10: one of the two sides at the least, and neither is empty. */
function readNameConstraints(value: Uint8Array): Subtrees {
  const element = readOnlyOf(value, tags.sequence)
  someOf(element)
  const members = membersOf(element, [0xa0, 0xa1])
  const subtreesOf = (tag: number) => {
    const side = members.get(tag)
    return side === undefined ? [] : someOf(side).map(readSubtree)
  }
  return { permitted: subtreesOf(0xa0), excluded: subtreesOf(0xa1) }
}

/** RFC 5280 §4.2.1.10: minimum is always 0 and maximum absent; anything else cannot be applied. */
function readSubtree(subtree: Element): GeneralName {
  if (subtree.tag !== tags.sequence) throw new AppError('malformed', 'Name constraints cannot be read.')
  const base = readElement(subtree.content)
  const limits = subtree.content.subarray(base.raw.length)
  const isDefault = limits.length === 0 || Buffer.from(limits).toString('hex') === '800100'
  if (!isDefault) throw new AppError('malformed', 'Name constraints with limits cannot be applied.')
  return readGeneralName(base)
}

/** The value (DER) of one extension; null where the certificate has none of that kind. */
export const extensionValue = ({ all }: Extensions, id: string): Uint8Array | null =>
  all.find((extension) => extension.id === id)?.value ?? null
