import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { inlineJobs } from '#electron/jobs/inline'
import { temporaryFolder } from '../../../support/home'
import { memoryKeyring } from '../../../support/keyring'
import { openVault } from '../../../support/vault'

const secret = Buffer.from('the private key of a test')
const failing = (code: string) => expect.objectContaining({ code })

let home: string
let memory: ReturnType<typeof memoryKeyring>
const id = randomUUID()

beforeEach(() => {
  home = temporaryFolder()
  memory = memoryKeyring()
})

const vault = () => openVault(home, memory.keyring)
const folder = () => join(home, 'vault')
const sealedPath = (of = id) => join(folder(), `private-key-${of}.sealed`)

describe('a locked keyring', () => {
  it('is not a lost key: nothing is made, nothing is replaced', async () => {
    await vault().seal('private-key', id, secret)
    const before = readFileSync(join(folder(), 'header.json'), 'utf8')
    memory.become('locked')
    const one = vault()
    expect(await one.state()).toMatchObject({ state: 'locked', keyring: 'locked', sealedFiles: 1 })
    await expect(one.open('private-key', id)).rejects.toThrow(failing('keyring-locked'))
    await expect(one.seal('private-key', randomUUID(), secret)).rejects.toThrow(failing('keyring-locked'))
    await expect(one.createWithPassphrase('correct horse')).rejects.toThrow(failing('vault-locked'))
    expect(readFileSync(join(folder(), 'header.json'), 'utf8')).toBe(before)
    expect(memory.entries.size).toBe(1)
    memory.become('open')
    expect(await one.unlock(null)).toMatchObject({ state: 'unlocked' })
    expect(Buffer.from(await one.open('private-key', id))).toEqual(secret)
  })

  it('that is not there at all is not a lost key either', async () => {
    await vault().seal('private-key', id, secret)
    memory.become('unavailable')
    expect(await vault().state()).toMatchObject({ state: 'locked', keyring: 'unavailable' })
    await expect(vault().open('private-key', id)).rejects.toThrow(failing('vault-locked'))
  })

  it('is asked once by any number of looks, and again by an unlock', async () => {
    await vault().seal('private-key', id, secret)
    memory.become('locked')
    const one = vault()
    const before = memory.timesAsked()
    await Promise.all([one.state(), one.state(), one.state()])
    await one.state()
    expect(memory.timesAsked()).toBe(before + 1)
    await one.unlock(null)
    expect(memory.timesAsked()).toBe(before + 2)
  })

  it('keeps the first key from being made', async () => {
    memory.become('locked')
    const one = vault()
    expect(await one.unlock(null)).toMatchObject({ state: 'new', keyring: 'locked' })
    await expect(one.seal('private-key', id, secret)).rejects.toThrow(failing('keyring-locked'))
    memory.become('unavailable')
    await expect(one.seal('private-key', id, secret)).rejects.toThrow(failing('passphrase-needed'))
    expect(existsSync(sealedPath())).toBe(false)
    expect(memory.entries.size).toBe(0)
  })
})

describe('a lost key', () => {
  it('is told with the number of files, and nothing is sealed under a new one', async () => {
    await vault().seal('private-key', id, secret)
    await vault().seal('private-key', randomUUID(), secret)
    memory.entries.clear()
    const one = vault()
    expect(await one.state()).toMatchObject({ state: 'key-lost', sealedFiles: 2 })
    const lost = expect.objectContaining({ code: 'vault-key-lost', detail: expect.stringContaining('2') })
    await expect(one.open('private-key', id)).rejects.toThrow(lost)
    await expect(one.seal('private-key', randomUUID(), secret)).rejects.toThrow(lost)
    await expect(one.createWithPassphrase('correct horse')).rejects.toThrow(lost)
    expect(memory.entries.size).toBe(0)
  })

  it('is what sealed files without a header mean too', async () => {
    mkdirSync(folder())
    writeFileSync(sealedPath(), 'from a half-restored backup')
    expect(await vault().state()).toMatchObject({ state: 'key-lost', sealedFiles: 1 })
    await expect(vault().seal('private-key', id, secret)).rejects.toThrow(failing('vault-key-lost'))
    expect(readFileSync(sealedPath(), 'utf8')).toBe('from a half-restored backup')
  })

  it('lets a person start afresh: everything is set aside, nothing deleted', async () => {
    await vault().seal('private-key', id, secret)
    const [sealed, header] = [readFileSync(sealedPath()), readFileSync(join(folder(), 'header.json'))]
    const entries = new Map(memory.entries)
    memory.entries.clear()
    const one = vault()
    expect(await one.startAfresh()).toMatchObject({ state: 'new', sealedFiles: 0 })
    const aside = readdirSync(folder()).find((name) => name.startsWith('set-aside-')) ?? ''
    expect(readFileSync(join(folder(), aside, `private-key-${id}.sealed`))).toEqual(sealed)
    expect(readFileSync(join(folder(), aside, 'header.json'))).toEqual(header)

    const next = randomUUID()
    await one.seal('private-key', next, Buffer.from('new life'))
    expect(Buffer.from(await vault().open('private-key', next)).toString()).toBe('new life')

    // The keyring's backup turns up: what was set aside still opens.
    const restored = temporaryFolder()
    mkdirSync(join(restored, 'vault'))
    writeFileSync(join(restored, 'vault', 'header.json'), header)
    writeFileSync(join(restored, 'vault', `private-key-${id}.sealed`), sealed)
    const back = openVault(restored, memoryKeyring(entries).keyring)
    expect(Buffer.from(await back.open('private-key', id))).toEqual(secret)
  })

  it('is no reason to start afresh while the keys can be read', async () => {
    const one = vault()
    await one.seal('private-key', id, secret)
    await expect(one.startAfresh()).rejects.toThrow(failing('invalid-input'))
    expect(await one.has('private-key', id)).toBe(true)
  })

  it('with nothing sealed harms nobody: a new one is made', async () => {
    const one = vault()
    await one.seal('private-key', id, secret)
    await one.delete('private-key', id)
    memory.entries.clear()
    const two = vault()
    expect(await two.state()).toMatchObject({ state: 'new' })
    await two.seal('private-key', id, Buffer.from('again'))
    expect(Buffer.from(await vault().open('private-key', id)).toString()).toBe('again')
  })
})

describe('a passphrase', () => {
  it('alone opens a vault where there is no keyring', async () => {
    memory.become('unavailable')
    const one = vault()
    expect(await one.createWithPassphrase('correct horse')).toMatchObject({ state: 'unlocked', keptIn: 'passphrase' })
    await one.seal('private-key', id, secret)
    const two = vault()
    expect(await two.state()).toMatchObject({ state: 'locked', hasPassphrase: true })
    await expect(two.open('private-key', id)).rejects.toThrow(failing('vault-locked'))
    await expect(two.unlock('correct hors')).rejects.toThrow(failing('passphrase-wrong'))
    expect(await two.state()).toMatchObject({ state: 'locked' })
    expect(await two.unlock('correct horse')).toMatchObject({ state: 'unlocked' })
    expect(Buffer.from(await two.open('private-key', id))).toEqual(secret)
    expect(memory.entries.size).toBe(0)
  })

  it('opens what a reset keyring lost, and the keyring gets its key back', async () => {
    const one = vault()
    await one.seal('private-key', id, secret)
    expect(await one.setPassphrase(null, 'correct horse')).toMatchObject({ hasPassphrase: true })
    memory.entries.clear()
    const two = vault()
    expect(await two.state()).toMatchObject({ state: 'locked', keyring: 'usable', hasPassphrase: true })
    expect(await two.unlock('correct horse')).toMatchObject({ state: 'unlocked' })
    expect(Buffer.from(await vault().open('private-key', id))).toEqual(secret)
  })

  it('is the same however it was composed, and of eight characters at least', async () => {
    memory.become('unavailable')
    await expect(vault().createWithPassphrase('seven77')).rejects.toThrow(failing('passphrase-weak'))
    expect(existsSync(join(folder(), 'header.json'))).toBe(false)
    await vault().createWithPassphrase('Zu\u0308rich straße')
    expect(await vault().unlock('Z\u00fcrich straße')).toMatchObject({ state: 'unlocked' })
  })

  it('is replaced by a newer one', async () => {
    const one = vault()
    await one.seal('private-key', id, secret)
    await one.setPassphrase(null, 'correct horse')
    await one.setPassphrase('correct horse', 'battery staple')
    memory.become('locked')
    await expect(vault().unlock('correct horse')).rejects.toThrow(failing('passphrase-wrong'))
    expect(await vault().unlock('battery staple')).toMatchObject({ state: 'unlocked' })
  })

  it('is only replaced by whoever knows it: otherwise nothing is changed', async () => {
    const one = vault()
    await one.seal('private-key', id, secret)
    await one.setPassphrase(null, 'correct horse')
    const header = readFileSync(join(folder(), 'header.json'), 'utf8')
    await expect(one.setPassphrase('wrong horse', 'battery staple')).rejects.toThrow(failing('passphrase-wrong'))
    await expect(one.setPassphrase(null, 'battery staple')).rejects.toThrow(failing('invalid-input'))
    await expect(one.setPassphrase('correct horse', 'short')).rejects.toThrow(failing('passphrase-weak'))
    expect(readFileSync(join(folder(), 'header.json'), 'utf8')).toBe(header)
    expect(await vault().unlock('correct horse')).toMatchObject({ state: 'unlocked' })
  })

  it('is what a vault without one does not have', async () => {
    await expect(vault().unlock('correct horse')).rejects.toThrow(failing('passphrase-needed'))
    await vault().seal('private-key', id, secret)
    await expect(vault().unlock('correct horse')).rejects.toThrow(failing('passphrase-wrong'))
  })

  it('is stretched with scrypt of N = 2^17, r = 8', async () => {
    memory.become('unavailable')
    const one = openVault(home, memory.keyring, inlineJobs())
    await one.createWithPassphrase('correct horse')
    const { passphrase } = JSON.parse(readFileSync(join(folder(), 'header.json'), 'utf8'))
    expect(passphrase).toMatchObject({ kdf: 'scrypt', cost: 131072, blockSize: 8, parallel: 1 })
    expect(await openVault(home, memory.keyring, inlineJobs()).unlock('correct horse')).toMatchObject({
      state: 'unlocked',
    })
  })
})

describe('two at once', () => {
  it('make one master key, in one process and across several', async () => {
    const ids = Array.from({ length: 12 }, () => randomUUID())
    const vaults = [vault(), vault(), vault()]
    await Promise.all(ids.map((each, at) => vaults[at % 3]?.seal('private-key', each, Buffer.from(each))))
    const later = vault()
    for (const each of ids) expect(Buffer.from(await later.open('private-key', each)).toString()).toBe(each)
    expect(memory.entries.size).toBe(1)
    expect(readdirSync(folder()).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('cannot both choose the first passphrase', async () => {
    memory.become('unavailable')
    const both = await Promise.allSettled([
      vault().createWithPassphrase('correct horse'),
      vault().createWithPassphrase('battery staple'),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const chosen = both[0]?.status === 'fulfilled' ? 'correct horse' : 'battery staple'
    expect(await vault().unlock(chosen)).toMatchObject({ state: 'unlocked' })
  })
})
