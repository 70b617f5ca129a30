interface Pickable {
  name: string | null
  /** Lower-case hex of its certificate; null where there is none. */
  sha256: string | null
}

/**
 * Those of several that answer to what a person wrote: a place in the list (from 1), a name to the letter, or the beginning of
 * a SHA-256, with or without colons. A number that is no place may still be a name.
 */
export function answering<Choice>(choices: Choice[], wanted: string, of: (choice: Choice) => Pickable): Choice[] {
  const byPlace = /^\d{1,3}$/u.test(wanted) ? choices[Number(wanted) - 1] : undefined
  if (byPlace !== undefined) return [byPlace]
  const digits = wanted.replaceAll(':', '').toLowerCase()
  const isHex = /^[0-9a-f]{6,64}$/u.test(digits)
  return choices.filter((choice) => {
    const { name, sha256 } = of(choice)
    return name === wanted || (isHex && sha256?.startsWith(digits) === true)
  })
}
