import type { Jobs } from '#electron/jobs/jobs'
import { createPieceReader } from '#electron/platform/piece-reader'
import type { Random } from '#electron/platform/random'
import { AppError } from '#shared/errors'
import { deriveKey, requireStrong } from '../derive'
import { openChunks, sealChunks } from './chunks'
import { newHeader, readHeader, type SpelledHeader } from './header'
import { type BackupRecord, encodeRecord, readRecords } from './records'

/** The pieces of a file, from its beginning each time they are asked for. */
export type FilePieces = () => AsyncIterable<Uint8Array>

/**
 * A backup, piece by piece: header, then the records encrypted under a key that scrypt makes of the passphrase as for the
 * vault. The bytes of each record are wiped. Errors: `passphrase-weak`.
 */
export async function* sealBackup(
  records: AsyncIterable<BackupRecord>,
  passphrase: string,
  { jobs, random }: { jobs: Jobs; random: Random },
): AsyncGenerator<Buffer> {
  requireStrong(passphrase)
  const head = newHeader(random)
  const key = await deriveKey(passphrase, head.header.derivation, jobs)
  try {
    yield head.bytes
    yield* sealChunks(key, head, encoded(records))
  } finally {
    key.fill(0)
  }
}

async function* encoded(records: AsyncIterable<BackupRecord>): AsyncGenerator<Uint8Array> {
  for await (const record of records) yield* encodeRecord(record)
}

/** A backup whose passphrase was right. */
export interface OpenedBackup {
  /** From the first one each time. The caller wipes their bytes. Errors: `backup-damaged`, those of the file. */
  records(): AsyncGenerator<BackupRecord>
  /** Wipes the key. */
  close(): void
}

/** Errors: `backup-foreign`, `backup-too-new`, `backup-damaged`, `backup-passphrase-wrong`, those of the file. */
export async function openBackup(pieces: FilePieces, passphrase: string, jobs: Jobs): Promise<OpenedBackup> {
  const first = await readFirst(pieces)
  const key = await deriveKey(passphrase, first.header.derivation, jobs)
  const opened = { records: () => recordsOf(pieces, key, first), close: () => void key.fill(0) }
  try {
    const records = opened.records()
    await records.next()
    await records.return(undefined)
    return opened
  } catch (error) {
    opened.close()
    throw error
  }
}

async function readFirst(pieces: FilePieces): Promise<SpelledHeader> {
  const reader = createPieceReader(pieces())
  try {
    return await readHeader(reader)
  } finally {
    await reader.close()
  }
}

async function* recordsOf(pieces: FilePieces, key: Uint8Array, first: SpelledHeader): AsyncGenerator<BackupRecord> {
  const reader = createPieceReader(pieces())
  try {
    const head = await readHeader(reader)
    // It was replaced meanwhile, and another file has another key.
    if (!head.bytes.equals(first.bytes)) throw new AppError('backup-damaged', 'It changed while it was being read.')
    yield* readRecords(openChunks(key, head, reader))
  } finally {
    await reader.close()
  }
}
