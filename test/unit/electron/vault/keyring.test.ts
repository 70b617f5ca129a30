import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noKeyring } from '#electron/vault/keyring'
import { type Bundle, bundle } from '../../../support/bundle'
import { temporaryFolder } from '../../../support/home'

const hasKeyring = spawnSync('sh', ['-c', 'command -v gnome-keyring-daemon dbus-run-session dbus-send']).status === 0

/** A keyring opened with a password; the second part of the story after it was opened again. */
const story = `
  keyring() { printf session | gnome-keyring-daemon "$@" --unlock --components=secrets >/dev/null 2>&1; }
  keyring && "$@" && keyring --replace && "$@" again`

describe.skipIf(!hasKeyring)('gnome-keyring, the real one', () => {
  let script: Bundle
  beforeAll(async () => {
    script = await bundle('test/support/keyring-session.ts')
  })
  afterAll(() => script.remove())

  function session(): unknown {
    const home = temporaryFolder()
    const runtime = join(home, 'run')
    mkdirSync(runtime, { mode: 0o700 })
    // No display: whatever prompt the keyring opens is dismissed at once.
    const env = { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: join(home, 'data') }
    const args = ['--', 'sh', '-c', story, 'sh', process.execPath, script.path, join(home, 'latchkey')]
    const node = { ELECTRON_RUN_AS_NODE: '1', NODE_PATH: join(process.cwd(), 'node_modules') }
    const { stdout, stderr } = spawnSync('dbus-run-session', args, { env: { ...env, ...node }, encoding: 'utf8' })
    const said = stdout.split('\n').filter((line) => line.startsWith('{'))
    if (said.length !== 2) throw new Error(`The session broke off: ${stderr}`)
    return Object.assign({}, ...said.map((line) => JSON.parse(line)))
  }

  it('keeps the master key; locked, it is never taken for one that lost it', () => {
    expect(session()).toEqual({
      missing: { kind: 'answer', value: null },
      opened: 'the private key of a test',
      locked: { state: 'locked', keyring: 'locked', sealedFiles: 1 },
      openLocked: 'keyring-locked',
      sealLocked: 'keyring-locked',
      newWhileLocked: { state: 'new', keyring: 'locked', sealedFiles: 0 },
      sealNewWhileLocked: 'keyring-locked',
      openedAgain: 'the private key of a test',
      // No proof and no half-made key is left behind.
      entries: 1,
      lost: { state: 'key-lost', keyring: 'usable', sealedFiles: 1 },
    })
  })
})

describe.skipIf(process.platform !== 'linux')('without a message bus', () => {
  it('a keyring is unavailable, with the reason', () => {
    const script = `
      import('keytar').then(async ({ default: keytar }) => keytar.getPassword('Latchkey', 'x'))
        .then(() => console.log('answered'), (error) => console.log(error.message))`
    const env = { PATH: process.env['PATH'], HOME: temporaryFolder(), ELECTRON_RUN_AS_NODE: '1' }
    const { stdout } = spawnSync(process.execPath, ['-e', script], { env, encoding: 'utf8' })
    expect(stdout).toMatch(/Cannot autolaunch D-Bus|Could not connect/u)
  })
})

it('LATCHKEY_KEYRING=none asks nobody', async () => {
  const keyring = noKeyring('keyring')
  const off = { kind: 'unavailable', reason: expect.stringContaining('LATCHKEY_KEYRING') }
  expect(await keyring.get(randomUUID())).toEqual(off)
  expect(await keyring.set(randomUUID(), 'x')).toEqual(off)
})
