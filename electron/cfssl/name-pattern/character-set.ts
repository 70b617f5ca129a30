/** Whether one Unicode character belongs. */
export type CharacterSet = (character: string) => boolean

/** Characters in JavaScript's spelling, as between `[` and `]` under the flag `u`, or all but those. */
export interface Members {
  source: string
  negated: boolean
}

/**
 * Which characters a set has is JavaScript's to answer, one character at a time; both follow Unicode's simple case folding.
 * Negation is not left to it: Go folds before it negates, JavaScript's `\P{…}` the other way round.
 */
export function setOf(members: Members[], { ignoreCase }: { ignoreCase: boolean }, negated = false): CharacterSet {
  const flags = ignoreCase ? 'iu' : 'u'
  const sets = members.map(({ source, negated: isWithout }) => {
    const oneOf = new RegExp(`^[${source}]$`, flags)
    return (character: string) => oneOf.test(character) !== isWithout
  })
  return (character) => sets.some((set) => set(character)) !== negated
}

const spell = (character: string) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`

export const single = (character: string): Members => ({ source: spell(character), negated: false })

export const range = (first: string, last: string): Members => ({
  source: `${spell(first)}-${spell(last)}`,
  negated: false,
})
