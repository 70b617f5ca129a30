import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Vault } from '#electron/vault/vault'
import { temporaryFolder } from '../../../support/home'
import { memoryKeyring } from '../../../support/keyring'
import { openVault } from '../../../support/vault'

const id = randomUUID()
const secret = Buffer.from('the private key of a test')
const failing = (code: string, detail = '') =>
  expect.objectContaining({ code, detail: expect.stringContaining(detail) })

let folder: string
let open: () => Vault
beforeEach(async () => {
  const home = temporaryFolder()
  const { keyring } = memoryKeyring()
  folder = join(home, 'vault')
  open = () => openVault(home, keyring)
  await open().seal('private-key', id, secret)
  await open().setPassphrase(null, 'correct horse')
})

const headerPath = () => join(folder, 'header.json')
const sealedPath = () => join(folder, `private-key-${id}.sealed`)
const header = () => JSON.parse(readFileSync(headerPath(), 'utf8'))
const contents = () =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('hex')]))

describe('a vault of a newer version', () => {
  /** With a field that nobody knows yet, and the leftover of a write that a newer version may have under way. */
  function becomeNewer() {
    writeFileSync(headerPath(), JSON.stringify({ ...header(), version: 2, hardwareKey: 'yes' }))
    const leftover = join(folder, '.header.json.aaaaaaaaaaaa.tmp')
    writeFileSync(leftover, 'half')
    utimesSync(leftover, new Date(0), new Date(0))
  }

  it('says so, whatever is asked of it, and is left exactly as it is', async () => {
    becomeNewer()
    const before = contents()
    const one = open()
    const asks: (() => Promise<unknown>)[] = [
      () => one.state(),
      () => one.unlock(null),
      () => one.unlock('correct horse'),
      () => one.openByItself(),
      () => one.lock(),
      () => one.createWithPassphrase('battery staple'),
      () => one.setPassphrase('correct horse', 'battery staple'),
      () => one.startAfresh(),
      () => one.seal('private-key', randomUUID(), secret),
      () => one.seal('private-key', id, secret),
      () => one.open('private-key', id),
      () => one.delete('private-key', id),
    ]
    for (const ask of asks) await expect(ask(), String(ask)).rejects.toThrow(failing('vault-too-new', 'version 2'))
    expect(contents()).toEqual(before)
  })

  it('is noticed by a process that had opened it before the update', async () => {
    const one = open()
    expect(await one.state()).toMatchObject({ state: 'unlocked' })
    becomeNewer()
    await expect(one.open('private-key', id)).rejects.toThrow(failing('vault-too-new'))
  })

  it.each(['{"version": 0}', '{"version": "2"}', '{"version": 1.5}'])('is not what %s means', async (text) => {
    writeFileSync(headerPath(), text)
    await expect(open().state()).rejects.toThrow(failing('vault-damaged'))
  })
})

describe('a sealed file of a newer version', () => {
  it('says so; the others still open', async () => {
    const other = randomUUID()
    await open().seal('private-key', other, secret)
    writeFileSync(sealedPath(), Buffer.concat([Buffer.from('LKV2'), readFileSync(sealedPath()).subarray(4)]))
    await expect(open().open('private-key', id)).rejects.toThrow(failing('vault-too-new', 'version 2'))
    expect(Buffer.from(await open().open('private-key', other))).toEqual(secret)
  })
})

describe('the work that a header asks for', () => {
  const asking = (changes: object) =>
    writeFileSync(headerPath(), JSON.stringify({ ...header(), passphrase: { ...header().passphrase, ...changes } }))

  it.each([
    { cost: 2 ** 20, blockSize: 8, parallel: 16 },
    { cost: 2 ** 22, blockSize: 32, parallel: 1 },
    { cost: 2 ** 17, blockSize: 32, parallel: 16 },
    { cost: 2 ** 40 },
  ])('$cost, $blockSize, $parallel: bounded together, refused in words', async (changes) => {
    asking(changes)
    await expect(open().unlock('correct horse')).rejects.toThrow(failing('vault-damaged', 'more computing'))
  })

  it('has a floor too, and is what scrypt takes', async () => {
    for (const changes of [{ cost: 2 ** 16 }, { cost: 2 ** 17 + 1 }, { blockSize: 4 }, { parallel: 0 }]) {
      asking(changes)
      await expect(open().unlock('correct horse')).rejects.toThrow(failing('vault-damaged'))
    }
  })

  it('may be raised: four times in time, eight times in memory', async () => {
    for (const changes of [{ parallel: 4 }, { cost: 2 ** 20 }]) {
      asking(changes)
      // The key was derived otherwise, so the passphrase is wrong; but it was tried.
      await expect(open().unlock('correct horse')).resolves.toMatchObject({ state: 'unlocked' })
    }
  })
})
