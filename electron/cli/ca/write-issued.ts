import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createFile, notWritten } from '#electron/platform/write-file'
import type { Services } from '#electron/services/services'
import { AppError, isAppError } from '#shared/errors'
import { fileNameOf, fileNameWithKey } from '#shared/logic/naming'
import type { IssuedCertificate } from '#shared/model/authority'
import { type OutOptions, writeOut } from '../output-files'

export interface WrittenCertificates {
  /** All of them, with their issuers. */
  pem: string
  /** The files that were written. */
  files: string[]
  /** Issued and recorded, but not written. */
  unwritten: { commonName: string; reason: string }[]
}

/**
 * Returns all certificates as one PEM text, and writes them to one file or to one file each if requested. They are already
 * signed, so a failed write is reported and does not stop the others.
 */
export async function writeIssued(
  services: Services,
  issued: IssuedCertificate[],
  { out, outDir, ...options }: OutOptions & { outDir?: string },
): Promise<WrittenCertificates> {
  if (issued.length === 0) return { pem: '', files: [], unwritten: [] }
  const { pem } = await services.authorities.issuedFile(issued.map(({ sha256 }) => sha256))
  const written: WrittenCertificates = { pem, files: [], unwritten: [] }
  async function attempt(certificates: IssuedCertificate[], write: () => Promise<string>): Promise<void> {
    try {
      written.files.push(await write())
    } catch (error) {
      if (!isAppError(error)) throw error
      const reason = error.detail ?? error.code
      written.unwritten.push(...certificates.map(({ commonName }) => ({ commonName, reason })))
    }
  }
  if (out !== undefined) await attempt(issued, () => writeOut({ ...options, out }, pem).then(() => out))
  if (outDir === undefined) return written
  for (const certificate of issued)
    await attempt([certificate], async () => {
      const { pem: one } = await services.authorities.issuedFile([certificate.sha256])
      return writeToFreeName(outDir, certificate, one)
    })
  return written
}

/** More than the renewals of one certificate that a folder could plausibly hold. */
const MAX_SAME_NAMES = 1000

/**
 * Writes to the first free file name. The file is created exclusively, so no other person's file is replaced and no link is
 * followed, even on a file system that ignores case.
 */
async function writeToFreeName(
  folder: string,
  { commonName, keyCode }: IssuedCertificate,
  pem: string,
): Promise<string> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw notWritten(folder, error)
  })
  for (let count = 0; count < MAX_SAME_NAMES; count += 1) {
    const path = join(folder, nameOf(count))
    const isMade = await createFile(path, pem, 0o644).catch((error: unknown) => {
      throw notWritten(path, error)
    })
    if (isMade) return path
  }
  throw new AppError('file-not-written', `${join(folder, nameOf(0))}: EEXIST`)

  function nameOf(count: number): string {
    if (count === 0) return fileNameOf(commonName, 'pem')
    return fileNameWithKey(commonName, keyCode, count === 1 ? 'pem' : `${count}.pem`)
  }
}
