import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { openLocalDatabase } from '#electron/database/local'
import { launchApp, newHome, type RunningApp, removeHome } from '../support/app'
import { makeSmallPki } from '../support/certificates'
import { addExpiring } from '../support/expiring-certificate'
import { programOf } from '../support/servers/packages'
import { goTo } from './steps'

const run = promisify(execFile)
const home = newHome()
let daemon: ChildProcess
let printed = ''
let running: RunningApp

test.beforeAll(async () => {
  await addCertificates()
  running = await launchApp({ home })
})
test.afterAll(async () => {
  await running.close()
  daemon.kill()
  removeHome(home)
})

/** Each name would be read as something else: as markup, and from right to left. */
async function addCertificates(): Promise<void> {
  const { client } = await makeSmallPki(new Date())
  const first = await launchApp({ home })
  await first.close()
  const database = openLocalDatabase(join(home, 'latchkey'))
  for (const [name, days] of [
    ['<b>Mira</b> & Söhne', 6],
    ['מירה 12', 7],
  ] as const)
    await addExpiring(database, name, days, client.certificate)
  await database.close()
}

const wakeUp = () => running.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'))

const dunst = () => programOf('usr/bin/dunst', 'notifications')

/** Debian's dunst, on the session's own bus. It shows notifications as windows, and prints each. */
async function startDaemon(): Promise<void> {
  const { command, env } = await dunst()
  const settings = join(home, 'dunstrc')
  writeFileSync(settings, '[global]\nmarkup = full\nformat = "%s\\n%b"\n')
  daemon = spawn(command, ['-print', '-conf', settings], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  daemon.stdout?.on('data', (chunk: Buffer) => {
    printed += String(chunk)
  })
  await expect.poll(() => tellDaemon('count', 'displayed').catch(String)).toBe('0')
}

/** As `dunstctl` does, which is a script around dbus-send. */
async function tellDaemon(...words: string[]): Promise<string> {
  const { root, env } = await dunst()
  const { stdout } = await run(join(root, 'usr', 'bin', 'dunstctl'), words, { env })
  return stdout.trim()
}

test('a warning that nobody shows is due again, and a click on the one that is shown leads to what it is about', async () => {
  const { page } = running
  await goTo(page, 'Settings')
  await startDaemon()
  await wakeUp()
  await expect.poll(() => printed).toContain('2 certificates expire in the next 7 days')
  expect(printed).toContain('The first is “&lt;b&gt;Mira&lt;/b&gt; &amp; Söhne”')
  expect(await tellDaemon('count', 'displayed')).toBe('1')
  await tellDaemon('action', '0')
  await expect(page.getByRole('heading', { name: '<b>Mira</b> & Söhne' })).toBeVisible()
})
