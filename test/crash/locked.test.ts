import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { assertConsistent, type CliRun, type Computer, discard, newComputer, runCli } from '../support/crash'
import { certificatesIn } from '../support/nss'
import { type Walkthrough, walkThrough } from '../support/openssl'

/** An interrupted operation of a vault that only its passphrase opens: it waits for it. */
const locked = { LATCHKEY_KEYRING: 'none' }
const unlocked = { ...locked, LATCHKEY_PASSPHRASE: 'correct horse battery' }

let walk: Walkthrough
let here: Computer
beforeAll(async () => {
  walk = await walkThrough()
  here = newComputer()
  await run(unlocked, 'request', 'Ada', '--key', 'p-256', '-o', 'ada.csr')
  const csr = await walk.run('cat', [join(here.folder, 'ada.csr')])
  writeFileSync(join(here.folder, 'client.pem'), (await walk.issue(csr)) + walk.intermediatePem)
})
afterAll(async () => {
  discard(here)
  await walk.remove()
})

async function run(environment: Record<string, string>, ...args: string[]): Promise<CliRun> {
  const done = await runCli(here, args, { environment })
  expect(done.code, done.stdout + done.stderr).toBe(0)
  return done
}

async function unfinished(): Promise<number> {
  const database = openLocalDatabase(here.latchkey)
  const { length } = await database.operations.unfinished()
  await database.close()
  return length
}

it('waits while the vault is locked, and is put in order once the passphrase was given', async () => {
  const install = ['install', '--file', 'client.pem']
  const killed = await runCli(here, install, { environment: unlocked, failPoint: 'install:store-done' })
  expect(killed.code, killed.stderr).toBeNull()
  await run(locked, 'list')
  expect(await unfinished()).toBe(1)
  expect(certificatesIn(here.home)).toContain('Ada')
  const uninstall = await runCli(here, ['uninstall', 'Ada'], { environment: unlocked })
  // The list has recorded what it saw there; by the time of this look, recovery had taken it back.
  expect(uninstall.stderr).toContain('nothing found')
  expect(certificatesIn(here.home)).not.toContain('Ada')
  expect(await assertConsistent(here)).toEqual({ names: ['Ada'], installed: 0 })
})

it('is begun only once the passphrase was given', async () => {
  await run(unlocked, 'install', '--file', 'client.pem')
  const refused = await runCli(here, ['uninstall', 'Ada', '--json'], { environment: locked })
  expect(refused.code).toBe(3)
  expect(refused.stdout).toContain('"vault-locked"')
  await run(unlocked, 'uninstall', 'Ada')
  expect(await assertConsistent(here)).toEqual({ names: ['Ada'], installed: 0 })
})

it('can be uninstalled, unsigned, where nobody can open the vault', async () => {
  await run(unlocked, 'install', '--file', 'client.pem')
  writeFileSync(join(here.latchkey, 'vault', 'header.json'), '{')
  await run(locked, 'uninstall', 'Ada')
  expect(certificatesIn(here.home)).not.toContain('Ada')
})
