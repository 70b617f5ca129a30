import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, lchownSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { earlierEnvironment, placeEarlierData } from '../support/earlier-data'

/** Whose folder it is and who can write to it, with real owners and modes. Root sets the scene. */
const isRoot = process.getuid?.() === 0
const ada = 65_534
let here: Computer
beforeEach(() => {
  here = newComputer()
})
afterEach(() => discard(here))

const run = (args: string[], environment: Record<string, string> = {}) =>
  runCli(here, args, { environment: { LATCHKEY_KEYRING: 'none', ...environment } })
const modeOf = (path: string) => statSync(path).mode & 0o777

it('closes what a restored backup has opened, and says so once', async () => {
  placeEarlierData(here)
  const vault = join(here.latchkey, 'vault')
  const files = readdirSync(vault).map((name) => join(vault, name))
  for (const path of [...files, join(here.latchkey, 'latchkey.db')]) chmodSync(path, 0o644)
  chmodSync(vault, 0o755)
  const { code, stdout, stderr } = await run(['list', '--json'], earlierEnvironment)
  expect(code, stderr).toBe(0)
  expect(stderr).toMatch(/^! Other accounts could access \d+ files or folders of Latchkey\. They were closed\.$/mu)
  expect(JSON.parse(stdout)).toMatchObject({ ok: true })
  expect([vault, ...files].map(modeOf)).toEqual([0o700, ...files.map(() => 0o600)])
  expect((await run(['list'], earlierEnvironment)).stderr).not.toContain('Other accounts')
})

it('says that others can write to a folder it was given, how to close it, and leaves it as it is', async () => {
  mkdirSync(here.latchkey)
  chmodSync(here.latchkey, 0o777)
  const { code, stderr } = await run(['list'])
  expect(code, stderr).toBe(0)
  expect(stderr).toContain(`Close it with: chmod go-w '${here.latchkey}'`)
  expect(modeOf(here.latchkey)).toBe(0o777)
})

describe.skipIf(!isRoot)('a folder of another account', () => {
  const refusal = { ok: false, error: { code: 'home-not-yours' } }

  it('is refused, and nothing is written to it', async () => {
    mkdirSync(here.latchkey)
    chownSync(here.latchkey, ada, ada)
    const { code, stdout } = await run(['list', '--json'])
    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject(refusal)
    expect(readdirSync(here.latchkey)).toEqual([])
    expect((await run(['list'])).stderr).toContain('without sudo')
  })

  it('is not made by root in a person’s home, as “sudo latchkey” would', async () => {
    chownSync(here.home, ada, ada)
    const { code, stdout } = await run(['list', '--json'], { LATCHKEY_HOME: '' })
    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject(refusal)
    expect(existsSync(join(here.home, '.config'))).toBe(false)
  })

  it('is not reached through a link of another account', async () => {
    mkdirSync(join(here.folder, 'real'))
    symlinkSync('real', here.latchkey)
    lchownSync(here.latchkey, ada, ada)
    expect(JSON.parse((await run(['list', '--json'])).stdout)).toMatchObject(refusal)
    expect(readdirSync(join(here.folder, 'real'))).toEqual([])
  })
})

/** A checkout in root's own home, say, is closed to others. */
const canAdaRunIt = () => {
  const look = `require('node:fs').accessSync(${JSON.stringify(join(process.cwd(), 'out', 'cli', 'latchkey.cjs'))})`
  return spawnSync(process.execPath, ['-e', look], { uid: ada, gid: ada }).status === 0
}

describe.skipIf(!isRoot || !canAdaRunIt())('a person who is not root', () => {
  const asAda = async (environment: Record<string, string> = {}) => {
    const options = { user: ada, environment: { LATCHKEY_KEYRING: 'none', ...environment } }
    const { code, stdout, stderr } = await runCli(here, ['list', '--json'], options)
    return { code, stderr, answer: JSON.parse(stdout) }
  }
  beforeEach(() => {
    for (const path of [here.folder, here.home, here.runtime]) chownSync(path, ada, ada)
  })

  it('uses a folder of their own until “sudo” has left a file in it', async () => {
    const first = await asAda()
    expect(first.code, first.stderr).toBe(0)
    expect(first.stderr).toBe('')
    chownSync(join(here.latchkey, 'latchkey.db'), 0, 0)
    const second = await asAda()
    expect(second.code).toBe(3)
    expect(second.answer.error).toMatchObject({
      code: 'home-not-yours',
      detail: '“latchkey.db” in it belongs to user 0.',
    })
  })

  it('uses no folder of root’s, however open it is', async () => {
    mkdirSync(here.latchkey)
    chmodSync(here.latchkey, 0o777)
    expect((await asAda()).answer.error.code).toBe('home-not-yours')
    expect(readdirSync(here.latchkey)).toEqual([])
  })

  it('is told when the folder cannot be made', async () => {
    const closed = join(here.folder, 'closed')
    mkdirSync(closed, { mode: 0o755 })
    expect((await asAda({ LATCHKEY_HOME: join(closed, 'new') })).answer.error).toMatchObject({
      code: 'home-unusable',
      detail: `The folder is ${join(closed, 'new')}. It could not be created. You do not have permission to read and write “${closed}”.`,
    })
  })
})
