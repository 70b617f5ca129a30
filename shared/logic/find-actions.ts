/** What can be found by its label and by other words for it. */
interface Findable {
  label: string
  words: string
}

/**
 * Those with all that was typed, in any order: anywhere in the label, or at the beginning of another word. What says it in its
 * label comes first.
 */
export function findActions<One extends Findable>(query: string, actions: readonly One[]): One[] {
  const typed = wordsOf(query)
  const isIn = ({ label }: Findable) => typed.every((word) => label.toLowerCase().includes(word))
  const isMeant = ({ label, words }: Findable) => {
    const known = [...wordsOf(label), ...wordsOf(words)]
    return typed.every((word) => known.some((one) => one.startsWith(word)))
  }
  return [...actions.filter(isIn), ...actions.filter((one) => !isIn(one) && isMeant(one))]
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s.,…]+/u)
    .filter((word) => word !== '')
