import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { PieceReader } from '#electron/platform/piece-reader'
import { AppError } from '#shared/errors'
import { damaged, type SpelledHeader } from './header'

/**
 * What follows the header: a tag over nothing, which tells whether the passphrase is right, and the content in chunks of one
 * size, of which only the last may be shorter. AES-256-GCM, with the nonces of the STREAM construction (Hoang, Reyhanitabar,
 * Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015): seven octets of the header,
 * the chunk's place in four octets, and one that is 1 in the last chunk. So a chunk that is missing, repeated, moved or put
 * behind the last is noticed, and no more than one of them has to be in memory.
 */
const CHUNK = 256 * 1024
const tagLength = 16
/** No chunk has this place: a file of that many would be a petabyte. */
const CHECK_PLACE = 0xff_ff_ff_ff

/** `pieces` are wiped as soon as they are encrypted. */
export async function* sealChunks(
  key: Uint8Array,
  head: SpelledHeader,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  yield sealOne(key, head, CHECK_PLACE, false, Buffer.alloc(0))
  const chunk = Buffer.alloc(CHUNK)
  let filled = 0
  let place = 0
  try {
    for await (const piece of pieces) {
      for (let used = 0; used < piece.length; ) {
        // A full chunk waits for what follows it, since the last one is marked.
        if (filled === CHUNK) {
          yield sealOne(key, head, place, false, chunk)
          place += 1
          filled = 0
        }
        const part = piece.subarray(used, used + CHUNK - filled)
        chunk.set(part, filled)
        filled += part.length
        used += part.length
      }
      piece.fill(0)
    }
    yield sealOne(key, head, place, true, chunk.subarray(0, filled))
  } finally {
    chunk.fill(0)
  }
}

/** Errors: `backup-passphrase-wrong`, `backup-damaged`. The header has been read already. */
export async function* openChunks(key: Uint8Array, head: SpelledHeader, reader: PieceReader): AsyncGenerator<Buffer> {
  const check = await reader.take(tagLength)
  if (check.length < tagLength) throw damaged('its end is missing')
  if (openOne(key, head, CHECK_PLACE, false, check) === null) throw new AppError('backup-passphrase-wrong')
  for (let place = 0, isLast = false; !isLast; place += 1) {
    const sealed = await reader.take(CHUNK + tagLength)
    isLast = await reader.isAtEnd()
    const chunk = sealed.length < tagLength ? null : openOne(key, head, place, isLast, sealed)
    if (chunk === null) throw damaged(`part ${place + 1} was altered, or its end is missing`)
    yield chunk
  }
}

function nonceOf({ header }: SpelledHeader, place: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  Buffer.from(header.nonce, 'hex').copy(nonce)
  nonce.writeUInt32BE(place, 7)
  nonce.writeUInt8(isLast ? 1 : 0, 11)
  return nonce
}

function sealOne(key: Uint8Array, head: SpelledHeader, place: number, isLast: boolean, chunk: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(head, place, isLast))
  cipher.setAAD(head.bytes)
  return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()])
}

/** Null where it is not what was sealed. */
function openOne(
  key: Uint8Array,
  head: SpelledHeader,
  place: number,
  isLast: boolean,
  sealed: Uint8Array,
): Buffer | null {
  const end = sealed.length - tagLength
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(head, place, isLast), { authTagLength: tagLength })
  decipher.setAAD(head.bytes)
  decipher.setAuthTag(sealed.subarray(end))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()])
  } catch {
    return null
  }
}
