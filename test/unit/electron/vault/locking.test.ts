import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { JobInput, JobName, JobOutput, Jobs } from '#electron/jobs/jobs'
import type { Keyring } from '#electron/vault/keyring'
import type { Vault } from '#electron/vault/vault'
import { temporaryFolder } from '../../../support/home'
import { memoryKeyring } from '../../../support/keyring'
import { cheapJobs, openVault } from '../../../support/vault'

const id = randomUUID()
const secret = Buffer.from('the private key of a test')
const failing = (code: string) => expect.objectContaining({ code })

let home: string
let memory: ReturnType<typeof memoryKeyring>
let vault: Vault
beforeEach(async () => {
  home = temporaryFolder()
  memory = memoryKeyring()
  vault = openVault(home, memory.keyring)
  await vault.seal('private-key', id, secret)
})

const locked = { state: 'locked', lockedOnPurpose: true }

describe('a vault that was locked on purpose', () => {
  it('opens for nobody who only asks the keyring, however often', async () => {
    expect(await vault.lock()).toMatchObject({ ...locked, keyring: 'usable', sealedFiles: 1 })
    const asked = memory.timesAsked()
    for (let times = 0; times < 3; times += 1) {
      await expect(vault.open('private-key', id)).rejects.toThrow(failing('vault-locked'))
      await expect(vault.seal('private-key', randomUUID(), secret)).rejects.toThrow(failing('vault-locked'))
      await expect(vault.setPassphrase(null, 'correct horse')).rejects.toThrow(failing('vault-locked'))
      await expect(vault.startAfresh()).rejects.toThrow(failing('vault-locked'))
      await expect(vault.createWithPassphrase('correct horse')).rejects.toThrow(failing('vault-locked'))
      expect(await vault.openByItself()).toMatchObject(locked)
      expect(await vault.state()).toMatchObject(locked)
    }
    expect(memory.timesAsked()).toBe(asked)
  })

  it('opens when the person says so, by the keyring where that is all there is', async () => {
    await vault.lock()
    expect(await vault.unlock(null)).toMatchObject({ state: 'unlocked', lockedOnPurpose: false })
    expect(Buffer.from(await vault.open('private-key', id))).toEqual(secret)
  })

  it('wants the passphrase where one is set: the keyring would ask nobody', async () => {
    await vault.setPassphrase(null, 'correct horse')
    await vault.lock()
    await expect(vault.unlock(null)).rejects.toThrow(failing('vault-locked'))
    await expect(vault.unlock('wrong horse')).rejects.toThrow(failing('passphrase-wrong'))
    expect(await vault.state()).toMatchObject(locked)
    expect(await vault.unlock('correct horse')).toMatchObject({ state: 'unlocked', lockedOnPurpose: false })
    expect(Buffer.from(await vault.open('private-key', id))).toEqual(secret)
    // Nothing else than before was put into the keyring.
    expect(Buffer.from(await openVault(home, memory.keyring).open('private-key', id))).toEqual(secret)
  })

  it('stays locked on purpose when the keyring’s own prompt was dismissed', async () => {
    await vault.lock()
    memory.become('locked')
    expect(await vault.unlock(null)).toMatchObject({ ...locked, keyring: 'locked' })
    memory.become('open')
    expect(await vault.openByItself()).toMatchObject(locked)
    expect(await vault.unlock(null)).toMatchObject({ state: 'unlocked' })
  })

  it('is locked for this process; another one has its own key in memory', async () => {
    const other = openVault(home, memory.keyring)
    await other.state()
    await vault.lock()
    expect(Buffer.from(await other.open('private-key', id))).toEqual(secret)
  })

  it('may be locked twice, and where nothing was made yet there is nothing to lock', async () => {
    await vault.lock()
    expect(await vault.lock()).toMatchObject(locked)
    const fresh = openVault(temporaryFolder(), memoryKeyring().keyring)
    expect(await fresh.lock()).toMatchObject({ state: 'new', lockedOnPurpose: false })
    await fresh.seal('private-key', id, secret)
    expect(await fresh.state()).toMatchObject({ state: 'unlocked' })
  })

  it('is not taken for one whose key was lost', async () => {
    await vault.lock()
    memory.entries.clear()
    expect(await vault.state()).toMatchObject(locked)
    expect(await vault.unlock(null)).toMatchObject({ state: 'key-lost' })
  })
})

describe('the key itself', () => {
  /** A keyring that answers when the test says so. */
  function slow(keyring: Keyring) {
    let answer: () => void = () => undefined
    const asked = new Promise<void>((resolve) => {
      answer = resolve
    })
    return {
      answer: () => answer(),
      keyring: { ...keyring, get: (account: string) => asked.then(() => keyring.get(account)) },
    }
  }

  it('comes too late when the lock fell while the keyring was being asked', async () => {
    const { answer, keyring } = slow(memory.keyring)
    const one = openVault(home, keyring)
    const opening = one.open('private-key', id).catch((error: unknown) => error)
    await new Promise((resolve) => setImmediate(resolve))
    const locking = one.lock()
    answer()
    expect(await opening).toMatchObject({ code: 'vault-locked' })
    expect(await locking).toMatchObject(locked)
    expect(await one.state()).toMatchObject(locked)
  })

  it('is never replaced by its wiped memory when the lock falls while a passphrase is being set', async () => {
    let lock: (() => Promise<unknown>) | null = null
    const jobs: Jobs = {
      ...cheapJobs,
      async run<Name extends JobName>(name: Name, input: JobInput<Name>): Promise<JobOutput<Name>> {
        await lock?.()
        return cheapJobs.run(name, input)
      },
    }
    const one = openVault(home, memory.keyring, jobs)
    await one.state()
    lock = () => one.lock()
    expect(await one.setPassphrase(null, 'correct horse')).toMatchObject({ ...locked, hasPassphrase: true })
    lock = null
    expect(await one.unlock('correct horse')).toMatchObject({ state: 'unlocked' })
    expect(Buffer.from(await one.open('private-key', id))).toEqual(secret)
    expect(Buffer.from(await openVault(home, memory.keyring).open('private-key', id))).toEqual(secret)
  })

  it('is overwritten in memory', async () => {
    const [entry = ''] = [...memory.entries.values()]
    const made: Buffer[] = []
    const from = Buffer.from
    // The buffer that the vault makes of the keyring's entry.
    const spy = vi.spyOn(Buffer, 'from').mockImplementation(((value: string, encoding?: BufferEncoding) => {
      const buffer = Reflect.apply(from, Buffer, [value, encoding])
      if (value === entry) made.push(buffer)
      return buffer
    }) as typeof Buffer.from)
    const one = openVault(home, memory.keyring)
    await one.state()
    spy.mockRestore()
    expect(made.map((key) => key.toString('base64'))).toEqual([entry])
    await one.lock()
    expect(made.map((key) => key.every((octet) => octet === 0))).toEqual([true])
  })
})
