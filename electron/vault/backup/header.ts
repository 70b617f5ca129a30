import { createHash } from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '#electron/platform/parse-json'
import type { PieceReader } from '#electron/platform/piece-reader'
import type { Random } from '#electron/platform/random'
import { AppError } from '#shared/errors'
import { Derivation, hexOf, newDerivation } from '../derive'

/**
 * How a backup begins, before anything is encrypted: magic (three letters and the version as a digit), length of the header
 * (two octets), header (JSON), SHA-256 of all that. The digest only tells a damaged file from a wrong passphrase; what
 * protects the header is that every chunk has it as associated data.
 */
const magic = Buffer.from('LKB1')
const digestLength = 32

const BackupHeader = z.strictObject({
  version: z.literal(1),
  derivation: Derivation,
  /** The first seven octets of every chunk's nonce. */
  nonce: hexOf(7),
})
type BackupHeader = z.infer<typeof BackupHeader>

/** A header with the octets that it was written with, or is going to be. */
export interface SpelledHeader {
  header: BackupHeader
  bytes: Buffer
}

export function newHeader(random: Random): SpelledHeader {
  const nonce = Buffer.from(random.bytes(7)).toString('hex')
  const header: BackupHeader = { version: 1, derivation: newDerivation(random), nonce }
  const text = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(2)
  length.writeUInt16BE(text.length)
  const head = Buffer.concat([magic, length, text])
  return { header, bytes: Buffer.concat([head, digestOf(head)]) }
}

/** Errors: `backup-foreign`, `backup-too-new`, `backup-damaged`. */
export async function readHeader(reader: PieceReader): Promise<SpelledHeader> {
  const start = await reader.take(magic.length + 2)
  requireMagic(start)
  const text = await reader.take(start.readUInt16BE(magic.length))
  const head = Buffer.concat([start, text])
  const digest = await reader.take(digestLength)
  if (!digest.equals(digestOf(head))) throw damaged('its header')
  const json = parseJson(text.toString('utf8'))
  const { version } = Versioned.safeParse(json).data ?? { version: 1 }
  if (version > 1) throw tooNew(`Its header has version ${version}, but this Latchkey knows 1.`)
  const header = BackupHeader.safeParse(json)
  if (!header.success) throw damaged('its header')
  return { header: header.data, bytes: Buffer.concat([head, digest]) }
}

const Versioned = z.looseObject({ version: z.number().int() })

function requireMagic(start: Buffer): void {
  const letters = magic.length - 1
  if (start.length < magic.length + 2 || !start.subarray(0, letters).equals(magic.subarray(0, letters)))
    throw new AppError('backup-foreign')
  const version = start[letters] ?? 0
  if (version > ONE && version <= NINE)
    throw tooNew(`It has version ${version - ONE + 1}, but this Latchkey knows version 1.`)
  if (version !== ONE) throw new AppError('backup-foreign')
}

const ONE = 0x31
const NINE = 0x39

const digestOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()

export const damaged = (what: string) => new AppError('backup-damaged', `What cannot be read: ${what}.`)
const tooNew = (detail: string) => new AppError('backup-too-new', detail)
