import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import type { Handlers } from '#shared/ipc/contract'
import { type ChosenFile, mostFiles } from '#shared/model/file'
import type { Desktop } from '../desktop'
import { offerFile } from '../offer-files'
import { withFiles } from '../with-files'
import type { ScreenJobs } from './screen-jobs'
import type { Tickets } from './tickets'

export type FileHandlers = Pick<Handlers, 'files.choose' | 'files.inspect' | 'files.verify'>

interface Ports {
  services: Pick<Services, 'inspect' | 'verify'>
  desktop: Pick<Desktop, 'choose'>
  tickets: Tickets
  jobs: ScreenJobs
}

/** Choosing files, and looking at them without filing anything. */
export function createFileHandlers({ services, desktop, tickets, jobs }: Ports): FileHandlers {
  const { inspect, verify } = services
  const looking = { verb: 'inspect', tickets } as const
  return {
    'files.choose': async () => {
      const paths = await desktop.choose()
      const taken = paths.slice(0, mostFiles)
      // One after the other, so that a thousand files are not all in memory at once.
      const files: ChosenFile[] = []
      for (const path of taken) files.push(await offerFile(path, { tickets, inspect: inspect.all }))
      return { files, leftOut: paths.length - taken.length }
    },
    'files.inspect': ({ source, password, job }) =>
      jobs.run(job, ({ signal }) =>
        withFiles([source], looking, async ([file], [ticket]) => {
          if (file === undefined) throw new AppError('invalid-input', 'no file')
          const seen = await inspect.one(file, password, signal)
          return { file: seen, again: ticket === undefined ? null : tickets.issue(ticket.path, 'inspect') }
        }),
      ),
    'files.verify': ({ sources, password }) =>
      withFiles(sources, looking, async ([file, ...others]) => {
        if (file === undefined) throw new AppError('invalid-input', 'no file')
        return verify({ file, others, roots: null, at: null, revocation: 'given', password })
      }),
  }
}
