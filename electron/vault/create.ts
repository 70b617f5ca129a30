import { join } from 'node:path'
import type { Jobs } from '#electron/jobs/jobs'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import { AppError } from '#shared/errors'
import type { VaultState } from '#shared/model/vault'
import { createVaultFiles } from './files'
import { accountOf, type Header } from './header'
import { unwrapKey, wrapKey } from './passphrase'
import { seal, unseal } from './seal'
import type { SecretKind, Vault } from './vault'
import type { Keyring } from './vault-ports'

export interface VaultDependencies {
  home: string
  keyring: Keyring
  jobs: Jobs
  random: Random
  clock: Clock
}

interface Opened {
  header: Header
  masterKey: Buffer
}

type KeyringFinding = { use: VaultState['keyring']; problem: string | null }

export function createVault({ home, keyring, jobs, random, clock }: VaultDependencies): Vault {
  const files = createVaultFiles(join(home, 'vault'))
  let opened: Opened | null = null
  let lastLook: KeyringFinding = { use: 'usable', problem: null }

  async function state(): Promise<VaultState> {
    const header = await files.header()
    const sealedFiles = await files.count()
    const common = {
      keyring: lastLook.use,
      keyringProblem: lastLook.problem,
      hasPassphrase: header?.passphrase !== null && header !== null,
      sealedFiles,
      keptIn: header === null || header.keyring ? keyring.name : 'passphrase',
    }
    if (opened !== null && header?.keyId === opened.header.keyId) return { ...common, state: 'unlocked' }
    if (header === null) return { ...common, state: sealedFiles > 0 ? 'key-lost' : 'new' }
    const found = await keyFromKeyring(header)
    const looked = { keyring: lastLook.use, keyringProblem: lastLook.problem }
    if (found !== null) {
      opened = { header, masterKey: found }
      return { ...common, ...looked, state: 'unlocked' }
    }
    // The keyring answered and has no key: lost, unless a passphrase still opens the vault.
    const lost = header.keyring && lastLook.use === 'usable' && header.passphrase === null
    return { ...common, ...looked, state: lost && sealedFiles > 0 ? 'key-lost' : lost ? 'new' : 'locked' }
  }

  async function keyFromKeyring(header: Header): Promise<Buffer | null> {
    if (!header.keyring) {
      lastLook = { use: 'unavailable', problem: 'This vault is opened with its passphrase.' }
      return null
    }
    const answer = await keyring.get(accountOf(header))
    if (answer.kind !== 'answer') {
      lastLook = { use: answer.kind, problem: answer.reason }
      return null
    }
    lastLook = { use: 'usable', problem: null }
    const key = answer.value === null ? null : Buffer.from(answer.value, 'base64')
    return key?.length === 32 ? key : null
  }

  async function unlock(passphrase: string | null): Promise<VaultState> {
    if (passphrase === null) return probeKeyring(await state())
    const header = await files.header()
    if (header === null) throw new AppError('passphrase-needed')
    if (header.passphrase === null) throw new AppError('passphrase-wrong', 'No passphrase was ever set for these keys.')
    const masterKey = await unwrapKey(header.passphrase, keyIdOf(header), passphrase, jobs)
    opened = { header, masterKey }
    await giveBackToKeyring(header, masterKey)
    return state()
  }

  /** A new vault only learns whether a keyring works by asking it. */
  async function probeKeyring(seen: VaultState): Promise<VaultState> {
    if (seen.state !== 'new') return seen
    const answer = await keyring.get('master-key:probe')
    lastLook =
      answer.kind === 'answer' ? { use: 'usable', problem: null } : { use: answer.kind, problem: answer.reason }
    return { ...seen, keyring: lastLook.use, keyringProblem: lastLook.problem }
  }

  /** The keyring was reset and the passphrase helped: next time it should open by itself again. */
  async function giveBackToKeyring(header: Header, masterKey: Buffer): Promise<void> {
    if (header.keyring) await keyring.set(accountOf(header), masterKey.toString('base64'))
  }

  async function createWithPassphrase(passphrase: string): Promise<VaultState> {
    await refuseOverSealedFiles()
    const masterKey = Buffer.from(random.bytes(32))
    const header = freshHeader(false)
    const slot = await wrapKey(masterKey, keyIdOf(header), passphrase, { jobs, random })
    await begin({ ...header, passphrase: slot }, masterKey)
    return state()
  }

  async function refuseOverSealedFiles(): Promise<void> {
    if ((await files.header()) !== null || (await files.count()) > 0) {
      const { state: now } = await state()
      throw new AppError(now === 'key-lost' ? 'vault-key-lost' : 'vault-locked')
    }
  }

  function freshHeader(inKeyring: boolean): Header {
    const keyId = Buffer.from(random.bytes(16)).toString('hex')
    return { version: 1, vaultId: random.uuid(), keyId, keyring: inKeyring, passphrase: null }
  }

  async function begin(header: Header, masterKey: Buffer): Promise<void> {
    await files.writeHeader(header)
    opened = { header, masterKey }
  }

  async function setPassphrase(passphrase: string): Promise<VaultState> {
    const { header, masterKey } = await requireOpen()
    const slot = await wrapKey(masterKey, keyIdOf(header), passphrase, { jobs, random })
    await begin({ ...header, passphrase: slot }, masterKey)
    return state()
  }

  async function startAfresh(): Promise<VaultState> {
    const now = await state()
    if (now.state === 'unlocked')
      throw new AppError('invalid-input', 'The keys can be read; there is nothing to start afresh for.')
    opened = null
    await files.setAside(clock.now().toISOString().replace(/[:.]/gu, '-'))
    return unlock(null)
  }

  /** Opens by the keyring, and makes the first master key where there is nothing sealed yet. */
  async function requireOpen(): Promise<Opened> {
    const now = await unlock(null)
    if (now.state === 'unlocked' && opened !== null) return opened
    if (now.state === 'key-lost') throw new AppError('vault-key-lost')
    if (now.state === 'locked')
      throw new AppError(now.keyring === 'locked' && !now.hasPassphrase ? 'keyring-locked' : 'vault-locked')
    if (now.keyring !== 'usable') throw new AppError(now.keyring === 'locked' ? 'keyring-locked' : 'passphrase-needed')
    return makeFirstKey()
  }

  /**
   * Keyring entry first, header second: a header without its key would look like a lost key. Read back, because a key
   * that only seemed to be kept would make everything sealed under it unreadable.
   */
  async function makeFirstKey(): Promise<Opened> {
    const masterKey = Buffer.from(random.bytes(32))
    const header = freshHeader(true)
    const kept = await keyring.set(accountOf(header), masterKey.toString('base64'))
    const readBack = kept.kind === 'answer' ? await keyFromKeyring(header) : null
    if (readBack === null || !readBack.equals(masterKey)) throw new AppError('passphrase-needed')
    await begin(header, masterKey)
    return { header, masterKey }
  }

  return {
    state,
    unlock,
    createWithPassphrase,
    setPassphrase,
    startAfresh,
    async seal(kind, id, secret) {
      const open = await requireOpen()
      await files.write(kind, id, seal(inputFor(open, kind, id), random.bytes(12), secret))
    },
    async open(kind, id) {
      const open = await requireOpen()
      const sealed = await files.read(kind, id)
      if (sealed === null) throw new AppError('not-found', 'The key is no longer in the vault.')
      return unseal(inputFor(open, kind, id), sealed)
    },
    has: async (kind, id) => (await files.read(kind, id)) !== null,
    delete: (kind, id) => files.delete(kind, id),
    ids: (kind) => files.ids(kind),
  }
}

const keyIdOf = (header: Header) => Buffer.from(header.keyId, 'hex')

const inputFor = ({ header, masterKey }: Opened, kind: SecretKind, id: string) => ({
  masterKey,
  keyId: keyIdOf(header),
  label: `${kind}:${id}`,
})
