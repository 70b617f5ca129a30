/** At least four octets with colons between them, so that a time of day is none, or sixteen without. */
const numbers = /(\b(?:[0-9a-f]{2}:){3,}[0-9a-f]{2}\b|\b(?:[0-9a-f]{2}){16,}\b)/giu

/** Names of algorithms: “ecdsa_secp256r1_sha256”. */
const afterUnderscore = /(?<=[a-z0-9]_)(?=[a-z0-9])/iu

/**
 * A text in parts, by turns words and hexadecimal numbers in their octets: a line may end between two of these, and never within
 * one, since they are compared by eye. Of a name with underscores it may end after one of them.
 */
export const octetsIn = (text: string): string[][] =>
  text
    .split(numbers)
    .map((part, index) => (index % 2 === 0 ? part.split(afterUnderscore) : (part.match(/..:?/gu) ?? [])))
