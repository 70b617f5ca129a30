import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import type { Handlers } from '#shared/ipc/contract'
import { mostFiles } from '#shared/logic/file-limits'
import { fileNameOf } from '#shared/logic/naming'
import { destinationFacts } from '#shared/model/convert'
import type { ChosenFile, ChosenFiles } from '#shared/model/file'
import type { WindowCommand } from '#shared/model/window-command'
import type { Desktop } from '../desktop'
import { offerFile } from '../offer-files'
import { saveTogether } from '../save-file'
import type { GivenCommand, WindowCommands } from '../window-commands'
import { withFiles } from '../with-files'
import type { ScreenJobs } from './screen-jobs'
import type { Tickets } from './tickets'

export type FileHandlers = Pick<
  Handlers,
  'app.commands' | 'files.choose' | 'files.inspect' | 'files.verify' | 'files.convert'
>

interface Ports {
  services: Pick<Services, 'inspect' | 'verify' | 'convert'>
  desktop: Pick<Desktop, 'choose' | 'chooseWhere' | 'noteExported'>
  tickets: Tickets
  commands: Pick<WindowCommands, 'takeAll' | 'giveBack'>
  jobs: ScreenJobs
}

/** A link carries a whole file, and is opened like one. */
const asFile = (link: string): ChosenFiles => ({
  files: [{ kind: 'bytes', name: 'a link', bytes: new TextEncoder().encode(link) }],
  leftOut: 0,
})

/** Choosing files, and looking at them without filing anything. */
export function createFileHandlers({ services, desktop, tickets, commands, jobs }: Ports): FileHandlers {
  const { inspect, verify, convert } = services
  const looking = { verb: 'inspect', tickets } as const

  async function offer(paths: string[]): Promise<ChosenFiles> {
    const taken = paths.slice(0, mostFiles)
    // One after the other, so that a thousand files are not all in memory at once.
    const files: ChosenFile[] = []
    for (const path of taken) files.push(await offerFile(path, { tickets, inspect: inspect.all }))
    return { files, leftOut: paths.length - taken.length }
  }

  async function forWindow(command: GivenCommand): Promise<WindowCommand> {
    if (command.kind === 'files') return { kind: 'files', ...(await offer(command.paths)) }
    if (command.kind === 'link') return { kind: 'files', ...asFile(command.link) }
    return command
  }

  return {
    'app.commands': async () => {
      const taken = commands.takeAll()
      const handedOver: WindowCommand[] = []
      for (const command of taken) {
        try {
          handedOver.push(await forWindow(command))
        } catch (error) {
          // Files that make us fail would do so each time; all else that was asked must not be lost with them.
          commands.giveBack(taken.filter((other) => other !== command))
          throw error
        }
      }
      return handedOver
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
    'files.convert': ({ sources, job, ...choice }) =>
      jobs.run(job, ({ signal }) =>
        withFiles(sources, looking, async (files, taken) => {
          const made = await convert({ files, ...choice }, signal)
          try {
            const key = made.files.some(({ secret }) => secret)
              ? choice.protection.plain
                ? 'plain'
                : 'encrypted'
              : 'none'
            const name = made.certificate?.commonName ?? files[0]?.name.replace(/\.[^.]*$/u, '') ?? 'converted'
            const path = await desktop.chooseWhere(fileNameOf(name, destinationFacts[choice.destination].extension))
            if (path === null) {
              // Nothing was done with them: the form is still open, and may ask again.
              taken.forEach(tickets.giveBack)
              return { names: [], key }
            }
            const names = await saveTogether(path, made.files)
            desktop.noteExported(path)
            return { names, key }
          } finally {
            for (const { bytes, secret } of made.files) if (secret) bytes.fill(0)
          }
        }),
      ),
  }
}
