import { AuthorityId } from '#shared/model/ids'

/**
 * A locked key has the issuer's id as part of what its passphrase protects. Where the issuer was here under another id when its
 * key came back from a backup, that id goes in front: magic, id, locked key.
 */
const magic = Buffer.from('LKM1')
const idLength = 36

/** `lockedFor`: the id with which it was locked. */
export function keepRestored(locked: Uint8Array, lockedFor: AuthorityId, id: AuthorityId): Uint8Array {
  const taken = takeRestored(locked, lockedFor)
  if (taken.lockedFor === id) return taken.locked
  return Buffer.concat([magic, Buffer.from(taken.lockedFor), taken.locked])
}

export function takeRestored(sealed: Uint8Array, id: AuthorityId): { locked: Uint8Array; lockedFor: AuthorityId } {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  const start = magic.length + idLength
  if (!bytes.subarray(0, magic.length).equals(magic)) return { locked: sealed, lockedFor: id }
  const lockedFor = AuthorityId.parse(bytes.subarray(magic.length, start).toString('latin1'))
  return { locked: bytes.subarray(start), lockedFor }
}
