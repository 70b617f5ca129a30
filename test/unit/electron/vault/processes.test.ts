import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Bundle } from '../../../support/bundle'
import { temporaryFolder } from '../../../support/home'
import { memoryKeyring } from '../../../support/keyring'
import { bundleWithModules, start } from '../../../support/processes'
import { cheapJobs, openVault, vaultFiles } from '../../../support/vault'

let script: Bundle
beforeAll(async () => {
  script = await bundleWithModules('test/support/vault-process.ts')
})
afterAll(() => script.remove())

function vaultWithoutKeyring(home: string) {
  const memory = memoryKeyring()
  memory.become('unavailable')
  return openVault(home, memory.keyring)
}

it('a process killed while it seals leaves the old secret or the new one, whole', async () => {
  const home = temporaryFolder()
  const id = randomUUID()
  await vaultWithoutKeyring(home).createWithPassphrase('correct horse')
  for (const confirmed of [1, 2, 3, 5, 8, 13]) {
    const writer = start(script.path, [home, 'write', id, 'correct horse'])
    for (let line = 1; line <= confirmed; line += 1) expect(await writer.line()).toBe(String(line))
    await writer.kill()
    const vault = vaultWithoutKeyring(home)
    await vault.unlock('correct horse')
    const text = Buffer.from(await vault.open('private-key', id)).toString()
    const version = Number.parseInt(text, 10)
    expect(version).toBeGreaterThanOrEqual(confirmed)
    expect(text === Buffer.alloc(300_000, `${version};`).toString()).toBe(true)
    expect(await vault.ids('private-key')).toEqual([id])
  }
})

it('of several processes that choose the first passphrase one succeeds, and its passphrase opens', async () => {
  const home = temporaryFolder()
  const passphrases = ['passphrase 1', 'passphrase 2', 'passphrase 3', 'passphrase 4']
  const said = await Promise.all(passphrases.map((each) => start(script.path, [home, 'create', '', each]).line()))
  expect([...said].sort()).toEqual(['made', 'vault-locked', 'vault-locked', 'vault-locked'])
  const vault = vaultWithoutKeyring(home)
  expect(await vault.unlock(passphrases[said.indexOf('made')] ?? '')).toMatchObject({ state: 'unlocked' })
  expect(readdirSync(join(home, 'vault'))).toEqual(['header.json'])
})

it('a vault that another process makes while this one looks is never moved aside', async () => {
  const home = temporaryFolder()
  const files = vaultFiles(home)
  let other: Promise<unknown> | null = null
  const overtaken = {
    ...files,
    async header() {
      const seen = await files.header()
      other ??= vaultWithoutKeyring(home).createWithPassphrase('the other one')
      await other
      return seen
    },
  }
  const memory = memoryKeyring()
  memory.become('unavailable')
  const slow = openVault(home, memory.keyring, cheapJobs, overtaken)
  await expect(slow.createWithPassphrase('ours, and later')).rejects.toMatchObject({ code: 'vault-locked' })
  expect(await vaultWithoutKeyring(home).unlock('the other one')).toMatchObject({ state: 'unlocked' })
  expect(readdirSync(join(home, 'vault'))).toEqual(['header.json'])
})
