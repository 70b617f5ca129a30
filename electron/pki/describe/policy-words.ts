import { childrenOf, type Element, readOid, tags } from '../der'
import { readBigInteger } from '../der-values'
import { nameOfOid } from '../oid-names'
import type { Oddities } from './fields'
import { readText } from './text'

/** Certificate policies with their qualifiers (RFC 5280 §4.2.1.4). */
export function describePolicies(list: Element, oddities: Oddities): string {
  return childrenOf(list)
    .map((policy) => {
      const [id, qualifiers] = childrenOf(policy)
      const name = id === undefined ? '' : nameOfOid(readOid(id))
      const more = qualifiers === undefined ? [] : childrenOf(qualifiers).map((one) => qualifier(one, oddities))
      return [name, ...more].join('\n')
    })
    .join('\n')
}

function qualifier(element: Element, oddities: Oddities): string {
  const [id, value] = childrenOf(element)
  if (id === undefined || value === undefined) return ''
  const texts = value.tag === tags.sequence ? stringsIn(value) : [value]
  return `${nameOfOid(readOid(id))}: ${texts.map((text) => readText(text, oddities)).join(' ')}`
}

/** A user notice is a sequence whose texts may stand inside another one, beside numbers of notices. */
function stringsIn(element: Element): Element[] {
  return childrenOf(element).flatMap((child) => {
    if (child.tag === tags.sequence) return stringsIn(child)
    return child.tag === tags.integer ? [] : [child]
  })
}

/** RFC 5280 §4.2.1.5. */
export const describePolicyMappings = (list: Element): string =>
  childrenOf(list)
    .map((pair) =>
      childrenOf(pair)
        .map((id) => nameOfOid(readOid(id)))
        .join(' counts as '),
    )
    .join('\n')

/** RFC 5280 §4.2.1.11: two optional numbers, tagged 0 and 1. */
export const describePolicyConstraints = (list: Element): string =>
  childrenOf(list)
    .map((one) => {
      const count = readBigInteger({ ...one, tag: tags.integer })
      return one.tag === 0x80
        ? `A policy is required after ${count} certificates`
        : `No mapping after ${count} certificates`
    })
    .join('\n')
