import { AppError, isAppError } from '#shared/errors'
import { type Budget, createBudget } from './budget'
import { failureDetail, isPasswordFailure, type OpenedFile } from './opened'

/** A file while it is being read. */
export interface Reading {
  file: OpenedFile
  password: string | null
  /** What was recognised and is of no use here, so that a file with nothing else can say what it held. */
  passedOver: string[]
  budget: Budget
}

/** A file with more broken parts than this was not made for anybody to read. */
const MAX_FAILURES = 1000

export function startReading(format: string, password: string | null): Reading {
  const file = { format, keys: [], certificates: [], requests: [], crls: [], publicKeys: [], failures: [] }
  return { file, password, passedOver: [], budget: createBudget() }
}

/** Reads one part. A part that fails is noted with its place and does not hide the others. */
export function attempt({ file }: Reading, where: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!isAppError(error)) throw error
    if (file.failures.length >= MAX_FAILURES)
      throw new AppError('malformed', `More than ${MAX_FAILURES} parts cannot be read.`, { cause: error })
    file.failures.push({ where, code: error.code, detail: error.detail })
  }
}

/** The file, if anything in it can be used; otherwise throws why not, a password before everything else. */
export function finishReading({ file, passedOver }: Reading): OpenedFile {
  const lists = [file.keys, file.certificates, file.requests, file.crls, file.publicKeys]
  if (lists.some((list) => list.length > 0)) return file
  const failure = file.failures.find(isPasswordFailure) ?? file.failures[0]
  if (failure !== undefined) throw new AppError(failure.code, failureDetail(failure))
  const instead = passedOver.length === 0 ? '' : ` It holds ${summed(passedOver)}.`
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
