import { toDer } from '../ber'
import { childrenOf, readOnly, tags } from '../der'

/**
 * Whether a decrypted text can be what was encrypted: one SEQUENCE, BER or DER, that ends where the text does. Padding
 * alone fits one wrong password in 256, and some modes have none; tag and length together fit one in millions. What is
 * inside is not judged, so that a damaged key or one of an unknown kind is not taken for a wrong password.
 */
export function isWholeSequence(plain: Uint8Array): boolean {
  if (plain[0] !== tags.sequence) return false
  try {
    if (plain[1] === openLength) return plain.at(-1) === 0 && plain.at(-2) === 0 && toDer(plain).length > 0
    childrenOf(readOnly(plain), 1)
    return true
  } catch {
    return false
  }
}

const openLength = 0x80
