import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { commandOf, launchApp, newHome, removeHome } from '../support/app'
import { canMount } from '../support/crash'
import { isAccessible } from './looks'
import { makeRequest } from './steps'

/** A folder that cannot be used as it is: the window opens all the same, and says what is wrong with which folder. */

let home: string
let folder: string

test.beforeEach(() => {
  home = newHome()
  folder = join(home, 'latchkey')
  mkdirSync(folder)
})
test.afterEach(() => removeHome(home))

const inside = (name: string) => join(folder, name)
const readOnly = () => `mount --bind '${folder}' '${folder}'\nmount -o remount,bind,ro '${folder}'`
const full = () => `mount -t tmpfs -o size=256k,mode=700 tmpfs '${folder}'
head -c 256k /dev/zero >'${inside('filler')}'`

interface Situation {
  place?(): void
  mounts?(): string
  title?: string
  detail: string
}

const situations: Record<string, Situation> = {
  'a read-only disk': { mounts: readOnly, detail: 'The folder is ~/latchkey. It is on a read-only file system.' },
  'a read-only browser folder': {
    place: () => mkdirSync(inside('browser')),
    mounts: () => readOnly().replaceAll(folder, inside('browser')),
    detail: 'The folder is ~/latchkey/browser. It is on a read-only file system.',
  },
  'a full disk': { mounts: full, title: 'The disk is full.', detail: 'The folder is ~/latchkey' },
  'a file in place of the folder': {
    place() {
      rmSync(folder, { recursive: true })
      writeFileSync(folder, '')
    },
    detail: 'The folder is ~/latchkey. It is a file, not a folder.',
  },
  'a folder in place of the database’s log': {
    place: () => mkdirSync(inside('latchkey.db-wal')),
    detail: '“latchkey.db-wal” in it is a folder, not a file. Move it away.',
  },
  'a file in place of the browser engine’s folder': {
    place: () => writeFileSync(inside('browser'), ''),
    detail: 'The folder is ~/latchkey/browser. It is a file, not a folder.',
  },
  'a folder in place of the browser engine’s lock': {
    place: () => mkdirSync(inside('browser/SingletonLock/x'), { recursive: true }),
    detail: 'The folder is ~/latchkey/browser. The browser engine could not lock it.',
  },
}

for (const [name, { place, mounts, title = 'Latchkey’s folder cannot be used.', detail }] of Object.entries(situations))
  test(`${name} is told in the window`, async () => {
    test.skip(mounts !== undefined && !canMount(), 'Nothing can be mounted here.')
    place?.()
    const { page, close } = await launchApp({ home, ...(mounts === undefined ? {} : { mounts: mounts() }) })
    await expect(page.getByText(title).first()).toBeVisible()
    await expect(page.getByText(detail).first()).toBeVisible()
    await isAccessible(page, 'the refusal')
    await close()
    if (place === undefined) expect(readdirSync(folder)).toEqual([])
  })

test('“Try again” goes on as soon as it is put right', async () => {
  mkdirSync(inside('latchkey.db'))
  const { page, close } = await launchApp({ home })
  await expect(page.getByText('“latchkey.db” in it is a folder').first()).toBeVisible()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('“latchkey.db” in it is a folder').first()).toBeVisible()
  rmSync(inside('latchkey.db'), { recursive: true })
  await page.getByRole('button', { name: 'Try again' }).click()
  await makeRequest(page, 'Ada')
  await close()
})

test('“Try again” opens a database that was restored meanwhile', async () => {
  writeFileSync(inside('latchkey.db'), 'not a database '.repeat(500), { mode: 0o600 })
  const { page, close } = await launchApp({ home })
  await expect(page.getByText('Latchkey’s list of certificates is damaged.').first()).toBeVisible()
  rmSync(inside('latchkey.db'))
  await page.getByRole('button', { name: 'Try again' }).click()
  await makeRequest(page, 'Ada')
  await close()
})

test('whoever starts the window from a terminal reads it there, too', async () => {
  mkdirSync(inside('latchkey.db'))
  const { executable, args, env } = commandOf({ home })
  // It is killed, so its folder for the time being is to go with the home.
  const child = spawn(executable, args, { env: { ...env, TMPDIR: home }, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(child, 'exit')
  let printed = ''
  child.stderr.on('data', (chunk: Buffer) => {
    printed += String(chunk)
  })
  await expect
    .poll(() => printed)
    .toContain(
      'Latchkey: Latchkey’s folder cannot be used. The folder is ~/latchkey. “latchkey.db” in it is a folder, not a file. Move it away. ',
    )
  child.kill('SIGKILL')
  await ended
})
