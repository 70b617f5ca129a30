/** What can be found by its label and by other words for it. */
interface Findable {
  label: string
  words: string
}

/**
 * Those with all that was typed, in any order: each at the beginning of a word, or all of it somewhere in the label. What says a
 * whole word comes before what only begins with it, and a word of the label before another one for it.
 */
export function findActions<One extends Findable>(query: string, actions: readonly One[]): One[] {
  const typed = wordsOf(query)
  return actions
    .map((action) => ({ action, fit: Math.max(fitOfAll(typed, action), isWithin(typed, action) ? 1 : 0) }))
    .filter(({ fit }) => fit > 0)
    .sort((one, other) => other.fit - one.fit)
    .map(({ action }) => action)
}

/** From 5, words of the label, to 0 where one of them is not at the beginning of any. */
function fitOfAll(typed: string[], { label, words }: Findable): number {
  const [own, others] = [wordsOf(label), wordsOf(words)]
  const fitOf = (word: string) => {
    if (own.includes(word)) return 5
    if (others.includes(word)) return 4
    if (own.some((one) => one.startsWith(word))) return 3
    return others.some((one) => one.startsWith(word)) ? 2 : 0
  }
  return Math.min(5, ...typed.map(fitOf))
}

const isWithin = (typed: string[], { label }: Findable): boolean =>
  typed.every((word) => label.toLowerCase().includes(word))

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s.,…]+/u)
    .filter((word) => word !== '')
