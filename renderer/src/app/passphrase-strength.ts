export const shortestPassphrase = 8

interface Strength {
  share: number
  color: 'red' | 'orange' | 'teal'
  words: string
}

/** A rough guide, from length and variety; the only hard rule is the shortest length. */
export function strengthOf(passphrase: string): Strength {
  const length = [...passphrase].length
  const variety = new Set(passphrase).size
  const worth = Math.min(length, variety * 1.6)
  if (length < shortestPassphrase) return { share: Math.max(0.06, length / 24), color: 'red', words: 'Too short' }
  if (worth < 12) return { share: 0.45, color: 'orange', words: 'Could be guessed by a patient attacker' }
  if (worth < 18) return { share: 0.75, color: 'teal', words: 'Good' }
  return { share: 1, color: 'teal', words: 'Very good' }
}
