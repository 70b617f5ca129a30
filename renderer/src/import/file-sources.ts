import type { Call } from '#shared/ipc/contract'
import { MAX_FILE_BYTES, mostFiles } from '#shared/logic/file-limits'
import { isSetupFile, MAX_SETUP_BYTES } from '#shared/logic/setup-file'
import type { ChosenFiles } from '#shared/model/file'

/** A file as it is sent. */
export type Source = Call<'identities.import'>['sources'][number]

/** A file as it arrived: bytes of what was dropped or pasted, tickets for what was chosen in the system's dialog. */
export type ReceivedFile = ChosenFiles['files'][number]

export interface SkippedFile {
  name: string
  why: 'unreadable' | 'too-deep' | 'too-many' | 'too-much'
}

export interface FileBatch {
  files: ReceivedFile[]
  leftOut: SkippedFile[]
}

/** The first of them, as many as there is room for; the others are named. */
export function fitInto(room: number, sources: Source[]): { taken: Source[]; leftOut: SkippedFile[] } {
  const leftOut = sources.slice(Math.max(0, room)).map((source): SkippedFile => {
    return { name: source.kind === 'bytes' ? source.name : 'a chosen file', why: 'too-many' }
  })
  return { taken: sources.slice(0, Math.max(0, room)), leftOut }
}

export const sourceOf = (file: ReceivedFile, verb: 'import' | 'inspect'): Source =>
  file.kind === 'bytes' ? file : { kind: 'ticket', ticket: file[verb] }

/** What came as bytes can be sent anywhere, and more than once. */
export const bytesOf = (files: ReceivedFile[]): Source[] =>
  files.flatMap((file) => (file.kind === 'bytes' ? [file] : []))

export const batchFrom = ({ files, leftOut }: ChosenFiles): FileBatch => ({
  files,
  leftOut: Array.from({ length: leftOut }, () => ({ name: '', why: 'too-many' })),
})

/** One byte more than is ever read: enough to be told "too large", however large the file is. */
const MAX_READ_BYTES = MAX_FILE_BYTES + 1

/** For all files together: a folder of certificates is smaller. */
const MAX_TOTAL_BYTES = 256 * 1024 * 1024

/** Drops and pastes travel as bytes, so no path ever reaches this window. A folder has no bytes to read. */
export async function readFiles(given: Iterable<File>, leftOutBefore: SkippedFile[] = []): Promise<FileBatch> {
  const files: ReceivedFile[] = []
  const leftOut = [...leftOutBefore]
  let together = 0
  for (const file of given) {
    const part = file.slice(0, MAX_READ_BYTES)
    const name = file.name.slice(-255)
    const why = files.length >= mostFiles ? 'too-many' : together + part.size > MAX_TOTAL_BYTES ? 'too-much' : null
    const bytes = why === null ? await bytesIn(part) : null
    if (bytes === null) leftOut.push({ name, why: why ?? 'unreadable' })
    else files.push({ kind: 'bytes', name, bytes })
    if (bytes !== null) together += part.size
  }
  return { files, leftOut }
}

async function bytesIn(part: Blob): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await part.arrayBuffer())
  } catch {
    return null
  }
}

/** A PEM block, as such, escaped or in base64, or base64 of DER. Whether it can be read is seen when it is opened. */
const certificateText = /[-–—;] ?BEGIN\b|LS0tLS1CRUdJTi|\bMII[A-Za-z0-9+/]{20}/u

/** Text with a certificate, a set-up file or the like in it is a file that came without a name. */
export function sourceFromText(text: string): ReceivedFile | null {
  const bytes = new TextEncoder().encode(text)
  return certificateText.test(text) || isSetupFile(bytes) ? { kind: 'bytes', name: 'pasted text', bytes } : null
}

/** The bytes of a set-up file, or of a link that carries one, where that is all that has come; as much as is ever read. */
export function setupFileIn(files: ReceivedFile[]): Uint8Array<ArrayBuffer> | null {
  const [file, ...others] = files
  if (file === undefined || others.length > 0 || file.kind !== 'bytes' || !isSetupFile(file.bytes)) return null
  return new Uint8Array(file.bytes.subarray(0, MAX_SETUP_BYTES + 1))
}
