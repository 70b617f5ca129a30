import { isAppError } from '#shared/errors'
import type { DetailField } from '#shared/model/details'
import { childrenOf, type Element, readElement, readOid, tags } from '../der'
import { readBoolean } from '../der-values'
import { extensionWords } from './extension-words'
import { hexOf, type Oddities, stated } from './fields'

/** Extensions (RFC 5280 §4.2), each in words; unknown and unreadable ones as hex. `list`: the SEQUENCE OF. */
export function extensionFields(list: Element, oddities: Oddities): DetailField[] {
  const seen = new Set<string>()
  return childrenOf(list).map((extension) => {
    const [id, second, third] = childrenOf(extension)
    const value = second?.tag === tags.boolean ? third : second
    if (id === undefined || value === undefined) {
      oddities.push('An extension cannot be read.')
      return stated('extension', 'Extension', 'cannot be read', extension)
    }
    const oid = readOid(id)
    if (seen.has(oid)) oddities.push(`The extension ${oid} occurs twice.`)
    seen.add(oid)
    const critical = second?.tag === tags.boolean && readBoolean(second)
    return { ...describe(oid, value, oddities), critical }
  })
}

function describe(oid: string, value: Element, oddities: Oddities): DetailField {
  const known = extensionWords[oid]
  const inside: Element = { tag: 0, content: value.content, raw: value.content }
  const field = (label: string, words: string) => stated(`extension.${oid}`, label, words, inside, { oid })
  if (known === undefined) return field(`Extension ${oid}`, hexOf(value.content))
  try {
    return field(known.label, known.words(readElement(value.content), oddities))
  } catch (error) {
    if (!isAppError(error)) throw error
    oddities.push(`The extension “${known.label}” cannot be read.`)
    return field(known.label, `cannot be read: ${hexOf(value.content)}`)
  }
}
