import { AppError, isAppError } from '#shared/errors'
import { childrenOf, type Element, readElement, readOid, readOnly, tags } from '../der'
import { readBoolean, readExtensions, readNamedBits, readOnlyOf } from '../der-values'
import { ids } from '../extensions'
import { type GeneralName, readGeneralName, readGeneralNames } from './general-names'
import { noPolicies, type PolicyExtensions, policyReaders } from './policy-extensions'
import { readSmallNumber } from './small-number'

/** One side of name constraints: what stands in `permittedSubtrees` or `excludedSubtrees`. */
export interface Subtrees {
  permitted: GeneralName[]
  excluded: GeneralName[]
}

/** What a certificate's extensions say, as far as a path depends on it. Null where the extension is absent. */
export interface PathExtensions {
  basicConstraints: { isAuthority: boolean; pathLength: number | null } | null
  /** Numbers of the bits, RFC 5280 §4.2.1.3. */
  keyUsage: ReadonlySet<number> | null
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

export const keyUsageBits = { digitalSignature: 0, keyAgreement: 4, keyCertSign: 5, cRLSign: 6 } as const

type Reader = (value: Uint8Array, into: PathExtensions) => void

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
  ...Object.fromEntries(
    Object.entries(policyReaders).map(([id, read]): [string, Reader] => [
      id,
      (value, into) => read(value, into.policies),
    ]),
  ),
}

/** Understood without saying anything about a path: the issuer's other names, and where its CRLs are. */
const harmless = new Set(['2.5.29.18', '2.5.29.31'])

const hex = ({ content }: Element) => Buffer.from(content).toString('hex')

/**
 * Input: the DER of all extensions, null where there are none. Never throws for what they say: what cannot be read is a
 * problem of the certificate.
 */
export function readPathExtensions(der: Uint8Array | null): PathExtensions {
  const found: PathExtensions = {
    basicConstraints: null,
    keyUsage: null,
    extendedKeyUsage: null,
    nameConstraints: null,
    alternativeNames: [],
    subjectKeyId: null,
    authorityKeyId: null,
    policies: noPolicies(),
    unknownCritical: [],
    problems: [],
  }
  const extensions = attempt(found, 'The extensions cannot be read.', () =>
    der === null ? [] : readExtensions(readOnly(der)),
  )
  for (const { id, critical, value } of extensions ?? []) {
    const read = readers[id]
    if (read !== undefined) attempt(found, `The extension ${id} cannot be read.`, () => read(value, found))
    else if (critical && !harmless.has(id)) found.unknownCritical.push(id)
  }
  return found
}

function attempt<T>({ problems }: PathExtensions, problem: string, read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (!isAppError(error)) throw error
    problems.push(problem)
    return null
  }
}

function readBasicConstraints(value: Uint8Array): PathExtensions['basicConstraints'] {
  const [first, second] = childrenOf(readOnlyOf(value, tags.sequence))
  const isAuthority = first?.tag === tags.boolean && readBoolean(first)
  const length = first?.tag === tags.boolean ? second : first
  return { isAuthority, pathLength: length === undefined ? null : readSmallNumber(readNumber(length)) }
}

function readNumber(element: Element): Element {
  if (element.tag !== tags.integer) throw new AppError('malformed', 'A number cannot be read.')
  return element
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

/** RFC 5280 §4.2.1.10: minimum is always 0 and maximum absent; anything else is a rule that nobody could apply. */
function readSubtree(subtree: Element): GeneralName {
  const base = readElement(subtree.content)
  const limits = subtree.content.subarray(base.raw.length)
  const isDefault = limits.length === 0 || Buffer.from(limits).toString('hex') === '800100'
  if (!isDefault) throw new AppError('malformed', 'Name constraints with limits cannot be applied.')
  return readGeneralName(base)
}
