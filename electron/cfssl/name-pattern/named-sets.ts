import type { Members } from './character-set'
import type { Cursor } from './cursor'

/** `\d`, `\s` and `\w` are ASCII in Go, and `\s` is without the vertical tab. */
const perl: Record<string, string> = { d: '0-9', s: '\\t\\n\\f\\r ', w: '0-9A-Za-z_' }

/** `[[:alpha:]]` and its kin: ASCII, too. */
const posix: Record<string, string> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e',
  space: '\\t-\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
}

const categories = /^(?:C[cfos]|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/u

/** Scripts have their long names in Go; these are all of four letters that are no abbreviations. */
const fourLetterScripts = new Set(['Cham', 'Kawi', 'Lisu', 'Thai', 'Toto'])

/** `\d`, `\pL`, `\p{Greek}` and their opposites; null if none stands here. */
export function readNamedSet(cursor: Cursor): Members | null {
  const [, letter] = cursor.match(/\\([dswDSW])/uy) ?? []
  if (letter !== undefined) {
    const lower = letter.toLowerCase()
    return { source: perl[lower] ?? '', negated: letter !== lower }
  }
  const [, kind] = cursor.match(/\\([pP])/uy) ?? []
  if (kind === undefined) return null
  const [whole = '', caret = '', braced, short] = cursor.match(/\{(\^?)([^}]*)\}|([^{])/uy) ?? []
  const name = braced ?? short ?? ''
  const source = propertySource(name)
  if (source === null) throw cursor.refusal(`\\${kind}${whole} is no set of characters`)
  return { source, negated: (kind === 'P') !== (caret === '^') }
}

/** Go's `unicode.Categories` and `unicode.Scripts`, and `Any`; its `C` is without what Unicode has not assigned. */
function propertySource(name: string): string | null {
  if (name === 'Any') return '\\u{0}-\\u{10ffff}'
  if (name === 'C') return '\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}'
  if (categories.test(name)) return `\\p{${name}}`
  const isAbbreviated = name.length === 4 && !fourLetterScripts.has(name)
  if (!/^[A-Z]\w+$/u.test(name) || isAbbreviated) return null
  const source = `\\p{Script=${name}}`
  return isKnown(source) ? source : null
}

function isKnown(source: string): boolean {
  try {
    new RegExp(source, 'u')
    return true
  } catch {
    return false
  }
}

/** Within brackets: `[:alpha:]`, `[:^alpha:]`; null if none stands here. */
export function readPosixSet(cursor: Cursor): Members | null {
  const [whole, caret, name = ''] = cursor.match(/\[:(\^?)(.*?):\]/suy) ?? []
  if (whole === undefined) return null
  const source = Object.hasOwn(posix, name) ? posix[name] : undefined
  if (source === undefined) throw cursor.refusal(`${whole} is no set of characters`)
  return { source, negated: caret === '^' }
}
