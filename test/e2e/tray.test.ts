import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openLocalDatabase } from '#electron/database/local'
import { commandOf, launchApp, newHome, type RunningApp, removeHome } from '../support/app'
import { makeSmallPki } from '../support/certificates'
import { addExpiring } from '../support/expiring-certificate'
import { startTrayHost, type TrayHost } from '../support/tray-host'
import { goTo } from './steps'

test.skip(process.platform !== 'linux', 'The message bus and its tray are made here.')

const home = newHome()
let host: TrayHost | null = null

test.beforeAll(async () => {
  const { client } = await makeSmallPki(new Date())
  const first = await launchApp({ home })
  await first.close()
  const database = openLocalDatabase(join(home, 'latchkey'))
  for (const [name, days] of [
    ['R&D \u202e gnp.exe', 6],
    ['Mira Falk', 9],
    ['Long', 300],
  ] as const)
    await addExpiring(database, name, days, client.certificate)
  await database.close()
})
test.afterAll(() => {
  host?.end()
  removeHome(home)
})

const isVisible = ({ app }: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
const closeWindow = ({ app }: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
const ended = ({ app }: RunningApp) =>
  new Promise<void>((resolve) => {
    if (app.process().exitCode !== null) resolve()
    else app.process().once('exit', () => resolve())
  })
const box = ({ page }: RunningApp) =>
  page.getByRole('checkbox', { name: 'Keep running in the tray when the window is closed' })

async function startAgain(): Promise<void> {
  const { executable, args, env } = commandOf({ home })
  const child = spawn(executable, args, { env, stdio: 'ignore' })
  await new Promise((resolve) => child.once('exit', resolve))
}

test('where nobody shows icons, the switch says so, and closing the window quits', async () => {
  const running = await launchApp({ home })
  await goTo(running.page, 'Settings')
  await expect(box(running)).toBeEnabled()
  await expect(box(running)).not.toBeChecked()
  await box(running).check()
  await expect(running.page.getByText('This desktop shows no tray icons')).toBeVisible()
  const end = ended(running)
  await closeWindow(running)
  await end
})

test('the icon lists what is due, and leads to it; the window comes back from there and by a second start', async () => {
  host = await startTrayHost()
  const running = await launchApp({ home })
  await expect.poll(host.items).toEqual(['Latchkey: 2 items expire soon'])
  await closeWindow(running)
  await expect.poll(() => isVisible(running)).toBe(false)
  await expect.poll(host.items).toEqual(['Latchkey: 2 items expire soon'])
  const [hostile = '', mira = '', ...others] = await host.menu()
  expect(hostile).toMatch(/^“R&?&D \\u202e gnp\.exe” expires in 6 days$/u)
  expect(mira).toBe('“Mira Falk” expires in 9 days')
  expect(others).toEqual(['-', 'Open Latchkey', 'Quit Latchkey'])
  await host.click('Open Latchkey')
  await expect.poll(() => isVisible(running)).toBe(true)
  await closeWindow(running)
  await expect.poll(() => isVisible(running)).toBe(false)
  await startAgain()
  await expect.poll(() => isVisible(running)).toBe(true)
  await closeWindow(running)
  await expect.poll(() => isVisible(running)).toBe(false)
  await host.click(mira)
  await expect(running.page.getByRole('heading', { name: 'Mira Falk' })).toBeVisible()
  await expect.poll(() => isVisible(running)).toBe(true)
  const end = ended(running)
  await host.click('Quit Latchkey')
  await end
})

test('started by the session it is in the tray alone; once nobody shows icons, closing quits again', async () => {
  if (host === null) throw new Error('The test before has started it.')
  const running = await launchApp({ home, args: ['--at-login'], isZoomed: true })
  await expect.poll(host.items).toEqual(['Latchkey: 2 items expire soon'])
  expect(await isVisible(running)).toBe(false)
  await startAgain()
  await expect.poll(() => isVisible(running)).toBe(true)
  await host.leave()
  const end = ended(running)
  await closeWindow(running)
  await end
})
