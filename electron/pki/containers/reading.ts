import { AppError, isAppError } from '#shared/errors'
import type { Budget } from './budget'
import { failureDetail, isPasswordFailure, type OpenedFile } from './opened'

/** A file while it is being read. */
export interface Reading {
  file: OpenedFile
  password: string | null
  /** What was recognised and is of no use here, so that a file with nothing else can say what it held. */
  passedOver: string[]
  /** The labels of PEM blocks that belong to other programs. */
  foreignLabels: Set<string>
  budget: Budget
}

/** As many are named; a file with more of them was not made for anybody to read. */
const MAX_NOTES = 20

/** A file with more broken parts than this was not made for anybody to read. */
const MAX_FAILURES = 1000

export function startReading(format: string, password: string | null, budget: Budget): Reading {
  const file = { format, keys: [], certificates: [], requests: [], crls: [], publicKeys: [], failures: [], notes: [] }
  return { file, password, passedOver: [], foreignLabels: new Set(), budget }
}

/** Reads one part. A part that fails is noted with its place and does not hide the others. */
export function attempt(reading: Reading, where: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    noteFailure(reading, where, error)
  }
}

/** The same for a part that takes its time. */
export async function attemptAsync(reading: Reading, where: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    noteFailure(reading, where, error)
  }
}

function noteFailure({ file }: Reading, where: string, error: unknown): void {
  if (!isAppError(error)) throw error
  if (file.failures.length >= MAX_FAILURES)
    throw new AppError('malformed', `More than ${MAX_FAILURES} parts cannot be read.`, { cause: error })
  file.failures.push({ where, code: error.code, detail: error.detail })
}

/** How many parts were read, well or not. */
export function countParts({ file }: Reading): number {
  return usableParts(file) + file.failures.length
}

const usableParts = ({ keys, certificates, requests, crls, publicKeys }: OpenedFile) =>
  keys.length + certificates.length + requests.length + crls.length + publicKeys.length

/** The file, if anything in it can be used; otherwise throws why not, a password before everything else. */
export function finishReading({ file, passedOver, foreignLabels }: Reading): OpenedFile {
  const notes = [...foreignLabels].map((label) => `“${label}” was passed over. It is not a certificate.`)
  if (usableParts(file) > 0) return { ...file, notes: [...file.notes, ...notes].slice(0, MAX_NOTES) }
  const failure = file.failures.find(isPasswordFailure) ?? file.failures[0]
  if (failure !== undefined) throw new AppError(failure.code, failureDetail(failure))
  const others = [...passedOver, ...[...foreignLabels].map((label) => `“${label}”, which is not a certificate`)]
  const instead = others.length === 0 ? '' : ` It holds ${summed(others)}.`
  throw new AppError('nothing-usable', `${file.format} without a certificate, key, request or CRL.${instead}`)
}

/** "DH PARAMETERS, 3 × secret" */
function summed(things: string[]): string {
  const counts = new Map<string, number>()
  for (const thing of things) counts.set(thing, (counts.get(thing) ?? 0) + 1)
  return [...counts]
    .slice(0, 8)
    .map(([thing, count]) => (count === 1 ? thing : `${count} × ${thing}`))
    .join(', ')
}
