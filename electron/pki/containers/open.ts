import { AppError } from '#shared/errors'
import { MAX_FILE_BYTES } from '#shared/logic/file-limits'
import { countOf } from '#shared/logic/formatting'
import { type Budget, createBudget } from './budget'
import { foreignFormat } from './classify'
import type { OpenedFile } from './opened'
import { addBytes } from './parts'
import { countParts, finishReading, startReading } from './reading'
import { decodeText } from './text/decode'
import { newBudget } from './text/unwrap'

export interface OpenInput {
  name: string
  bytes: Uint8Array
  password: string | null
}

/**
 * Opens one file of any supported format, by content alone, whatever text formats it travels in. Decryption takes as long as
 * the file's maker wished: run it in a job. A file of which a part can be used is opened, and says in `failures` what could
 * not be read. Errors: `file-empty`, `too-large`, `malformed`, `unsupported-format`, `unsupported-algorithm`,
 * `password-needed`, `wrong-password`, `too-many-iterations`, `nothing-usable`.
 */
export async function openFile(
  { name, bytes, password }: OpenInput,
  work: Budget = createBudget(),
): Promise<OpenedFile> {
  if (bytes.length === 0) throw new AppError('file-empty', name)
  if (bytes.length > MAX_FILE_BYTES) throw new AppError('too-large', `${name}: ${countOf(bytes.length, 'byte')}`)
  const reading = startReading('PEM', password, work)
  await addBytes(reading, bytes, { name, where: '', layer: 0, budget: newBudget() })
  // Where only blocks of another program are found, the answer is what to do with its file.
  const foreign =
    countParts(reading) > 0 || reading.foreignLabels.size === 0 ? null : foreignFormat(bytes, decodeText(bytes))
  if (foreign !== null) throw new AppError('unsupported-format', foreign)
  return finishReading(reading)
}
