import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import type { Handlers } from '#shared/ipc/contract'
import { type ChosenFile, type ChosenFiles, mostFiles } from '#shared/model/file'
import type { WindowCommand } from '#shared/model/window-command'
import type { Desktop } from '../desktop'
import { offerFile } from '../offer-files'
import type { WindowCommands } from '../window-commands'
import { withFiles } from '../with-files'
import type { ScreenJobs } from './screen-jobs'
import type { Tickets } from './tickets'

export type FileHandlers = Pick<Handlers, 'app.commands' | 'files.choose' | 'files.inspect' | 'files.verify'>

interface Ports {
  services: Pick<Services, 'inspect' | 'verify'>
  desktop: Pick<Desktop, 'choose'>
  tickets: Tickets
  commands: Pick<WindowCommands, 'takeAll'>
  jobs: ScreenJobs
}

/** Choosing files, and looking at them without filing anything. */
export function createFileHandlers({ services, desktop, tickets, commands, jobs }: Ports): FileHandlers {
  const { inspect, verify } = services
  const looking = { verb: 'inspect', tickets } as const

  async function offer(paths: string[]): Promise<ChosenFiles> {
    const taken = paths.slice(0, mostFiles)
    // One after the other, so that a thousand files are not all in memory at once.
    const files: ChosenFile[] = []
    for (const path of taken) files.push(await offerFile(path, { tickets, inspect: inspect.all }))
    return { files, leftOut: paths.length - taken.length }
  }

  return {
    'app.commands': async () => {
      const taken: WindowCommand[] = []
      for (const command of commands.takeAll())
        taken.push(command.kind === 'files' ? { kind: 'files', ...(await offer(command.paths)) } : command)
      return taken
    },
    'files.choose': async () => offer(await desktop.choose()),
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
