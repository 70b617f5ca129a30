import { copyFileSync, cpSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { throwAwayMark } from '#electron/main/throw-away-home'
import { newHome, removeHome } from '../support/app'
import { isDebugger, packageInto, runPackaged } from '../support/packaged'
import { runProgram } from '../support/packaged-cli'
import { freePort } from '../support/ports'
import { isSample } from '../support/rounds'
import { startWayland } from '../support/wayland'

test.skip(process.platform !== 'linux', 'The folder is packaged and run on Linux.')

/**
 * The packaged folder walks the practice journey by itself: key, request, certificate, store, and both kinds of test. That it
 * holds is the proof that the page, the network and the process are its own, whatever was set around it.
 */
const journeyHeld = 'Every step of the practice journey passed.'

let dist: string
let executable: string
let home: string

test.beforeAll(() => {
  dist = newHome()
  executable = packageInto(dist)
})
test.afterAll(() => removeHome(dist))
test.beforeEach(() => {
  home = newHome()
})
test.afterEach(() => removeHome(home))

const inHome = (name: string) => join(home, name)

test('it shows its window and walks the practice journey', async () => {
  const { code, output } = await runPackaged(executable, { home, args: ['--guided-lab'] })
  expect(output).toContain(journeyHeld)
  expect(code).toBe(0)
})

test('it walks the same journey in a session of Wayland', async () => {
  test.skip(isSample || process.arch !== 'x64', 'What is of its own there is in wayland.test.ts.')
  const session = await startWayland(home)
  const { code, output } = await runPackaged(executable, {
    home,
    args: ['--guided-lab', '--ozone-platform=wayland', '--disable-gpu'],
    environment: session.environment,
  })
  session.end()
  expect(output).toContain(journeyHeld)
  expect(code).toBe(0)
})

test('it checks what expires without a window, as the timer of the system starts it', async () => {
  const { code } = await runPackaged(executable, { home, args: ['--check-expiry'] })
  expect(code).toBe(0)
  // A window would have kept its files there.
  expect(existsSync(join(home, 'latchkey', 'browser'))).toBe(false)
})

test('npm run smoke starts it, and says where there is none', () => {
  const smoke = (folder: string) => runProgram(process.execPath, ['electron/setup/smoke.mjs', folder], { HOME: home })
  const started = smoke(dist)
  expect(started.stderr).toContain('latchkey-desktop starts.')
  expect(started.code).toBe(0)
  expect(smoke(home)).toMatchObject({ code: 3, stderr: expect.stringContaining('There is no packaged program') })
  // A program that does not load its archive.
  const broken = inHome('broken')
  cpSync(dist, broken, { recursive: true, verbatimSymlinks: true })
  writeFileSync(join(broken, 'linux-unpacked', 'resources', 'app.asar'), 'no archive')
  expect(smoke(broken)).toMatchObject({ code: 3, stderr: expect.stringContaining('latchkey-desktop ended with') })
})

test('no variable for developing or testing, and none that undoes TLS, has an effect', async () => {
  const asked: string[] = []
  const otherPage = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end('another page')
  })
  await new Promise<void>((resolve) => otherPage.listen(0, '127.0.0.1', resolve))
  const address = otherPage.address()
  if (address === null || typeof address === 'string') throw new Error('The other page has no port.')
  writeFileSync(inHome('required.cjs'), `require('node:fs').writeFileSync(${JSON.stringify(inHome('ran'))}, '')`)

  const { code, output } = await runPackaged(executable, {
    home,
    args: ['--guided-lab'],
    environment: {
      ELECTRON_RENDERER_URL: `http://127.0.0.1:${address.port}/`,
      LATCHKEY_DEVTOOLS: '1',
      LATCHKEY_TEST: '1',
      LATCHKEY_FAIL_POINT: 'request:begun',
      LATCHKEY_KEYRING: 'none',
      NODE_OPTIONS: `--require=${inHome('required.cjs')} --tls-keylog=${inHome('node-keys')}`,
      NODE_EXTRA_CA_CERTS: inHome('required.cjs'),
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      SSLKEYLOGFILE: inHome('variable-keys'),
    },
  })
  otherPage.close()
  expect(output).toContain(journeyHeld)
  expect(code).toBe(0)
  expect(asked).toEqual([])
  expect(readdirSync(home).filter((name) => /keys$|^ran$/u.test(name))).toEqual([])
})

test('no switch opens a debugger, writes keys or leads the page and its tests elsewhere', async () => {
  const [page, program] = [await freePort(), await freePort()]
  const { code, output, errors } = await runPackaged(executable, {
    home,
    args: [
      '--guided-lab',
      `--remote-debugging-port=${page}`,
      `--inspect=${program}`,
      `--ssl-key-log-file=${inHome('switch-keys')}`,
      `--log-net-log=${inHome('net-keys')}`,
      '--net-log-capture-mode=Everything',
      '--host-resolver-rules=MAP * ~NOTFOUND',
      '--proxy-server=127.0.0.1:1',
      '--disable-web-security',
      `--user-data-dir=${inHome('other-data')}`,
    ],
    meanwhile: async () => {
      expect([await isDebugger(page), await isDebugger(program)]).toEqual([false, false])
    },
  })
  expect(output).toContain(journeyHeld)
  expect(code).toBe(0)
  expect(errors).not.toMatch(/DevTools listening|Debugger listening/u)
  expect(readdirSync(home).filter((name) => name.endsWith('keys'))).toEqual([])
  expect(existsSync(join(home, 'latchkey', 'browser'))).toBe(true)
})

test('nobody answers on the debugging pipe', async () => {
  const { code, output, debugged } = await runPackaged(executable, {
    home,
    args: ['--guided-lab', '--remote-debugging-pipe'],
    debug: '{"id":1,"method":"Browser.getVersion"}\0',
  })
  expect(output).toContain(journeyHeld)
  expect([code, debugged]).toEqual([0, ''])
})

test('it is no Node', async () => {
  const { code, output } = await runPackaged(executable, {
    home,
    args: ['--guided-lab', '-e', 'console.log("ran as Node")'],
    environment: { ELECTRON_RUN_AS_NODE: '1' },
  })
  expect(output).toContain(journeyHeld)
  expect(output).not.toContain('ran as Node')
  expect(code).toBe(0)
})

test('a copy that calls itself Electron is still the package', async () => {
  const copy = inHome('copy')
  cpSync(dirname(executable), copy, { recursive: true })
  renameSync(join(copy, 'latchkey-desktop'), join(copy, 'electron'))
  const page = await freePort()
  const { code, output, errors } = await runPackaged(join(copy, 'electron'), {
    home,
    args: ['--guided-lab', `--remote-debugging-port=${page}`],
    environment: { LATCHKEY_TEST: '1', LATCHKEY_FAIL_POINT: 'request:begun' },
  })
  expect(output).toContain(journeyHeld)
  expect(code).toBe(0)
  expect(errors).not.toContain('DevTools listening')
})

test('it runs unattended in a throw-away home only', async () => {
  rmSync(inHome(throwAwayMark))
  const unmarked = await runPackaged(executable, {
    home,
    args: ['--guided-lab'],
    environment: { LATCHKEY_PRIVATE_HOME: '1' },
  })
  expect([unmarked.code, unmarked.output]).toEqual([2, ''])
  expect(unmarked.errors).toContain('--guided-lab runs only in a temporary home folder')

  // A mark of another home, and a real folder under a throw-away home.
  copyFileSync(join(dist, throwAwayMark), inHome(throwAwayMark))
  expect((await runPackaged(executable, { home, args: ['--guided-lab'] })).code).toBe(2)
  const elsewhere = newHome()
  const environment = { LATCHKEY_HOME: join(elsewhere, 'latchkey') }
  expect((await runPackaged(executable, { home: dist, args: ['--guided-lab'], environment })).code).toBe(2)
  removeHome(elsewhere)
})
