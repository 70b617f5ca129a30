import { childrenOf, type Element, readOid, tags } from '../der'
import { readBoolean } from '../der-values'
import { nameOfOid } from '../oid-names'
import type { Oddities } from './fields'
import { describeGeneralName, describeGeneralNames } from './general-name'
import { describeReasons } from './usage-words'

/** Where CRLs are (RFC 5280 §4.2.1.13). */
export const describeDistributionPoints = (list: Element, oddities: Oddities): string =>
  childrenOf(list)
    .map((point) => describePoint(point, oddities))
    .join('\n')

function describePoint(point: Element, oddities: Oddities): string {
  return childrenOf(point)
    .map((part) => {
      if (part.tag === 0xa0) return pointName(part, oddities)
      if (part.tag === 0x81) return `only for: ${describeReasons({ ...part, tag: tags.bitString })}`
      return `signed by ${describeGeneralNames(part, oddities)}`
    })
    .join(', ')
}

/** DistributionPointName: full names, or what to append to the issuer's name. */
function pointName(name: Element, oddities: Oddities): string {
  const [choice] = childrenOf(name)
  if (choice === undefined) return ''
  return choice.tag === 0xa0 ? describeGeneralNames(choice, oddities) : 'a name below the issuer’s'
}

/** What a CRL is limited to (RFC 5280 §5.2.5). */
export function describeIssuingPoint(point: Element, oddities: Oddities): string {
  const limits: Record<number, string> = {
    129: 'only for end-entity certificates',
    130: 'only for CA certificates',
    132: 'speaks for other issuers too (indirect)',
    133: 'only for attribute certificates',
  }
  const said = childrenOf(point).flatMap((part) => {
    if (part.tag === 0xa0) return [pointName(part, oddities)]
    if (part.tag === 0x83) return [`only for: ${describeReasons({ ...part, tag: tags.bitString })}`]
    const limit = limits[part.tag]
    return limit !== undefined && readBoolean(part) ? [limit] : []
  })
  return said.length === 0 ? 'no limits' : said.join('\n')
}

/** Authority and subject information access (RFC 5280 §4.2.2). */
export const describeAccess = (list: Element, oddities: Oddities): string =>
  childrenOf(list)
    .map((access) => {
      const [method, place] = childrenOf(access)
      if (method === undefined || place === undefined) return ''
      return `${nameOfOid(readOid(method))}: ${describeGeneralName(place, oddities)}`
    })
    .join('\n')

/** RFC 5280 §4.2.1.10. */
export const describeNameConstraints = (list: Element, oddities: Oddities): string =>
  childrenOf(list)
    .flatMap((side) =>
      childrenOf(side).map((subtree) => {
        const [base] = childrenOf(subtree)
        const name = base === undefined ? '' : describeGeneralName(base, oddities)
        return `${side.tag === 0xa0 ? 'Only' : 'Never'} ${name}`
      }),
    )
    .join('\n')
