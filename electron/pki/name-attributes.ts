import { AppError } from '#shared/errors'
import { type CharacterString, readCharacterString } from './character-string'
import { childrenOf, type Element, readOid, tags } from './der'

export interface NameAttribute {
  /** OID. */
  type: string
  /** Null for a value that is no text. */
  string: CharacterString | null
  value: Element
  /** Type and value together, as they stand in the name. */
  element: Element
}

/** A Name (RFC 5280 §4.1.2.4): its relative distinguished names in order, each with its attributes. Errors: `malformed`. */
export function readAttributes(name: Element): NameAttribute[][] {
  return partsOf(name, tags.sequence).map((relative) => partsOf(relative, tags.set).map(readAttribute))
}

function readAttribute(element: Element): NameAttribute {
  const [type, value, ...more] = partsOf(element, tags.sequence)
  if (type === undefined || value === undefined || more.length > 0)
    throw new AppError('malformed', 'An attribute of a name cannot be read.')
  return { type: readOid(type), value, string: readCharacterString(value), element }
}

function partsOf(element: Element, tag: number): Element[] {
  if (element.tag !== tag) throw new AppError('malformed', 'A name cannot be read.')
  return childrenOf(element)
}
