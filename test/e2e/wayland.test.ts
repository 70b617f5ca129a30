import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { commandOf, launchApp, newHome, type RunningApp, removeHome } from '../support/app'
import { isSample } from '../support/rounds'
import { startTrayHost } from '../support/tray-host'
import { startWayland, type WaylandSession } from '../support/wayland'
import { goTo, makeRequest } from './steps'

/**
 * The window as one of Wayland's own, which since Electron 38 it is in every such session. Without a graphics card Chromium paints there
 * only with `--disable-gpu`.
 */
test.skip(process.platform !== 'linux' || process.arch !== 'x64', 'The session is made here.')

const home = newHome()
let session: WaylandSession
test.beforeAll(async () => {
  session = await startWayland(home)
})
test.afterAll(() => {
  session.end()
  removeHome(home)
})

const painting = ['--ozone-platform=wayland', '--disable-gpu']
const launch = (...args: string[]) =>
  launchApp({ home, isZoomed: true, environment: session.environment, args: [...painting, ...args] })

/** Starts Latchkey again on the same home, and waits for the end of that start. */
async function startAgain(...args: string[]): Promise<void> {
  const {
    executable,
    args: own,
    env,
  } = commandOf({
    home,
    environment: session.environment,
    args: [...painting, ...args],
  })
  const child = spawn(executable, own, { env, stdio: 'ignore' })
  await new Promise((resolve) => child.once('exit', resolve))
}

const seen = () => session.windows()
const act = ({ app }: RunningApp, what: 'minimize' | 'maximize' | 'unmaximize' | 'close') =>
  app.evaluate(({ BrowserWindow }, name) => BrowserWindow.getAllWindows()[0]?.[name](), what)
const kept = () => join(home, 'latchkey', 'browser', 'window.json')
const place = () => JSON.parse(readFileSync(kept(), 'utf8'))

const stateOf = ({ app }: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    return { ...window?.getBounds(), isMinimised: window?.isMinimized(), isMaximised: window?.isMaximized() }
  })

test('a window that nothing paints while it is hidden is shown all the same', async () => {
  const running = await launchApp({
    home,
    isZoomed: true,
    environment: session.environment,
    args: ['--ozone-platform=wayland'],
  })
  await expect
    .poll(() => running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()))
    .toBe(true)
  await running.close()
})

test.describe('and it', () => {
  test.skip(isSample, 'What is above keeps the window from showing at all; this runs where the suite is named.')

  test('a window that is minimised comes back by a second start, which brings a file along', async () => {
    const running = await launch()
    await expect.poll(seen).toEqual(['Latchkey'])
    await act(running, 'minimize')
    await expect.poll(seen).toEqual([])
    const file = join(home, 'unknown.pem')
    writeFileSync(file, 'no certificate')
    await startAgain('--', file)
    await expect.poll(seen).toEqual(['Latchkey'])
    await expect(running.page.getByRole('dialog', { name: 'Certificate file' })).toBeVisible()
    await running.close()
  })

  test('its keys, its size and its clipboard are those of the session', async () => {
    const running = await launch()
    const { app, page } = running
    await expect.poll(seen).toEqual(['Latchkey'])
    await page.locator('input').first().focus()
    await session.type('grafana.example')
    await expect(page.locator('input').first()).toHaveValue('grafana.example')
    const before = await page.evaluate(() => innerWidth)
    await session.press('ctrl+minus')
    await expect.poll(() => page.evaluate(() => innerWidth)).toBeGreaterThan(before)
    await session.press('ctrl+0')
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(before)
    await app.evaluate(({ Menu }) => {
      const help = Menu.getApplicationMenu()?.items.find(({ role }) => role === 'help')
      help?.submenu?.items.find(({ label }) => label === 'Copy diagnostic report')?.click()
    })
    await expect(page.getByText('Diagnostic report copied')).toBeVisible()
    expect(await session.clipboard()).toMatch(/^Latchkey \d+\.\d+\.\d+/u)
    await running.close()
  })

  test('its size is kept and no place, which Electron makes up there', async () => {
    const size = { width: 820, height: 560 }
    // As it was left in a session of X11.
    mkdirSync(dirname(kept()), { recursive: true, mode: 0o700 })
    writeFileSync(kept(), JSON.stringify({ x: 60, y: 50, ...size, isMaximized: false }))
    const first = await launch()
    await expect.poll(() => stateOf(first)).toMatchObject({ ...size, isMaximised: false })
    await act(first, 'maximize')
    await expect.poll(() => stateOf(first)).toMatchObject({ isMaximised: true })
    await first.close()
    expect(place()).toEqual({ ...size, isMaximized: true })
    const second = await launch()
    await expect.poll(() => stateOf(second)).toMatchObject({ isMaximised: true })
    await act(second, 'unmaximize')
    await expect.poll(() => stateOf(second)).toMatchObject({ ...size, isMaximised: false })
    await second.close()
    expect(place()).toEqual({ ...size, isMaximized: false })
  })

  test('started by the session it is not seen until somebody asks for it, and the tray leads back to it', async () => {
    const first = await launch('--at-login')
    await expect.poll(() => stateOf(first)).toMatchObject({ isMinimised: true })
    await startAgain('--at-login')
    await expect.poll(seen).toEqual([])
    await startAgain()
    await expect.poll(seen).toEqual(['Latchkey'])
    const host = await startTrayHost()
    await goTo(first.page, 'Settings')
    await first.page.getByRole('checkbox', { name: 'Keep running in the tray when the window is closed' }).check()
    await expect.poll(host.items).not.toEqual([])
    await act(first, 'close')
    await expect.poll(seen).toEqual([])
    // The menu comes after the icon.
    await expect(() => host.click('Open Latchkey')).toPass()
    await expect.poll(seen).toEqual(['Latchkey'])
    await first.close()
    const quiet = await launch('--at-login')
    await expect.poll(host.items).not.toEqual([])
    expect(await seen()).toEqual([])
    // The menu comes after the icon.
    await expect(() => host.click('Open Latchkey')).toPass()
    await expect.poll(seen).toEqual(['Latchkey'])
    await makeRequest(quiet.page, 'Ada Lovelace')
    host.end()
    await quiet.close()
  })
})
