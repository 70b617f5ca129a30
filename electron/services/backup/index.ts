import { restrictionOn } from '#shared/logic/policy'
import type { BackupState } from '#shared/model/backup'
import { createBackupMaker } from './make'
import type { BackupPorts } from './ports'
import { createRestorer } from './restore'

/** One encrypted file with everything that a person would miss, and the way back. */
export function createBackups(ports: BackupPorts) {
  const { database, clock, policy, changed } = ports

  /** Somebody with keys and no backup is reminded, until it is made or the reminder is dismissed, or where none may be made. */
  async function state(): Promise<BackupState> {
    const { dismissedAt, ...found } = await database.backups.state()
    const { madeAt, keys, issuerKeys } = found
    const isMissing = madeAt === null && dismissedAt === null && keys + issuerKeys > 0
    return { ...found, remind: isMissing && restrictionOn('backup', policy.state()) === null }
  }

  async function dismissReminder(): Promise<BackupState> {
    await database.backups.dismiss(clock.now().toISOString())
    changed('backup')
    return state()
  }

  return { state, dismissReminder, make: createBackupMaker(ports), ...createRestorer(ports) }
}
