import type { Handlers } from '#shared/ipc/contract'
import { after, type Pretence, refuse } from '../pretence'

type Area = Pick<
  Handlers,
  | 'app.info'
  | 'app.copy'
  | 'app.openLink'
  | 'app.diagnostics'
  | 'app.policy'
  | 'app.showLog'
  | 'app.showLicences'
  | 'app.window'
  | 'app.bug'
  | 'vault.state'
  | 'vault.unrecorded'
  | 'vault.unlock'
  | 'vault.lock'
  | 'vault.lockAfter'
  | 'vault.setLockAfter'
  | 'vault.create'
  | 'vault.setPassphrase'
  | 'vault.startAfresh'
>

export function pretendVault({ world, changed }: Pretence): Area {
  return {
    'app.info': async () => world.info,
    'app.copy': async () => true,
    'app.openLink': async () => true,
    'app.diagnostics': async () => ({ text: `Latchkey ${world.info.version}, Electron ${world.info.electron}` }),
    'app.policy': async () => world.policy,
    'app.showLog': async () => true,
    'app.showLicences': async () => true,
    'app.window': async () => true,
    'app.bug': async () => true,

    'vault.state': async () => {
      if (world.scene === 'damaged')
        throw refuse('database-damaged', '“latchkey.db” in ~/.config/latchkey: SQLITE_NOTADB.')
      return world.vault
    },
    'vault.unrecorded': async () => world.unrecorded,
    'vault.unlock': async ({ passphrase }) => {
      await after(300)
      if (world.vault.hasPassphrase && passphrase !== 'correct horse') throw refuse('passphrase-wrong')
      world.vault = { ...world.vault, state: 'unlocked', lockedOnPurpose: false }
      changed('vault')
      return world.vault
    },
    'vault.lock': async () => {
      world.vault = { ...world.vault, state: 'locked', lockedOnPurpose: true }
      changed('vault')
      return world.vault
    },
    'vault.lockAfter': async () => world.lockAfter,
    'vault.setLockAfter': async ({ minutes }) => {
      world.lockAfter = minutes
      changed('vault')
      return minutes
    },
    'vault.create': async ({ passphrase }) => {
      if (passphrase.length < 8) throw refuse('passphrase-weak')
      world.vault = { ...world.vault, state: 'unlocked', hasPassphrase: true }
      changed('vault')
      return world.vault
    },
    'vault.setPassphrase': async ({ current, passphrase }) => {
      if (world.vault.hasPassphrase && current !== 'correct horse') throw refuse('passphrase-wrong')
      if (passphrase.length < 8) throw refuse('passphrase-weak')
      world.vault = { ...world.vault, hasPassphrase: true }
      changed('vault')
      return world.vault
    },
    'vault.startAfresh': async () => {
      world.vault = { ...world.vault, state: 'unlocked', hasPassphrase: false, sealedFiles: 0 }
      changed('vault', 'identities')
      return world.vault
    },
  }
}
