import type { JobOptions, Jobs } from '#electron/jobs/jobs'
import { namingFile, type OpenedFile } from '#electron/pki/containers/opened'
import type { IncomingFile } from '#electron/platform/incoming-file'

/** Opens a file in a job. Its errors and its failures name it. */
export const openFile = (
  jobs: Jobs,
  { name, bytes }: IncomingFile,
  password: string | null,
  options?: JobOptions,
): Promise<OpenedFile> => namingFile(name, () => jobs.run('open-file', { name, bytes, password }, options))
