import type { Jobs } from '#electron/jobs/jobs'
import type { ConvertInput, OutputFile } from '#electron/pki/convert/index'
import { viewCertificate } from '#electron/pki/x509/view'
import type { Converted } from '#shared/model/convert'

interface Result {
  certificate: Converted['certificate']
  issuers: number
  files: OutputFile[]
}

/** Files of any format → what a destination reads. Nothing is kept. */
export function createConvert({ jobs }: { jobs: Jobs }) {
  return async (input: ConvertInput): Promise<Result> => {
    const { certificate, issuers, files } = await jobs.run('convert-files', input)
    if (certificate === null) return { certificate: null, issuers, files }
    const { sha256, commonName } = viewCertificate(certificate)
    return { certificate: { sha256, commonName }, issuers, files }
  }
}
