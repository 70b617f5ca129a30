/** The row to which this key leads from row `here` of `count`; null for every other key. */
export function rowFor(key: string, here: number, count: number): number | null {
  if (count === 0) return null
  switch (key) {
    case 'ArrowDown':
      return Math.min(here + 1, count - 1)
    case 'ArrowUp':
      return Math.max(here - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}

/** Letters that follow each other within this time are one word, as in the lists of the systems. */
const PAUSE = 700

/** Remembers what is being typed over a list. */
export interface TypeAhead {
  /** What was typed so far, with this key; null where the key types nothing. */
  add(key: string, at: number): string | null
}

export function createTypeAhead(): TypeAhead {
  let typed = ''
  let last = Number.NEGATIVE_INFINITY
  return {
    add(key, at) {
      const isFresh = at - last > PAUSE
      // A name is one code point of any script; the others are called "Tab" or "F5". Space alone presses the button.
      if ([...key].length !== 1 || (key === ' ' && isFresh)) return null
      typed = isFresh ? key : typed + key
      last = at
      return typed
    },
  }
}

/** The next row whose name begins like that, round and round; the same letter again goes on to the one after. */
export function rowNamed(typed: string, here: number, names: readonly (string | undefined)[]): number | null {
  const letters = [...typed]
  const isOneLetter = letters.every((letter) => letter === letters[0])
  const wanted = (isOneLetter ? (letters[0] ?? '') : typed).toLocaleLowerCase()
  const first = isOneLetter ? here + 1 : here
  for (let step = 0; step < names.length; step += 1) {
    const row = (first + step) % names.length
    if (names[row]?.toLocaleLowerCase().startsWith(wanted)) return row
  }
  return null
}

interface Held {
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/** Those are shortcuts of the menu or the system. */
export const hasModifier = ({ ctrlKey, metaKey, altKey }: Held): boolean => ctrlKey || metaKey || altKey

/** In a field these keys belong to the field. */
export const isTyping = (target: EventTarget): boolean =>
  target instanceof HTMLInputElement && target.type !== 'checkbox'
