import { z } from 'zod'
import { parseJson } from '#electron/platform/parse-json'
import { createPieceReader, type PieceReader } from '#electron/platform/piece-reader'
import { damaged } from './header'

/**
 * One thing in a backup: fields as JSON, and beside them bytes (certificates, keys), which stay out of strings so that
 * secret ones can be wiped. Written as the length of the JSON (four octets), the JSON, and the bytes in its order.
 */
export interface BackupRecord {
  section: string
  fields: unknown
  bytes: Record<string, Uint8Array>
}

const Head = z.strictObject({
  section: z.string().max(64),
  fields: z.unknown(),
  bytes: z.array(z.tuple([z.string().max(64), z.number().int().nonnegative()])).max(8),
})

/** More than the longest report or revocation list comes to; a length beyond is not even read. */
const MAX_RECORD = 64 * 1024 * 1024

/** The record's own bytes are wiped with what is returned: they are not copied. */
export function encodeRecord({ section, fields, bytes }: BackupRecord): Uint8Array[] {
  const entries = Object.entries(bytes)
  const text = Buffer.from(
    JSON.stringify({ section, fields, bytes: entries.map(([name, { length }]) => [name, length]) }),
  )
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return [length, text, ...entries.map(([, content]) => content)]
}

/** The caller wipes the bytes of each. Errors: `backup-damaged`, and those of `pieces`. */
export async function* readRecords(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<BackupRecord> {
  const reader = createPieceReader(pieces, { wipe: true })
  try {
    while (!(await reader.isAtEnd())) yield await readRecord(reader)
  } finally {
    await reader.close()
  }
}

async function readRecord(reader: PieceReader): Promise<BackupRecord> {
  const length = await takeWhole(reader, 4)
  const text = await takeWhole(reader, length.readUInt32BE(0))
  const head = Head.safeParse(parseJson(text.toString('utf8')))
  if (!head.success) throw damaged('an entry')
  const { section, fields, bytes } = head.data
  const found: [string, Uint8Array][] = []
  for (const [name, size] of bytes) found.push([name, await takeWhole(reader, size)])
  return { section, fields, bytes: Object.fromEntries(found) }
}

async function takeWhole(reader: PieceReader, length: number): Promise<Buffer> {
  if (length > MAX_RECORD) throw damaged('the length of an entry')
  const taken = await reader.take(length)
  if (taken.length < length) throw damaged('the end of an entry')
  return taken
}
