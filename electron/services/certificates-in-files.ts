import type { Jobs } from '#electron/jobs/jobs'
import { wholeFile, wipeKeys } from '#electron/pki/containers/opened'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { AppError } from '#shared/errors'
import { openFile } from './open-file'

/** Every certificate (DER) of the files, in their order. Errors: those of opening a file; `nothing-usable` for one without any. */
export function createCertificateReader({ jobs }: { jobs: Jobs }) {
  async function certificatesOf(file: IncomingFile, password: string | null): Promise<Uint8Array[]> {
    const opened = await openFile(jobs, file, password)
    wipeKeys(opened)
    const { certificates, format } = wholeFile(opened)
    if (certificates.length === 0) throw new AppError('nothing-usable', `${file.name}: ${format}, no certificate`)
    return certificates.map(({ der }) => der)
  }

  return async (files: IncomingFile[], password: string | null): Promise<Uint8Array[]> => {
    const found = await Promise.all(files.map((file) => certificatesOf(file, password)))
    return found.flat()
  }
}
