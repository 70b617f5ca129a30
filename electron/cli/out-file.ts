import { lstat } from 'node:fs/promises'
import type { Command } from 'commander'
import { decodePem } from '#electron/pki/containers/pem'
import { type Crl, readCrl } from '#electron/pki/crl/read'
import { readIncoming } from '#electron/platform/incoming-file'
import { isAppError } from '#shared/errors'
import { requireFree, writeNew } from './new-files'

export interface OutOptions {
  out?: string | undefined
  force?: boolean | undefined
}

/** The same for every verb that writes one file instead of printing it. */
export const withOut = (command: Command, words: string): Command =>
  command.option('-o, --out <file>', words).option('--force', 'replace the file that is there')

/** Before anything is made: nobody shall find out afterwards that there is no place for it. */
export async function requireOut({ out, force }: OutOptions): Promise<void> {
  if (out !== undefined) await requireFree([out], force === true)
}

/** Where it was asked for. Errors: `invalid-input` for a name that is taken, `file-not-written`. */
export async function writeOut({ out, force }: OutOptions, content: string | Uint8Array): Promise<void> {
  if (out !== undefined) await writeNew([{ path: out, bytes: content, secret: false }], force === true)
}

/**
 * A list takes the place of the one before it, as it does wherever CRLs are fetched: the file of an older list of the same
 * issuer needs no --force. `issuer`: its Name (DER).
 */
export async function requireCrlOut(options: OutOptions, issuer: Uint8Array): Promise<void> {
  const there = options.out === undefined ? null : await crlAt(options.out)
  if (there === null || !isOf(there, issuer)) await requireOut(options)
}

/** `der`: the list; `content`: how it is written. Errors: as `writeOut`. */
export async function writeCrlOut(options: OutOptions, der: Uint8Array, content: string | Uint8Array): Promise<void> {
  const there = options.out === undefined ? null : await crlAt(options.out)
  const crl = readCrl(der)
  const isOlder = there !== null && isOf(there, crl.issuer) && comesBefore(there, crl)
  await writeOut(isOlder ? { ...options, force: true } : options, content)
}

/** The number tells, because a list of a clock that ran ahead has a later date than the one that takes its place. */
const comesBefore = (one: Crl, other: Crl): boolean =>
  one.number === null || other.number === null ? one.thisUpdate <= other.thisUpdate : one.number <= other.number

const isOf = (crl: Crl, issuer: Uint8Array) => Buffer.compare(crl.issuer, issuer) === 0

/** Null for everything that is no CRL; a link is never taken for one. */
async function crlAt(path: string): Promise<Crl | null> {
  const found = await lstat(path).catch(() => null)
  if (found === null || !found.isFile()) return null
  try {
    const bytes = Buffer.from((await readIncoming(path, path)).bytes)
    const [block] = decodePem(bytes.toString('latin1'))
    // cfssl gencrl prints base64 without the lines around it.
    const der = block?.der ?? (bytes[0] === 0x30 ? bytes : Buffer.from(bytes.toString('latin1'), 'base64'))
    return readCrl(der)
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}
