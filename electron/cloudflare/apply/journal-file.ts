import { open, readFile } from 'node:fs/promises'
import { codeOf } from '#electron/platform/error-code'
import { parseJson } from '#electron/platform/parse-json'
import { createFile, notWritten } from '#electron/platform/write-file'
import { AppError } from '#shared/errors'
import { JournalEntry, type Run, runOf } from './journal'

/**
 * The journal of a plan in a file of its own, a line for each entry, readable by its owner only: it holds the account as it
 * was, with all that other systems keep in it. It needs no vault and no folder of Latchkey's, so that a build server has one,
 * too.
 */
export interface JournalFile {
  entries: JournalEntry[]
  append(entry: JournalEntry): Promise<void>
}

/** Errors: `invalid-input` where the file is there already, `file-not-written`. */
export async function createJournalFile(path: string, first: JournalEntry): Promise<JournalFile> {
  const isNew = await createFile(path, lineOf(first), 0o600).catch((error: unknown) => {
    throw notWritten(path, error)
  })
  if (!isNew)
    throw new AppError('invalid-input', `${path} already exists. Resume or undo that plan, or move its file away.`)
  return { entries: [first], append: appendTo(path) }
}

/**
 * A line that was being written when its process ended is left out: what it says had not begun. Errors: `file-unreadable`;
 * `malformed` for a file that is no such journal.
 */
export async function openJournalFile(path: string): Promise<JournalFile> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('file-unreadable', codeOf(error), { cause: error })
  })
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const entries = whole
    .split('\n')
    .slice(0, -1)
    .map((line, index) => entryIn(line, `${path}, line ${index + 1}`))
  if (entries[0]?.kind !== 'begun') throw new AppError('malformed', `${path} is not the journal of a plan.`)
  // The torn line would otherwise run into the next one.
  if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole))
  return { entries, append: appendTo(path) }
}

/** Where it stands. */
export function runIn({ entries }: JournalFile): Run {
  const run = runOf(entries)
  if (run === null) throw new Error('An opened journal begins with what it is about.')
  return run
}

function entryIn(line: string, place: string): JournalEntry {
  const parsed = JournalEntry.safeParse(parseJson(line))
  if (parsed.success) return parsed.data
  throw new AppError('malformed', place)
}

const lineOf = (entry: JournalEntry) => `${JSON.stringify(entry)}\n`

/** Synced to disk before it returns, because what the entry says happens next. */
const appendTo = (path: string) => async (entry: JournalEntry) => {
  try {
    const file = await open(path, 'a')
    try {
      await file.writeFile(lineOf(entry))
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    throw notWritten(path, error)
  }
}

async function truncate(path: string, length: number): Promise<void> {
  const file = await open(path, 'r+').catch((error: unknown) => {
    throw notWritten(path, error)
  })
  try {
    await file.truncate(length)
  } finally {
    await file.close()
  }
}

/** A journal of which somebody wants to know at any moment where it stands, while a run appends to it. */
export function followed(file: JournalFile): { file: JournalFile; now(): Run } {
  const entries = [...file.entries]
  return {
    file: {
      entries: file.entries,
      async append(entry) {
        await file.append(entry)
        entries.push(entry)
      },
    },
    now: () => runIn({ ...file, entries }),
  }
}
