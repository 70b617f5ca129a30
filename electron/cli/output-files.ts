import { lstat, rm, stat, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { decodePem } from '#electron/pki/containers/pem'
import { type Crl, readCrl } from '#electron/pki/crl/read'
import { readIncoming } from '#electron/platform/incoming-file'
import { createFile, notWritten, replaceFile } from '#electron/platform/write-file'
import { AppError, isAppError } from '#shared/errors'

export interface NewFile {
  path: string
  bytes: string | Uint8Array
  /** Readable by its owner only. */
  secret: boolean
}

/** Refuses paths that already exist, unless `force`. To be called before anything is created for them. */
export async function requireFree(paths: string[], force: boolean): Promise<void> {
  if (force) return
  const found = await Promise.all(paths.map(isTaken))
  const taken = paths.filter((_path, index) => found[index])
  if (taken.length > 0) throw refused(taken)
}

/** Writes files that must not exist yet, unless `force`. If one exists or cannot be written, the others are removed again. */
export async function writeNew(files: NewFile[], force: boolean): Promise<void> {
  const paths = files.map(({ path }) => path)
  await requireFree(paths, force)
  const made: string[] = []
  try {
    for (const file of files) {
      const isMade = await write(file, force).catch((error: unknown) => {
        throw notWritten(file.path, error)
      })
      if (!isMade) throw refused([file.path])
      made.push(file.path)
    }
  } catch (error) {
    // A replaced file cannot be restored, so the new one is kept.
    if (!force) for (const path of made) await rm(path, { force: true })
    throw error
  }
}

/** A file that is made piece by piece and readable by its owner only, whole or not at all. Errors: as `writeOut`, those of the pieces. */
export async function writePieces(path: string, pieces: AsyncIterable<Uint8Array>, force: boolean): Promise<void> {
  await requireFree([path], force)
  const written = (await isStream(path)) ? writeFile(path, pieces) : replaceFile(path, pieces, 0o600)
  await written.catch((error: unknown) => {
    throw isAppError(error) ? error : notWritten(path, error)
  })
}

/** False if the path already exists and nothing was written. */
async function write({ path, bytes, secret }: NewFile, force: boolean): Promise<boolean> {
  const mode = secret ? 0o600 : 0o644
  if (await isStream(path)) await writeFile(path, bytes)
  else if (force) await replaceFile(path, bytes, mode)
  else return createFile(path, bytes, mode)
  return true
}

/** True also for a dangling link. */
async function isTaken(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null && !(await isStream(path))
}

/** /dev/stdout, a pipe or a terminal: writing to it overwrites nothing. */
async function isStream(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found !== null && (found.isFIFO() || found.isCharacterDevice())
}

const refused = (paths: string[]) =>
  new AppError(
    'invalid-input',
    `Already exists: ${paths.join(', ')}. Use --force to overwrite it, or choose another name.`,
  )

export interface OutOptions {
  out?: string | undefined
  force?: boolean | undefined
}

/** The options of every command that can write its result to one file instead of printing it. */
export const withOut = (command: Command, words: string): Command =>
  command.option('-o, --out <file>', words).option('--force', 'overwrite the file if it exists')

/** To be called before anything is created, so that a refused output file does not leave a result without a place. */
export async function requireOut({ out, force }: OutOptions): Promise<void> {
  if (out !== undefined) await requireFree([out], force === true)
}

/** Writes the content to the output file, if one was given. Errors: `invalid-input` if it exists, `file-not-written`. */
export async function writeOut({ out, force }: OutOptions, content: string | Uint8Array): Promise<void> {
  if (out !== undefined) await writeNew([{ path: out, bytes: content, secret: false }], force === true)
}

/**
 * Like `requireOut`, but an older CRL of the same issuer may be replaced without --force, because a new CRL supersedes it.
 * `issuer`: its Name (DER).
 */
export async function requireCrlOut(options: OutOptions, issuer: Uint8Array): Promise<void> {
  const existing = options.out === undefined ? null : await crlAt(options.out)
  if (existing === null || !isOf(existing, issuer)) await requireOut(options)
}

/** `der`: the CRL; `content`: what is written to the file. Errors: as `writeOut`. */
export async function writeCrlOut(options: OutOptions, der: Uint8Array, content: string | Uint8Array): Promise<void> {
  const existing = options.out === undefined ? null : await crlAt(options.out)
  const crl = readCrl(der)
  const isOlder = existing !== null && isOf(existing, crl.issuer) && comesBefore(existing, crl)
  await writeOut(isOlder ? { ...options, force: true } : options, content)
}

/** Compares the numbers, because a CRL written while the clock was ahead has a later date than the one that replaces it. */
const comesBefore = (one: Crl, other: Crl): boolean =>
  one.number === null || other.number === null ? one.thisUpdate <= other.thisUpdate : one.number <= other.number

const isOf = (crl: Crl, issuer: Uint8Array) => Buffer.compare(crl.issuer, issuer) === 0

/** Null if the path is not a regular file with a CRL; links are not followed. */
async function crlAt(path: string): Promise<Crl | null> {
  const found = await lstat(path).catch(() => null)
  if (found === null || !found.isFile()) return null
  try {
    const bytes = Buffer.from((await readIncoming(path, path)).bytes)
    const [block] = decodePem(bytes)
    // cfssl gencrl prints base64 without the BEGIN and END lines.
    const der = block?.der ?? (bytes[0] === 0x30 ? bytes : Buffer.from(bytes.toString('latin1'), 'base64'))
    return readCrl(der)
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}
