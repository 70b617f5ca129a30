import { AppError, type ErrorCode, isAppError } from '#shared/errors'
import { InspectFailure } from '#shared/model/details'

/** What one file held. All DER; keys as plain PKCS#8 with their public half beside them. */
export interface OpenedFile {
  /** "PEM", "DER certificate", "PKCS#7", "PKCS#12", … as a person would say it. */
  format: string
  /** The private keys came inside this file, so whoever made it has had them. */
  keys: { pkcs8: Uint8Array; spki: Uint8Array; label: string | null }[]
  certificates: { der: Uint8Array; label: string | null }[]
  requests: Uint8Array[]
  crls: Uint8Array[]
  publicKeys: Uint8Array[]
  /** The parts that could not be read, beside those above that could. */
  failures: OpenFailure[]
  /** What was recognised and left out because it is nothing of ours; sentences. */
  notes: string[]
}

/** Overwrites the private keys of a file once they are no longer needed. */
export function wipeKeys({ keys }: Pick<OpenedFile, 'keys'>): void {
  for (const { pkcs8 } of keys) pkcs8.fill(0)
}

/** One part of a file that could not be read. */
export interface OpenFailure {
  /** "Block 2, “CERTIFICATE”", "Key 1", …; empty where the part is the whole file. */
  where: string
  code: ErrorCode
  detail: string | null
}

export const isPasswordFailure = ({ code }: Pick<OpenFailure, 'code'>): boolean =>
  code === 'password-needed' || code === 'wrong-password'

/** The failure as it is reported to a person or a program. One that says nothing about the file is thrown. */
export function failureReport({ where, code, detail }: OpenFailure): InspectFailure {
  const parsed = InspectFailure.safeParse({ where, code, detail })
  if (!parsed.success) throw new AppError(code, detail)
  return parsed.data
}

/** "Block 2, “PRIVATE KEY”: a key of type DSA", for a person; null when there is nothing to add to the code's words. */
export function failureDetail({ where, detail }: OpenFailure): string | null {
  const said = [where, detail ?? ''].filter((part) => part !== '')
  return said.length === 0 ? null : said.join(': ')
}

/** What opens a file, with its name in whatever is wrong with it: "photo.png: a PNG picture", "ca.pem, Block 2, …". */
export async function namingFile(name: string, open: () => Promise<OpenedFile>): Promise<OpenedFile> {
  try {
    return inNamedFile(name, await open())
  } catch (error) {
    throw isAppError(error) ? errorInFile(name, error) : error
  }
}

/** The same with failures that say which file they are in. */
export function inNamedFile(name: string, file: OpenedFile): OpenedFile {
  const place = (where: string) => (where === '' ? name : `${name}, ${where}`)
  return { ...file, failures: file.failures.map((failure) => ({ ...failure, where: place(failure.where) })) }
}

/** The same error, which says in which file it is. */
export function errorInFile(name: string, error: AppError): AppError {
  const { code, detail, done } = error
  if (code === 'cancelled' || detail?.startsWith(name)) return error
  return new AppError(code, failureDetail({ where: name, code, detail }), { cause: error, done })
}

/** The same file for those who must not overlook a part of it: throws its first failure, a password before all others. */
export function wholeFile(file: OpenedFile): OpenedFile {
  const failure = file.failures.find(isPasswordFailure) ?? file.failures[0]
  if (failure !== undefined) throw new AppError(failure.code, failureDetail(failure))
  return file
}
