import type { Handlers } from '#shared/ipc/contract'
import type { BackupContents, BackupState, RestoreReport, RestoreTally } from '#shared/model/backup'
import { TicketId } from '#shared/model/ids'
import { inDays, uuid } from '../examples'
import { type Pretence, refuse } from '../pretence'

type Area = Pick<Handlers, Extract<keyof Handlers, `backup.${string}`>>

const tally = (changes: Partial<RestoreTally> = {}): RestoreTally => ({
  added: 0,
  completed: 0,
  differing: 0,
  present: 0,
  ...changes,
})

const report: RestoreReport = {
  madeAt: inDays(-20),
  certificates: tally({ added: 3, completed: 1, differing: 1, present: 4 }),
  sites: tally({ added: 5, differing: 1, present: 2 }),
  reports: tally({ added: 38, present: 12 }),
  activity: tally({ added: 120, present: 45 }),
  issuers: tally({ added: 1 }),
  templates: tally({ added: 2 }),
  issued: tally({ added: 24 }),
  revocations: tally({ added: 2 }),
  keys: 4,
  issuerKeys: 1,
  setupKey: 'added',
  changes: [
    { kind: 'certificate', name: 'Ada Lovelace', added: ['key', 'newer-certificate'], kept: [] },
    { kind: 'certificate', name: 'ada-ci-runner', added: [], kept: ['name'] },
    { kind: 'site', name: 'wiki.acme.example', added: [], kept: ['settings'] },
  ],
  waiting: ['Acme Client CA'],
}

/** “wrong” opens no backup, “damaged” finds one that is. */
export function pretendBackup({ world, changed, log, needVault, cancellable }: Pretence): Area {
  const keys = world.identities.filter(({ summary }) => summary.keyInVault && !summary.practice).length
  let state: BackupState = {
    madeAt: null,
    keys,
    issuerKeys: world.scene === 'full' ? 2 : 0,
    remind: world.scene === 'no-backup',
  }
  const contents: BackupContents = {
    certificates: world.identities.length,
    keys,
    sites: world.hosts.length,
    reports: world.reports.length,
    activity: world.activity.length,
    issuers: 2,
    issuerKeys: 0,
    templates: 2,
    issued: 24,
    setupKey: true,
  }
  const open = async (passphrase: string, job: string) => {
    await cancellable(job, passphrase === 'slow' ? 60_000 : 200)
    if (passphrase === 'wrong') throw refuse('backup-passphrase-wrong')
    if (passphrase === 'damaged')
      throw refuse('backup-damaged', 'What cannot be read: part 3 was altered, or its end is missing.')
  }
  const ticket = () => TicketId.parse(uuid())

  return {
    'backup.state': async () => state,
    'backup.make': async ({ withIssuerKeys, passphrase, job }) => {
      needVault()
      await cancellable(job, passphrase === 'slow' ? 60_000 : 300)
      state = { ...state, madeAt: new Date().toISOString(), remind: false }
      log('backup-made', 'Backup', 'It was saved.')
      changed('backup', 'activity')
      const issuerKeys = withIssuerKeys ? 2 : 0
      return { name: 'Latchkey 2026-11-27.latchkey-backup', contents: { ...contents, issuerKeys }, missingKeys: [] }
    },
    'backup.choose': async () => ({ name: 'Latchkey 2026-11-07.latchkey-backup', ticket: ticket() }),
    'backup.preview': async ({ passphrase, job }) => {
      await open(passphrase, job)
      return { report, again: ticket() }
    },
    'backup.restore': async ({ passphrase, job }) => {
      await open(passphrase, job)
      log('backup-restored', 'Backup', 'It was restored.')
      changed('identities', 'authorities', 'activity', 'backup')
      return report
    },
    'backup.dismissReminder': async () => {
      state = { ...state, remind: false }
      changed('backup')
      return state
    },
  }
}
