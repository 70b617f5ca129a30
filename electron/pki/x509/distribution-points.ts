import { AppError } from '#shared/errors'
import { type Element, encode, readOnly, tags } from '../der'
import { membersOf, readNamedBits, readOnlyOf, someOf } from '../der-values'
import { type GeneralName, readGeneralNames } from './general-names'
import { type DistinguishedName, readName } from './name'

/** Where a certificate says its revocation is told, or what a CRL says it is for (RFC 5280 §4.2.1.13). */
export interface DistributionPoint {
  place: PointName | null
  /** The reasons that its lists are about (RFC 5280 §4.2.1.13, ReasonFlags), by their bits; null for all. */
  reasons: ReadonlySet<number> | null
  namesIssuer: boolean
}

/** The names of one place, or the last part of a name (a SET, DER) that follows the CRL issuer's. */
export type PointName = { kind: 'full'; names: GeneralName[] } | { kind: 'relative'; part: Uint8Array }

/** cRLDistributionPoints and freshestCRL. Input: the extension's DER. Errors: `malformed`. */
export const readDistributionPoints = (value: Uint8Array): DistributionPoint[] =>
  someOf(readOnlyOf(value, tags.sequence)).map((point) => {
    if (point.tag !== tags.sequence) throw new AppError('malformed', 'A distribution point cannot be read.')
    const members = membersOf(point, [0xa0, 0x81, 0xa2])
    const [name, reasons, issuer] = [members.get(0xa0), members.get(0x81), members.get(0xa2)]
    // RFC 5280 §4.2.1.13: reasons alone are not a distribution point.
    if (name === undefined && issuer === undefined)
      throw new AppError('malformed', 'A distribution point names neither a place nor an issuer.')
    if (issuer !== undefined) readGeneralNames(issuer)
    return {
      place: name === undefined ? null : readPointName(name),
      reasons: reasons === undefined ? null : readReasons(reasons),
      namesIssuer: issuer !== undefined,
    }
  })

/** ReasonFlags with an implicit tag, by their bits. Errors: `malformed`. */
export const readReasons = (element: Element): ReadonlySet<number> => readNamedBits({ ...element, tag: tags.bitString })

/** A DistributionPointName. Errors: `malformed`. */
export function readPointName(element: Element): PointName {
  const name = readOnly(element.content)
  if (name.tag === 0xa0) return { kind: 'full', names: readGeneralNames(name) }
  if (name.tag !== 0xa1) throw new AppError('malformed', 'The name of a distribution point cannot be read.')
  const part = encode(tags.set, name.content)
  readName(encode(tags.sequence, part))
  return { kind: 'relative', part }
}

/** What a place is called where lists are issued by `issuer`. */
export function namesOf(place: PointName, issuer: DistinguishedName): GeneralName[] {
  if (place.kind === 'full') return place.names
  const whole = encode(tags.sequence, readOnly(issuer.raw).content, place.part)
  return [{ kind: 'directory', value: readName(whole) }]
}
