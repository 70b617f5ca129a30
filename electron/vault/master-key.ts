import type { Jobs } from '#electron/jobs/jobs'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import { AppError } from '#shared/errors'
import type { VaultState } from '#shared/model/vault'
import { closedBy, describe, type Look, lookOf } from './describe'
import type { VaultFiles } from './files'
import { accountOf, type Header, keyIdOf } from './header'
import type { Keyring } from './keyring'
import { unwrapKey, wrapKey } from './passphrase'

export interface MasterKeyPorts {
  files: VaultFiles
  keyring: Keyring
  jobs: Jobs
  random: Random
  clock: Clock
}

/** The master key while it is in memory, and the header that names it. */
export interface OpenedVault {
  header: Header
  masterKey: Buffer
}

/** Gets the master key, makes the first one, and lets go of it: by the keyring, a passphrase, or both. */
export function createMasterKey({ files, keyring, jobs, random, clock }: MasterKeyPorts) {
  let opened: OpenedVault | null = null
  let isLockedOnPurpose = false
  let look: Look = { keyId: null, use: 'usable', problem: null }
  let asking: Promise<void> | null = null
  let swept: Promise<void> | null = null

  /** Asking a locked keyring makes the system prompt, so reading the state asks only once for each key. */
  async function see(askAgain: boolean): Promise<VaultState> {
    return (await seeHeader(askAgain)).state
  }

  async function seeHeader(askAgain: boolean): Promise<{ state: VaultState; header: Header | null }> {
    await sweepOnce()
    // Counted first: whoever makes the first key at this moment writes the header before the first sealed file.
    const sealedFiles = await files.count()
    const header = await files.header()
    if (opened !== null && opened.header.keyId !== header?.keyId) forget()
    if (header === null) isLockedOnPurpose = false
    const mayAsk = opened === null && !isLockedOnPurpose
    if (mayAsk && header !== null && (askAgain || look.keyId !== header.keyId)) await ask(header, false)
    if (mayAsk && header === null && sealedFiles === 0 && askAgain) await ask(null, false)
    if (opened !== null && header?.keyId === opened.header.keyId) opened = { ...opened, header }
    const seen = { header, sealedFiles, isOpen: opened !== null, isLockedOnPurpose, look, keyringName: keyring.name }
    return { state: describe(seen), header }
  }

  /** Not before the header was read: in the folder of a newer version nothing is touched. */
  async function sweepOnce(): Promise<void> {
    swept ??= files.header().then(() => files.sweep(clock.now()))
    await swept.catch((error: unknown) => {
      swept = null
      throw error
    })
  }

  /** Callers who come while the person is being prompted wait for the same answer. */
  async function ask(header: Header | null, unlocks: boolean): Promise<void> {
    asking ??= askKeyring(header, unlocks).finally(() => {
      asking = null
    })
    await asking
  }

  async function askKeyring(header: Header | null, unlocks: boolean): Promise<void> {
    if (header !== null && !header.keyring) {
      look = { keyId: header.keyId, use: 'unavailable', problem: 'This vault is opened with its passphrase.' }
      return
    }
    // A new vault only learns whether a keyring works by asking it.
    const answer = await keyring.get(header === null ? 'master-key:probe' : accountOf(header))
    look = lookOf(header?.keyId ?? null, answer)
    if (unlocks && answer.kind === 'answer') isLockedOnPurpose = false
    const masterKey = answer.kind === 'answer' ? keyFrom(answer.value) : null
    if (header === null || masterKey === null) return
    // Locked while the keyring was being asked: its answer comes too late.
    if (isLockedOnPurpose) masterKey.fill(0)
    else opened ??= { header, masterKey }
  }

  function forget(): void {
    opened?.masterKey.fill(0)
    opened = null
  }

  /** What was locked on purpose asks for the passphrase where there is one; the keyring alone would ask for nothing. */
  async function unlockByKeyring(): Promise<VaultState> {
    const header = await files.header()
    if (!isLockedOnPurpose || header === null) return see(true)
    if (header.passphrase !== null) throw new AppError('vault-locked')
    await ask(header, true)
    return see(false)
  }

  async function unlockByPassphrase(passphrase: string): Promise<VaultState> {
    const header = await files.header()
    if (header === null) throw new AppError('passphrase-needed')
    if (header.passphrase === null) throw new AppError('passphrase-wrong', 'No passphrase was ever set for these keys.')
    const masterKey = await unwrapKey(header.passphrase, keyIdOf(header), passphrase, jobs)
    const entry = masterKey.toString('base64')
    if (opened?.header.keyId !== header.keyId) forget()
    opened ??= { header, masterKey }
    isLockedOnPurpose = false
    // The keyring was reset and the passphrase helped: next time it should open by itself again.
    if (header.keyring && look.use === 'usable') await keyring.set(accountOf(header), entry)
    return see(false)
  }

  /** Wipes the key. It comes back only when the person says so. */
  async function lock(): Promise<VaultState> {
    forget()
    isLockedOnPurpose = true
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
    isLockedOnPurpose = false
    return see(false)
  }

  /** A master key is never made where something is sealed, or may be opened, with an earlier one. */
  async function makeRoom(): Promise<void> {
    const { state: now, header } = await seeHeader(false)
    if (now.state === 'key-lost') throw closedBy(now)
    if (now.state !== 'new') throw new AppError('vault-locked')
    // Only the very header that was judged: another process may have made a good one since.
    if (header !== null) await files.retireHeader(header, stamp())
  }

  function freshHeader(inKeyring: boolean): Header {
    const keyId = Buffer.from(random.bytes(16)).toString('hex')
    return { version: 1, vaultId: random.uuid(), keyId, keyring: inKeyring, passphrase: null }
  }

  /** `current`: the passphrase that is set now; null where none is. */
  async function setPassphrase(current: string | null, passphrase: string): Promise<VaultState> {
    const { header, masterKey } = await requireOpen()
    // A copy of our own: a lock that falls meanwhile wipes the other, and zeros must not be sealed for a key.
    const kept = Buffer.from(masterKey)
    try {
      if (header.passphrase !== null) {
        if (current === null) throw new AppError('invalid-input', 'The current passphrase is needed.')
        ;(await unwrapKey(header.passphrase, keyIdOf(header), current, jobs)).fill(0)
      }
      const slot = await wrapKey(kept, keyIdOf(header), passphrase, { jobs, random })
      await files.replaceHeader({ ...header, passphrase: slot })
    } finally {
      kept.fill(0)
    }
    return see(false)
  }

  async function startAfresh(): Promise<VaultState> {
    const now = await see(true)
    if (now.state === 'unlocked')
      throw new AppError('invalid-input', 'The keys can be read, so there is no need to start with an empty vault.')
    if (now.lockedOnPurpose) throw new AppError('vault-locked')
    await files.setAside(stamp())
    return see(true)
  }

  const stamp = () => clock.now().toISOString().replace(/[:.]/gu, '-')

  /** Opens by the keyring, and makes the first master key where there is nothing sealed yet. */
  async function requireOpen(): Promise<OpenedVault> {
    const now = await see(true)
    if (now.state === 'unlocked' && opened !== null) return opened
    const closed = closedBy(now)
    if (closed !== null) throw closed
    return makeFirstKey()
  }

  /**
   * Keyring entry first, header second: a header without its key would look like a lost key. Read back, because a key
   * that only seemed to be kept would make everything sealed under it unreadable. Of two that start at once, the one
   * whose header comes second takes the other's key.
   */
  async function makeFirstKey(): Promise<OpenedVault> {
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
    openByItself: () => see(true),
    unlock: (passphrase: string | null) => (passphrase === null ? unlockByKeyring() : unlockByPassphrase(passphrase)),
    lock,
    createWithPassphrase,
    setPassphrase,
    startAfresh,
    requireOpen,
    /** Null once it was wiped; a wiped key would seal all the same. */
    current: () => opened,
  }
}

function keyFrom(entry: string | null): Buffer | null {
  const key = entry === null ? null : Buffer.from(entry, 'base64')
  return key?.length === 32 ? key : null
}

const unusable = (use: 'locked' | 'unavailable') =>
  new AppError(use === 'locked' ? 'keyring-locked' : 'passphrase-needed')
