import { AppError, isAppError } from '#shared/errors'
import { childAt, childrenOf, type Element, readOid, readOnly, tags } from '../der'
import { type ExtensionValue, membersOf, readBigInteger, readOnlyOf, someOf } from '../der-values'
import { ids } from '../oids'
import { findDerFault } from '../strict-der'
import { type PointName, readDistributionPoints, readPointName, readReasons } from '../x509/distribution-points'
import { readGeneralName, readGeneralNames } from '../x509/general-names'
import { readAuthorityKeyId } from '../x509/read-extensions'

/** What an issuing distribution point (RFC 5280 §5.2.5) makes of a list. */
export interface CrlScope {
  /** Certificates of users alone, of authorities alone, or both. */
  kinds: 'all' | 'users' | 'authorities'
  /** The place the list is for; null: for certificates of any place. */
  place: PointName | null
  /** The reasons for which it revokes (RFC 5280 §5.2.5, onlySomeReasons), by their bits; null for all. */
  reasons: ReadonlySet<number> | null
  isForAttributes: boolean
  isIndirect: boolean
}

/** What a CRL's extensions say (RFC 5280 §5.2). Null where the extension is absent. */
export interface CrlExtensions {
  /** Every one of them as it stands there. */
  extensions: ExtensionValue[]
  number: bigint | null
  /** It only lists changes since another list (RFC 5280 §5.2.4). */
  isDelta: boolean
  /** Lower-case hex of the key identifier that the list names its signer by. */
  authorityKeyId: string | null
  scope: CrlScope
  /** OIDs of critical extensions, its own and its entries', that are not understood here: the list must not be used. */
  unknownCritical: string[]
  /** What cannot be read, or breaks the standard, in words: the list must not be used. */
  problems: string[]
}

const everything: CrlScope = { kinds: 'all', place: null, reasons: null, isForAttributes: false, isIndirect: false }

type Reader = (value: Uint8Array, into: CrlExtensions) => void

const readers: Record<string, Reader> = {
  [ids.crlNumber]: (value, into) => {
    into.number = readBigInteger(readOnly(value))
  },
  [ids.deltaCrlIndicator]: (value, into) => {
    into.isDelta = true
    readBigInteger(readOnly(value))
  },
  [ids.authorityKeyIdentifier]: (value, into) => {
    into.authorityKeyId = readAuthorityKeyId(value)
  },
  [ids.issuingDistributionPoint]: (value, into) => {
    into.scope = readIssuingDistributionPoint(value)
  },
  // These carry no limits of their own: other names of the issuer, and where other lists and certificates are.
  [ids.issuerAlternativeName]: (value) => void readGeneralNames(readOnlyOf(value, tags.sequence)),
  [ids.freshestCrl]: (value) => void readDistributionPoints(value),
  [ids.authorityInfoAccess]: (value) => {
    for (const access of someOf(readOnlyOf(value, tags.sequence))) {
      const [, place] = [readOid(childAt(childrenOf(access), 0, tags.oid)), childrenOf(access)[1]]
      if (place === undefined) throw new AppError('malformed', 'An address is missing.')
      readGeneralName(place)
    }
  },
}

/** Of no consequence for the list: where one cannot be read, the list is at fault only if it is critical. */
const secondary = new Set<string>([ids.issuerAlternativeName, ids.freshestCrl, ids.authorityInfoAccess])

/** Never throws for what they say. */
export function readCrlExtensions(extensions: ExtensionValue[]): CrlExtensions {
  const found: CrlExtensions = {
    extensions,
    number: null,
    isDelta: false,
    authorityKeyId: null,
    scope: everything,
    unknownCritical: [],
    problems: [],
  }
  for (const extension of extensions) readInto(found, extension)
  return found
}

function readInto(found: CrlExtensions, { id, critical, value }: ExtensionValue): void {
  const read = readers[id]
  if (read === undefined) {
    if (critical) found.unknownCritical.push(id)
    return
  }
  try {
    // What it says is kept for showing, and for the numbers that follow, whatever its encoding.
    read(value, found)
    const fault = findDerFault(readOnly(value))
    if (fault !== null) throw new AppError('malformed', `${fault}.`)
  } catch (error) {
    if (!isAppError(error)) throw error
    if (critical || !secondary.has(id))
      found.problems.push(`The extension ${id} of the CRL cannot be read: ${error.detail ?? ''}`)
  }
}

/** Input: the extension's DER. Errors: `malformed`, also for one that says nothing (RFC 5280 §5.2.5). */
function readIssuingDistributionPoint(value: Uint8Array): CrlScope {
  const element = readOnlyOf(value, tags.sequence)
  someOf(element)
  const members = membersOf(element, [0xa0, 0x81, 0x82, 0x83, 0x84, 0x85])
  const [point, reasons] = [members.get(0xa0), members.get(0x83)]
  const [users, authorities, isIndirect, attributes] = [0x81, 0x82, 0x84, 0x85].map((tag) => isTrue(members.get(tag)))
  if (users && authorities) throw new AppError('malformed', 'It is for users alone and for issuers alone.')
  return {
    kinds: users ? 'users' : authorities ? 'authorities' : 'all',
    place: point === undefined ? null : readPointName(point),
    reasons: reasons === undefined ? null : readReasons(reasons),
    isForAttributes: attributes === true,
    isIndirect: isIndirect === true,
  }
}

/** A BOOLEAN that is tagged implicitly, in DER (X.690 §11.1); FALSE where it is left out. */
function isTrue(member: Element | undefined): boolean {
  if (member === undefined) return false
  const [octet, ...more] = member.content
  if (more.length > 0 || (octet !== 0 && octet !== 0xff))
    throw new AppError('malformed', 'A truth value cannot be read.')
  return octet === 0xff
}
