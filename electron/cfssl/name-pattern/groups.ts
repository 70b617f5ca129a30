import type { Cursor } from './cursor'
import type { Flags } from './syntax'

/** What follows `(`: a group with its flags, or flags alone for what follows (Go `regexp/syntax`, `parsePerlFlags`). */
interface Opening {
  kind: 'group' | 'setting'
  flags: Flags
}

/** What a group is called, twice or not, decides nothing here. */
const named = /\?P?<(\w+)>/uy
const flagged = /\?([imsU]*)(?:-([imsU]+))?([:)])/uy

/** Behind `(`. */
export function readOpening(cursor: Cursor, flags: Flags): Opening {
  if (!cursor.isAt('?') || cursor.match(named) !== null) return { kind: 'group', flags }
  const [, on = '', off = '', end] = cursor.match(flagged) ?? []
  if (end === undefined)
    throw cursor.refusal(`(${cursor.match(/\?[<P]?./suy)?.[0] ?? '?'} is not known to Go’s expressions`)
  return { kind: end === ':' ? 'group' : 'setting', flags: switched(switched(flags, on, true), off, false) }
}

function switched(flags: Flags, letters: string, value: boolean): Flags {
  return {
    ignoreCase: letters.includes('i') ? value : flags.ignoreCase,
    lines: letters.includes('m') ? value : flags.lines,
    dotAll: letters.includes('s') ? value : flags.dotAll,
  }
}
