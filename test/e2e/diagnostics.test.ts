import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp, removeHome } from '../support/app'
import { makeRequest } from './steps'

/** What is left to look at when something broke, and what is not. */
let running: RunningApp
test.beforeAll(async () => {
  running = await launchApp()
})
test.afterAll(async () => {
  await running.close()
  removeHome(running.home)
})

const logged = () => readFileSync(join(running.home, 'latchkey', 'latchkey.log'), 'utf8')
const lines = () =>
  logged()
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))

test('a report says what runs here, and names nobody', async () => {
  const { app, page } = running
  await makeRequest(page, 'Ada Lovelace')
  await app.evaluate(({ Menu }) => {
    const help = Menu.getApplicationMenu()?.items.find(({ role }) => role === 'help')
    help?.submenu?.items.find(({ label }) => label === 'Copy diagnostic report')?.click()
  })
  await expect(page.getByText('Diagnostic report copied')).toBeVisible()
  const report = await app.evaluate(({ clipboard }) => clipboard.readText())
  expect(report).toMatch(/^Latchkey \d+\.\d+\.\d+.*, Electron \d+.*, Chromium \d+.*, Node \d+/u)
  expect(report).toContain('Records: certificates 1, sites 0, issuers 0')
  expect(report).toMatch(/^Keys: unlocked, 1 sealed, kept in .+, keyring usable, without a passphrase$/mu)
  for (const name of ['Ada', running.home, 'latchkey-e2e']) expect(report).not.toContain(name)
})

test('mistakes of ours leave their kind and place in the log, and nothing of what they say', async () => {
  const { app, page } = running
  const planted = 'planted-in-an-exception'
  await page.evaluate((message) => {
    setTimeout(() => {
      throw new TypeError(message)
    })
    setTimeout(() => void Promise.reject(new RangeError(message)))
  }, planted)
  await app.evaluate((_electron, message) => {
    setTimeout(() => void Promise.reject(new SyntaxError(message)))
  }, planted)
  await expect(() => {
    expect(lines()).toContainEqual(
      expect.objectContaining({ event: 'bug', operation: 'page', errorClass: 'TypeError' }),
    )
    expect(lines()).toContainEqual(
      expect.objectContaining({ event: 'bug', operation: 'page', errorClass: 'RangeError' }),
    )
    expect(lines()).toContainEqual(
      expect.objectContaining({ event: 'bug', operation: 'unhandledRejection', errorClass: 'SyntaxError' }),
    )
  }).toPass()
  expect(logged()).not.toContain(planted)
})

test('a window whose process is gone leaves a line, too', async () => {
  const { app } = running
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
  await expect(() => {
    expect(lines()).toContainEqual(
      expect.objectContaining({ event: 'process-gone', operation: 'window', version: expect.any(String) }),
    )
  }).toPass()
})
