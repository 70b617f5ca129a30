import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openConnection } from '#electron/database/connection'
import { type Computer, discard, newComputer, runCli } from '../support/crash'

/** What a command says of another Latchkey on the same folder. */
let here: Computer
beforeEach(() => {
  here = newComputer()
})
afterEach(() => discard(here))

const list = (...args: string[]) => runCli(here, ['list', ...args], { environment: { LATCHKEY_KEYRING: 'none' } })
const note = (name: string, content: object) => {
  mkdirSync(here.latchkey, { recursive: true })
  writeFileSync(join(here.latchkey, name), JSON.stringify(content))
}
const own = (): string => JSON.parse(readFileSync('package.json', 'utf8')).version

it('names both versions where the records are of a newer one, and what to do', async () => {
  expect((await list()).code).toBe(0)
  expect(readFileSync(join(here.latchkey, 'version.json'), 'utf8')).toContain(own())
  note('version.json', { version: '99.0.0' })
  const raw = openConnection(join(here.latchkey, 'latchkey.db'), { busyMs: 0 })
  raw.script('PRAGMA user_version = 999')
  raw.close()
  const { code, stderr } = await list()
  expect(code).toBe(3)
  expect(stderr).toContain(`Latchkey 99.0.0 has written it, and this is Latchkey ${own()}.`)
  expect(stderr).toContain('Update Latchkey.')
  const { stdout } = await list('--json')
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'database-too-new' } })
})

it('names both versions where a window of another one is open, and does its work', async () => {
  note('open-window.json', { version: '99.0.0', processId: process.pid })
  const { code, stdout, stderr } = await list('--json')
  expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ ok: true })])
  expect(stderr).toContain(`A window of Latchkey 99.0.0 is open, and this is Latchkey ${own()}.`)
})
