import { basename } from 'node:path'
import { incomingPieces } from '#electron/platform/incoming-file'
import type { Services } from '#electron/services/services'
import type { FilePieces } from '#electron/vault/backup/file'
import type { backupRows } from '#shared/ipc/backup-rows'
import type { Handlers } from '#shared/ipc/contract'
import { formatIsoDate } from '#shared/logic/formatting'
import { fileNameOf } from '#shared/logic/naming'
import { BACKUP_ENDING } from '#shared/model/backup'
import type { TicketId } from '#shared/model/ids'
import type { Desktop } from '../desktop'
import { saveFile } from '../save-file'
import type { ScreenJobs } from './screen-jobs'
import type { Tickets } from './tickets'

export type BackupHandlers = Pick<Handlers, keyof typeof backupRows>

interface Ports {
  services: Pick<Services, 'backups'>
  desktop: Pick<Desktop, 'chooseWhere' | 'chooseBackup'>
  tickets: Tickets
  jobs: ScreenJobs
}

/** Backups, whose files are too large to be read as a whole: the window has a name and a ticket, and nothing else of them. */
export function createBackupHandlers({ services: { backups }, desktop, tickets, jobs }: Ports): BackupHandlers {
  /** The file behind a ticket, which is given back where the work fails: a passphrase may be wrong. */
  async function withBackup<T>(id: TicketId, work: (pieces: FilePieces, path: string) => Promise<T>): Promise<T> {
    const ticket = tickets.redeem(id, 'restore')
    try {
      return await work(incomingPieces(ticket.path, null), ticket.path)
    } catch (error) {
      tickets.giveBack(ticket)
      throw error
    }
  }

  return {
    'backup.state': () => backups.state(),
    'backup.make': async ({ job, ...wanted }) => {
      const path = await desktop.chooseWhere(fileNameOf(`Latchkey ${formatIsoDate(new Date())}`, BACKUP_ENDING))
      if (path === null) return null
      const { contents, missingKeys } = await jobs.run(job, (options) =>
        backups.make({ ...wanted, ...options }, (pieces) => saveFile(path, pieces, 0o600)),
      )
      return { name: basename(path), contents, missingKeys }
    },
    'backup.choose': async () => {
      const path = await desktop.chooseBackup()
      return path === null ? null : { name: basename(path), ticket: tickets.issue(path, 'restore') }
    },
    'backup.preview': ({ ticket, passphrase, job }) =>
      jobs.run(job, (options) =>
        withBackup(ticket, async (pieces, path) => {
          const report = await backups.preview(pieces, passphrase, options)
          return { report, again: tickets.issue(path, 'restore') }
        }),
      ),
    'backup.restore': ({ ticket, passphrase, job }) =>
      jobs.run(job, (options) => withBackup(ticket, (pieces) => backups.restore(pieces, passphrase, options))),
    'backup.dismissReminder': () => backups.dismissReminder(),
  }
}
