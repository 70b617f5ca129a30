import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { commandOf, launchApp, newHome, type RunningApp, removeHome } from '../support/app'
import { startWindowManager } from '../support/window-manager'
import { goTo } from './steps'

test.skip(process.platform !== 'linux', 'The session and its window manager are made here.')

const home = newHome()
let endManager: () => void
test.beforeAll(async () => {
  endManager = await startWindowManager(home)
})
test.afterAll(() => {
  endManager()
  removeHome(home)
})

const stateOf = ({ app }: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    return { isMinimised: window?.isMinimized(), isFocused: window?.isFocused() }
  })

/** Starts Latchkey again on the same home, and waits for the end of that start. */
async function startAgain(...args: string[]): Promise<void> {
  const { executable, args: own, env } = commandOf({ home, args })
  const child = spawn(executable, own, { env, stdio: 'ignore' })
  await new Promise((resolve) => child.once('exit', resolve))
}

test('started by the session it is minimised and leaves the focus alone until a person asks for it', async () => {
  const running = await launchApp({ home, args: ['--at-login'], isZoomed: true })
  await expect.poll(() => stateOf(running)).toEqual({ isMinimised: true, isFocused: false })
  await startAgain('--at-login')
  expect(await stateOf(running)).toEqual({ isMinimised: true, isFocused: false })
  await startAgain()
  await expect.poll(() => stateOf(running)).toEqual({ isMinimised: false, isFocused: true })
  await running.close()
})

test('it is off by default, and the switch in Settings adds and removes the entry of the session', async () => {
  const entry = join(home, '.config', 'autostart', 'latchkey.desktop')
  const running = await launchApp({ home })
  await goTo(running.page, 'Settings')
  const box = running.page.getByRole('checkbox', { name: 'Start Latchkey when I log in' })
  await expect(box).toBeEnabled()
  await expect(box).not.toBeChecked()
  expect(existsSync(entry)).toBe(false)
  await box.check()
  await expect.poll(() => existsSync(entry)).toBe(true)
  expect(readFileSync(entry, 'utf8')).toMatch(/^Exec=env .*LATCHKEY_HOME=.* --at-login$/mu)
  await box.uncheck()
  await expect.poll(() => existsSync(entry)).toBe(false)
  await running.close()
})
