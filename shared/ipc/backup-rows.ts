import { z } from 'zod'
import { BackupContents, BackupState, RestoreReport } from '../model/backup'
import { JobId, TicketId } from '../model/ids'
import { Passphrase } from '../model/vault'

const opening = z.strictObject({ ticket: TicketId, passphrase: Passphrase, job: JobId })

/** One encrypted file with everything that a person would miss. */
export const backupRows = {
  'backup.state': () => ({ in: z.undefined(), out: BackupState }),
  /** Into a file that the person chooses; its name, or null when the dialog was closed. */
  'backup.make': () => ({
    in: z.strictObject({ passphrase: Passphrase, withIssuerKeys: z.boolean(), job: JobId }),
    out: z.strictObject({ name: z.string(), contents: BackupContents, missingKeys: z.array(z.string()) }).nullable(),
  }),
  /** A file to restore; null when the dialog was closed. */
  'backup.choose': () => ({
    in: z.undefined(),
    out: z.strictObject({ name: z.string(), ticket: TicketId }).nullable(),
  }),
  /** What a restore would do. `again`: the ticket for the restore itself. */
  'backup.preview': () => ({ in: opening, out: z.strictObject({ report: RestoreReport, again: TicketId }) }),
  'backup.restore': () => ({ in: opening, out: RestoreReport }),
  'backup.dismissReminder': () => ({ in: z.undefined(), out: BackupState }),
} as const
