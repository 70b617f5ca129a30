import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { launchApp, newHome, type RunningApp, removeHome } from '../support/app'
import { makeRequest } from './steps'

test.skip(process.platform !== 'linux', 'The folder for downloads is that of a HOME made here.')

const home = newHome()
const [downloads, work] = [join(home, 'Downloads'), join(home, 'work')]
let running: RunningApp
test.beforeAll(async () => {
  for (const folder of [downloads, work]) mkdirSync(folder)
  writeFileSync(join(work, 'notes.txt'), 'no certificate')
  // Where a desktop keeps what its folders are called (xdg-user-dirs).
  mkdirSync(join(home, '.config'))
  writeFileSync(join(home, '.config', 'user-dirs.dirs'), 'XDG_DOWNLOAD_DIR="$HOME/Downloads"\n')
  running = await launchApp({ home })
})
test.afterAll(async () => {
  await running.close()
  removeHome(home)
})

/** Dialogs of both kinds give this file; returns where the last one was to open. */
async function answerWith(path: string): Promise<() => Promise<string | null>> {
  await running.app.evaluate(({ dialog }, file) => {
    const note = (_window: unknown, { defaultPath }: { defaultPath?: string }) => {
      Object.assign(globalThis, { openedIn: defaultPath ?? null })
      return Promise.resolve({ canceled: false, filePaths: [file], filePath: file })
    }
    Object.assign(dialog, { showOpenDialog: note, showSaveDialog: note })
  }, path)
  return async () =>
    z
      .string()
      .nullable()
      .parse(await running.app.evaluate(() => Reflect.get(globalThis, 'openedIn')))
}

async function openFile(): Promise<void> {
  const { page } = running
  await page.getByRole('button', { name: 'I have a file' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

test('dialogs open in Downloads, then where the last one ended, to open and to save', async () => {
  const { page } = running
  const openedIn = await answerWith(join(work, 'notes.txt'))
  await openFile()
  expect(await openedIn()).toBe(downloads)
  await openFile()
  expect(await openedIn()).toBe(work)

  await answerWith(join(downloads, 'ada.csr'))
  await makeRequest(page, 'Ada Lovelace')
  const save = page.getByRole('tabpanel', { name: 'Request' }).getByRole('button', { name: /^Save/u })
  await save.click()
  await expect.poll(openedIn).toBe(join(work, 'ada-lovelace.csr'))
  rmSync(work, { recursive: true })
  await save.click()
  await expect.poll(openedIn).toBe(join(downloads, 'ada-lovelace.csr'))
})
