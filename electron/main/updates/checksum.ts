import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'

/**
 * Looks again at a file of a release that was checked when it was downloaded. Without waiting, since nothing can be waited for while
 * the app quits. Errors: the system's own, and one where the file has another checksum (base64).
 */
export function requireUnchanged(path: string, sha512: string): void {
  if (checksumOf(path) !== sha512) throw new Error('The downloaded file has changed since it was checked.')
}

function checksumOf(path: string): string {
  const hash = createHash('sha512')
  const piece = Buffer.alloc(1024 * 1024)
  const file = openSync(path, 'r')
  try {
    for (let count = readSync(file, piece); count > 0; count = readSync(file, piece)) {
      hash.update(piece.subarray(0, count))
    }
  } finally {
    closeSync(file)
  }
  return hash.digest('base64')
}
