import type { Call, Failure } from '#shared/ipc/contract'
import { messages } from '#shared/messages'
import { CallError } from '../api'

export type Source = Call<'identities.import'>['sources'][number]

/** One byte more than is ever read: enough to be told "too large", however large the file is. */
const longest = 16 * 1024 * 1024 + 1

/** As many files as are taken at once. */
const most = 1000

/** Drops and pastes travel as bytes, so no path ever reaches this window. A folder has no bytes to read. */
export async function sourcesFrom(files: Iterable<File>): Promise<Source[]> {
  const all = [...files]
  if (all.length > most) throw new CallError(failure('invalid-input', `${all.length} files; at most ${most} at once.`))
  try {
    return await Promise.all(
      all.map(async (file) => ({
        kind: 'bytes' as const,
        name: file.name.slice(-255),
        bytes: new Uint8Array(await file.slice(0, longest).arrayBuffer()),
      })),
    )
  } catch {
    throw new CallError(failure('file-unreadable', 'Folders cannot be opened; choose the files in it.'))
  }
}

/** Text with a PEM block in it is a file that came without a name. */
export function sourceFromText(text: string): Source | null {
  if (!/-----BEGIN [A-Z0-9 ]+-----/u.test(text)) return null
  return { kind: 'bytes', name: 'pasted text', bytes: new TextEncoder().encode(text) }
}

const failure = (code: Failure['code'], detail: string): Failure => ({ code, message: messages[code].title, detail })
