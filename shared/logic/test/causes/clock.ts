import { certain, type Hypothesis, likely } from '../hypothesis'

/** A difference that breaks certificates and cookies, and that no network causes. */
const MAX_DIFFERENCE_MS = 5 * 60_000

export const clock: Hypothesis[] = [
  {
    code: 'clock-wrong',
    who: 'you',
    explains: ['certificate-rejected', 'refused', 'not-offered', 'server-untrusted', 'token-wrong'],
    support: ({ clockDifference, now, deciding }) => {
      if (clockDifference === null || Math.abs(clockDifference) <= MAX_DIFFERENCE_MS) return null
      const server = new Date(now.getTime() - clockDifference)
      const evidence = [
        `This computer’s clock shows ${now.toISOString()}.`,
        `The server’s clock shows ${server.toISOString()}.`,
      ]
      const leaf = deciding.attempt.tls?.chain[0]
      const isValidThere =
        leaf !== undefined &&
        Date.parse(leaf.notBefore) <= server.getTime() &&
        server.getTime() < Date.parse(leaf.notAfter)
      const isValidHere =
        leaf !== undefined && Date.parse(leaf.notBefore) <= now.getTime() && now.getTime() < Date.parse(leaf.notAfter)
      return isValidThere && !isValidHere
        ? certain(...evidence, 'The server’s certificate is valid by its clock, and not by this computer’s.')
        : likely(...evidence)
    },
    title: () => 'This computer’s clock and the server’s differ by more than five minutes.',
    remedy: () => 'Set this computer’s date and time automatically, then test again.',
  },
]
