import type { Jobs } from '#electron/jobs/jobs'
import type { ConvertInput, OutputFile } from '#electron/pki/convert/index'
import { viewCertificate } from '#electron/pki/x509/view'
import type { Clock } from '#electron/platform/clock'
import type { Converted } from '#shared/model/convert'
import type { PathReason } from '#shared/model/path'

interface Result {
  certificate: Converted['certificate']
  issuers: number
  /** Issuers that are outside their dates; there were no others. */
  outdated: PathReason[]
  files: OutputFile[]
}

/** Files of any format → what a destination reads. Nothing is kept. */
export function createConvert({ jobs, clock }: { jobs: Jobs; clock: Clock }) {
  return async (input: Omit<ConvertInput, 'at'>, signal?: AbortSignal): Promise<Result> => {
    const { certificate, ...made } = await jobs.run('convert-files', { ...input, at: clock.now() }, { signal })
    if (certificate === null) return { certificate: null, ...made }
    const { sha256, commonName } = viewCertificate(certificate)
    return { certificate: { sha256, commonName }, ...made }
  }
}
