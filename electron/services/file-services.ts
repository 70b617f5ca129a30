import type { Jobs } from '#electron/jobs/jobs'
import type { Clock } from '#electron/platform/clock'
import type { IncomingFile } from '#electron/platform/incoming-file'
import type { InspectedFile } from '#shared/model/details'
import { createCfssl } from './cfssl'
import { createConvert } from './convert'
import { createVerify } from './verify'

/** What works on files alone: no record and no key of ours is needed for it, nor a home folder. */
export function createFileServices(ports: { jobs: Jobs; clock: Clock }) {
  return {
    inspect: createInspect(ports),
    convert: createConvert(ports),
    cfssl: createCfssl(ports),
    verify: createVerify(ports),
  }
}

export type FileServices = ReturnType<typeof createFileServices>

/** What files are and hold, without filing anything. One unreadable file does not hide the others. */
export function createInspect({ jobs }: { jobs: Jobs }) {
  return {
    all: (files: IncomingFile[], password: string | null): Promise<InspectedFile[]> =>
      Promise.all(files.map(({ name, bytes }) => jobs.run('inspect-file', { name, bytes, password }))),
    /** `signal` ends it: a file takes as long to open as its maker wished. */
    one: ({ name, bytes }: IncomingFile, password: string | null, signal: AbortSignal): Promise<InspectedFile> =>
      jobs.run('inspect-file', { name, bytes, password }, { signal }),
  }
}
