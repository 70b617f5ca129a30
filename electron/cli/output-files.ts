import { lstat, rm, stat, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { decodePem } from '#electron/pki/containers/pem'
import { type Crl, readCrl } from '#electron/pki/crl/read'
import { readIncoming } from '#electron/platform/incoming-file'
import { createFile, replaceFile } from '#electron/platform/write-file'
import { AppError, isAppError } from '#shared/errors'

export interface NewFile {
  path: string
  bytes: string | Uint8Array
  /** Readable by its owner only. */
  secret: boolean
}

/** Before anything is made for them: names that are taken are refused, unless `force`. */
export async function requireFree(paths: string[], force: boolean): Promise<void> {
  if (force) return
  const there = await Promise.all(paths.map(isTaken))
  const taken = paths.filter((_path, index) => there[index])
  if (taken.length > 0) throw refused(taken)
}

/** Writes files that must not be there yet, unless `force`; none is left behind when one of them is, or cannot be written. */
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
    // What was replaced cannot come back, so the new one stays.
    if (!force) for (const path of made) await rm(path, { force: true })
    throw error
  }
}

/** False when the name is taken, and nothing was written. */
async function write({ path, bytes, secret }: NewFile, force: boolean): Promise<boolean> {
  const mode = secret ? 0o600 : 0o644
  if (await isStream(path)) await writeFile(path, bytes)
  else if (force) await replaceFile(path, bytes, mode)
  else return createFile(path, bytes, mode)
  return true
}

/** A link to nowhere is there, too. */
async function isTaken(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null && !(await isStream(path))
}

/** /dev/stdout, a pipe or a terminal: nothing lies there that could be lost. */
async function isStream(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found !== null && (found.isFIFO() || found.isCharacterDevice())
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'unwritable')
const refused = (paths: string[]) =>
  new AppError(
    'invalid-input',
    `Already exists: ${paths.join(', ')}. Use --force to overwrite it, or choose another name.`,
  )
export const notWritten = (path: string, error: unknown) =>
  new AppError('file-not-written', `${path}: ${codeOf(error)}`, { cause: error })

export interface OutOptions {
  out?: string | undefined
  force?: boolean | undefined
}

/** The same for every verb that writes one file instead of printing it. */
export const withOut = (command: Command, words: string): Command =>
  command.option('-o, --out <file>', words).option('--force', 'overwrite the file if it exists')

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
