import { isAppError } from '#shared/errors'
import { quoteSpecials } from '#shared/logic/naming'
import type { DetailField } from '#shared/model/details'
import { childrenOf, type Element, readOid } from '../der'
import { attributeLabel, commonNameId, shortNameOf } from '../names'
import { hexOf, type Oddities, stated } from './fields'
import { readText } from './text'

interface Attribute {
  oid: string
  text: string
  element: Element
}

function attributesOf(name: Element, oddities: Oddities): Attribute[][] {
  return childrenOf(name).map((relative) =>
    childrenOf(relative).flatMap((element) => {
      const [type, value] = childrenOf(element)
      if (type === undefined || value === undefined) return []
      return [{ oid: readOid(type), text: readText(value, oddities), element }]
    }),
  )
}

/** A Name (RFC 5280 §4.1.2.4) as one line, most specific part first. */
export function nameLine(name: Element, oddities: Oddities): string {
  try {
    const parts = attributesOf(name, oddities)
      .reverse()
      .map((set) => set.map(({ oid, text }) => `${shortNameOf(oid)}=${quoteSpecials(text)}`).join(' + '))
    return parts.length === 0 ? '(empty)' : parts.join(', ')
  } catch (error) {
    if (!isAppError(error)) throw error
    oddities.push('A name cannot be read.')
    return `#${hexOf(name.raw)}`
  }
}

/** Each attribute of a Name as a field of its own: `subject.commonName`, … */
export function nameFields(prefix: string, name: Element, oddities: Oddities): DetailField[] {
  try {
    const fields = attributesOf(name, oddities)
      .flat()
      .map(({ oid, text, element }) => {
        const { id, label } = attributeLabel(oid)
        return stated(`${prefix}.${id}`, label, text, element, { oid })
      })
    return fields.length > 0 ? fields : [stated(prefix, 'Name', '(empty)', name)]
  } catch (error) {
    if (!isAppError(error)) throw error
    oddities.push('A name cannot be read.')
    return [stated(prefix, 'Name', 'cannot be read', name)]
  }
}

/** The last Common Name; null where there is none. */
export function commonNameIn(name: Element): string | null {
  try {
    return (
      attributesOf(name, [])
        .flat()
        .filter(({ oid }) => oid === commonNameId)
        .at(-1)?.text ?? null
    )
  } catch (error) {
    if (!isAppError(error)) throw error
    return null
  }
}
