import type { Jobs } from '#electron/jobs/jobs'
import type { IncomingFile } from '#electron/platform/incoming-file'
import type { InspectedFile } from '#shared/model/details'

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
