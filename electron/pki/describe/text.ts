import { neutralise } from '#shared/logic/neutralise'
import { readCharacterString } from '../character-string'
import type { Element } from '../der'
import { hexOf, type Oddities } from './fields'

/**
 * A character string of any kind (X.680 §41) as harmless text; a value that is no string, or none that can be read, as
 * `#` and hex (RFC 4514 §2.4).
 */
export function readText(element: Element, oddities: Oddities): string {
  const found = readCharacterString(element)
  if (found === null) return `#${hexOf(element.raw)}`
  const { kind, text, isProper } = found
  if (kind === 'UTF8String' && !isProper) oddities.push('A text is marked as UTF-8 but is not; it is shown as Latin-1.')
  if (kind === 'BMPString' && element.content.length % 2 !== 0)
    oddities.push('A text of two-byte characters has an odd length.')
  return neutralise(text)
}
