import { AppError, isAppError } from '#shared/errors'
import { childAt, childrenOf, type Element, readElement, readOid, tags } from '../der'
import {
  type ExtensionValue,
  readBigInteger,
  readBoolean,
  readExtension,
  readNamedBits,
  readOnlyOf,
} from '../der-values'
import { ids } from '../oids'
import { type GeneralName, readGeneralName, readGeneralNames } from './general-names'

/** Name constraints: what stands in `permittedSubtrees` and in `excludedSubtrees`. */
export interface Subtrees {
  permitted: GeneralName[]
  excluded: GeneralName[]
}

/** What a certificate says about policies (RFC 5280 §4.2.1.4, .5, .11, .14). Null where it says nothing. */
export interface PolicyExtensions {
  /** OIDs, without their qualifiers. */
  asserted: string[] | null
  /** From the issuer's policy to the subject's. */
  mappings: { issuer: string; subject: string }[]
  /** `requireExplicitPolicy`, in certificates from here. */
  explicitAfter: number | null
  /** `inhibitPolicyMapping`. */
  noMappingAfter: number | null
  noAnyPolicyAfter: number | null
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

export const anyPolicy = '2.5.29.32.0'

type Reader = (value: Uint8Array, into: Extensions) => void

const readers: Record<string, Reader> = {
  [ids.basicConstraints]: (value, into) => {
    into.basicConstraints = readBasicConstraints(value)
  },
  [ids.keyUsage]: (value, into) => {
    into.keyUsage = readNamedBits(readOnlyOf(value, tags.bitString))
  },
  [ids.extendedKeyUsage]: (value, into) => {
    into.extendedKeyUsage = childrenOf(readOnlyOf(value, tags.sequence)).map(readOid)
  },
  [ids.nameConstraints]: (value, into) => {
    into.nameConstraints = readNameConstraints(value)
  },
  [ids.subjectAlternativeName]: (value, into) => {
    into.alternativeNames = readGeneralNames(readOnlyOf(value, tags.sequence))
  },
  [ids.subjectKeyIdentifier]: (value, into) => {
    into.subjectKeyId = hex(readOnlyOf(value, tags.octetString))
  },
  [ids.authorityKeyIdentifier]: (value, into) => {
    const identifier = childrenOf(readOnlyOf(value, tags.sequence)).find(({ tag }) => tag === 0x80)
    into.authorityKeyId = identifier === undefined ? null : hex(identifier)
  },
  [ids.certificatePolicies]: (value, { policies }) => {
    policies.asserted = childrenOf(readOnlyOf(value, tags.sequence)).map((policy) =>
      readOid(childAt(childrenOf(policy), 0, tags.oid)),
    )
  },
  [ids.policyMappings]: (value, { policies }) => {
    policies.mappings = childrenOf(readOnlyOf(value, tags.sequence)).map((mapping) => {
      const [issuer, subject] = [0, 1].map((index) => readOid(childAt(childrenOf(mapping), index, tags.oid)))
      if (issuer === undefined || subject === undefined || issuer === anyPolicy || subject === anyPolicy)
        throw new AppError('malformed', 'A policy is mapped to or from any policy (RFC 5280 §6.1.4 (a)).')
      return { issuer, subject }
    })
  },
  [ids.policyConstraints]: (value, { policies }) => {
    for (const limit of childrenOf(readOnlyOf(value, tags.sequence))) {
      if (limit.tag === 0x80) policies.explicitAfter = readCount(limit)
      if (limit.tag === 0x81) policies.noMappingAfter = readCount(limit)
    }
  },
  [ids.inhibitAnyPolicy]: (value, { policies }) => {
    policies.noAnyPolicyAfter = readCount(readOnlyOf(value, tags.integer))
  },
}

/** Understood without saying anything about a path: the issuer's other names, and where its CRLs are. */
const harmless = new Set(['2.5.29.18', ids.crlDistributionPoints])

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
    subjectKeyId: null,
    authorityKeyId: null,
    policies: { asserted: null, mappings: [], explicitAfter: null, noMappingAfter: null, noAnyPolicyAfter: null },
    unknownCritical: [],
    problems: [],
  }
  if (der === null) return found
  const list = attempt(found, 'The extensions cannot be read.', () => childrenOf(readOnlyOf(der, tags.sequence)))
  for (const element of list ?? []) {
    const extension = attempt(found, 'The extensions cannot be read.', () => readExtension(element))
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
  if (read !== undefined) attempt(found, `The extension ${id} cannot be read.`, () => read(value, found))
  else if (critical && !harmless.has(id)) found.unknownCritical.push(id)
}

function attempt<T>({ problems }: Extensions, problem: string, read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (!isAppError(error)) throw error
    problems.push(problem)
    return null
  }
}

function readBasicConstraints(value: Uint8Array): Extensions['basicConstraints'] {
  const [first, second] = childrenOf(readOnlyOf(value, tags.sequence))
  const isAuthority = first?.tag === tags.boolean && readBoolean(first)
  const length = first?.tag === tags.boolean ? second : first
  if (length !== undefined && length.tag !== tags.integer) throw new AppError('malformed', 'A number cannot be read.')
  return { isAuthority, pathLength: length === undefined ? null : readCount(length) }
}

/** Path lengths and SkipCerts: anything beyond a million means "no limit in practice". Negative numbers are malformed. */
function readCount({ content, raw }: Element): number {
  const value = readBigInteger({ tag: tags.integer, content, raw })
  if (value < 0n) throw new AppError('malformed', 'A length is negative.')
  return value > 1_000_000n ? 1_000_000 : Number(value)
}

function readNameConstraints(value: Uint8Array): Subtrees {
  const subtrees: Subtrees = { permitted: [], excluded: [] }
  for (const side of childrenOf(readOnlyOf(value, tags.sequence))) {
    if (side.tag !== 0xa0 && side.tag !== 0xa1) throw new AppError('malformed', 'Name constraints cannot be read.')
    const list = side.tag === 0xa0 ? subtrees.permitted : subtrees.excluded
    for (const subtree of childrenOf(side)) list.push(readSubtree(subtree))
  }
  return subtrees
}

/** RFC 5280 §4.2.1.10: minimum is always 0 and maximum absent; anything else cannot be applied. */
function readSubtree(subtree: Element): GeneralName {
  const base = readElement(subtree.content)
  const limits = subtree.content.subarray(base.raw.length)
  const isDefault = limits.length === 0 || Buffer.from(limits).toString('hex') === '800100'
  if (!isDefault) throw new AppError('malformed', 'Name constraints with limits cannot be applied.')
  return readGeneralName(base)
}

/** The value (DER) of one extension; null where the certificate has none of that kind. */
export const extensionValue = ({ all }: Extensions, id: string): Uint8Array | null =>
  all.find((extension) => extension.id === id)?.value ?? null
