import type { Jobs } from '#electron/jobs/jobs'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import { AppError } from '#shared/errors'
import type { VaultState } from '#shared/model/vault'
import { describe, type Look, lookOf } from './describe'
import type { VaultFiles } from './files'
import { accountOf, type Header } from './header'
import { unwrapKey, wrapKey } from './passphrase'
import { seal, unseal } from './seal'
import type { SecretKind, Vault } from './vault'
import type { Keyring } from './vault-ports'

export interface VaultDependencies {
  files: VaultFiles
  keyring: Keyring
  jobs: Jobs
  random: Random
  clock: Clock
}

interface Opened {
  header: Header
  masterKey: Buffer
}

export function createVault({ files, keyring, jobs, random, clock }: VaultDependencies): Vault {
  let opened: Opened | null = null
  let look: Look = { keyId: null, use: 'usable', problem: null }
  let asking: Promise<void> | null = null
  let swept: Promise<void> | null = null

  /** Asking a locked keyring makes the system prompt, so a mere look at the state asks once for each key. */
  async function see(askAgain: boolean): Promise<VaultState> {
    return (await seeHeader(askAgain)).state
  }

  async function seeHeader(askAgain: boolean): Promise<{ state: VaultState; header: Header | null }> {
    swept ??= files.sweep(clock.now())
    await swept
    // Counted first: whoever makes the first key at this moment writes the header before the first sealed file.
    const sealedFiles = await files.count()
    const header = await files.header()
    if (opened !== null && opened.header.keyId !== header?.keyId) forget()
    if (opened === null && header !== null && (askAgain || look.keyId !== header.keyId)) await ask(header)
    if (opened === null && header === null && sealedFiles === 0 && askAgain) await ask(null)
    if (opened !== null && header?.keyId === opened.header.keyId) opened = { ...opened, header }
    const state = describe({ header, sealedFiles, isOpen: opened !== null, look, keyringName: keyring.name })
    return { state, header }
  }

  /** Callers who come while the person is being prompted wait for the same answer. */
  async function ask(header: Header | null): Promise<void> {
    asking ??= askKeyring(header).finally(() => {
      asking = null
    })
    await asking
  }

  async function askKeyring(header: Header | null): Promise<void> {
    if (header !== null && !header.keyring) {
      look = { keyId: header.keyId, use: 'unavailable', problem: 'This vault is opened with its passphrase.' }
      return
    }
    // A new vault only learns whether a keyring works by asking it.
    const answer = await keyring.get(header === null ? 'master-key:probe' : accountOf(header))
    look = lookOf(header?.keyId ?? null, answer)
    const masterKey = answer.kind === 'answer' ? keyFrom(answer.value) : null
    if (header !== null && masterKey !== null) opened ??= { header, masterKey }
  }

  function forget(): void {
    opened?.masterKey.fill(0)
    opened = null
  }

  async function unlock(passphrase: string | null): Promise<VaultState> {
    if (passphrase === null) return see(true)
    const header = await files.header()
    if (header === null) throw new AppError('passphrase-needed')
    if (header.passphrase === null) throw new AppError('passphrase-wrong', 'No passphrase was ever set for these keys.')
    const masterKey = await unwrapKey(header.passphrase, keyIdOf(header), passphrase, jobs)
    if (opened?.header.keyId !== header.keyId) forget()
    opened ??= { header, masterKey }
    // The keyring was reset and the passphrase helped: next time it should open by itself again.
    if (header.keyring && look.use === 'usable') await keyring.set(accountOf(header), masterKey.toString('base64'))
    return see(false)
  }

  async function createWithPassphrase(passphrase: string): Promise<VaultState> {
    await makeRoom()
    const masterKey = Buffer.from(random.bytes(32))
    const header = freshHeader(false)
    const slot = await wrapKey(masterKey, keyIdOf(header), passphrase, { jobs, random })
    const complete = { ...header, passphrase: slot }
    if (!(await files.createHeader(complete))) {
      masterKey.fill(0)
      throw new AppError('vault-locked', 'Another Latchkey process has just made the vault.')
    }
    opened = { header: complete, masterKey }
    return see(false)
  }

  /** A master key is never made where something is sealed, or may be opened, with an earlier one. */
  async function makeRoom(): Promise<void> {
    const { state: now, header } = await seeHeader(false)
    if (now.state === 'key-lost') throw keyLost(now.sealedFiles)
    if (now.state !== 'new') throw new AppError('vault-locked')
    // Only the very header that was judged: another process may have made a good one since.
    if (header !== null) await files.retireHeader(header, stamp())
  }

  function freshHeader(inKeyring: boolean): Header {
    const keyId = Buffer.from(random.bytes(16)).toString('hex')
    return { version: 1, vaultId: random.uuid(), keyId, keyring: inKeyring, passphrase: null }
  }

  async function setPassphrase(passphrase: string): Promise<VaultState> {
    const { header, masterKey } = await requireOpen()
    const slot = await wrapKey(masterKey, keyIdOf(header), passphrase, { jobs, random })
    await files.replaceHeader({ ...header, passphrase: slot })
    return see(false)
  }

  async function startAfresh(): Promise<VaultState> {
    const now = await see(true)
    if (now.state === 'unlocked')
      throw new AppError('invalid-input', 'The keys can be read; there is nothing to start afresh for.')
    await files.setAside(stamp())
    return see(true)
  }

  const stamp = () => clock.now().toISOString().replace(/[:.]/gu, '-')

  /** Opens by the keyring, and makes the first master key where there is nothing sealed yet. */
  async function requireOpen(): Promise<Opened> {
    const now = await see(true)
    if (now.state === 'unlocked' && opened !== null) return opened
    if (now.state === 'key-lost') throw keyLost(now.sealedFiles)
    if (now.state === 'locked')
      throw new AppError(now.keyring === 'locked' && !now.hasPassphrase ? 'keyring-locked' : 'vault-locked')
    if (now.keyring !== 'usable') throw unusable(now.keyring)
    return makeFirstKey()
  }

  /**
   * Keyring entry first, header second: a header without its key would look like a lost key. Read back, because a key
   * that only seemed to be kept would make everything sealed under it unreadable. Of two that start at once, the one
   * whose header comes second takes the other's key.
   */
  async function makeFirstKey(): Promise<Opened> {
    await makeRoom()
    const masterKey = Buffer.from(random.bytes(32))
    const header = freshHeader(true)
    const kept = await keyring.set(accountOf(header), masterKey.toString('base64'))
    const readBack = kept.kind === 'answer' ? await keyring.get(accountOf(header)) : kept
    if (readBack.kind !== 'answer') throw unusable(readBack.kind)
    if (keyFrom(readBack.value)?.equals(masterKey) !== true) throw unusable('unavailable')
    if (!(await files.createHeader(header))) {
      masterKey.fill(0)
      await keyring.delete(accountOf(header))
      return requireOpen()
    }
    opened = { header, masterKey }
    return opened
  }

  return {
    state: () => see(false),
    unlock,
    createWithPassphrase,
    setPassphrase,
    startAfresh,
    async seal(kind, id, secret) {
      const open = await requireOpen()
      // A wiped key would seal all the same.
      if (opened?.masterKey !== open.masterKey) throw new AppError('vault-locked')
      await files.write(kind, id, seal(inputFor(open, kind, id), random.bytes(12), secret))
    },
    async open(kind, id) {
      await requireOpen()
      const sealed = await files.read(kind, id)
      if (sealed === null) throw new AppError('not-found', 'The key is no longer in the vault.')
      if (opened === null) throw new AppError('vault-locked')
      return unseal(inputFor(opened, kind, id), sealed)
    },
    has: async (kind, id) => (await files.read(kind, id)) !== null,
    delete: (kind, id) => files.delete(kind, id),
    ids: (kind) => files.ids(kind),
  }
}

const keyIdOf = (header: Header) => Buffer.from(header.keyId, 'hex')

function keyFrom(entry: string | null): Buffer | null {
  const key = entry === null ? null : Buffer.from(entry, 'base64')
  return key?.length === 32 ? key : null
}

const keyLost = (sealedFiles: number) =>
  new AppError('vault-key-lost', `Sealed files that cannot be read: ${sealedFiles}`)
const unusable = (use: 'locked' | 'unavailable') =>
  new AppError(use === 'locked' ? 'keyring-locked' : 'passphrase-needed')

const inputFor = ({ header, masterKey }: Opened, kind: SecretKind, id: string) => ({
  masterKey,
  keyId: keyIdOf(header),
  label: `${kind}:${id}`,
})
