import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { MAX_SETUP_LINK } from '#shared/logic/setup-file'
import { commandOf, launchApp, newHome, type RunningApp, removeHome, saveDialogsTo } from '../support/app'
import { dropFiles } from '../support/drop'
import { isPartOfToday, partOfToday } from '../support/rounds'
import { goTo } from './steps'

/** From an administrator's window to the request of somebody else, and what a second start may bring. */
test.describe.configure({ mode: 'serial' })

const folder = newHome()
let file: Buffer
let link: string
let code: string
test.afterAll(async () => {
  await holder.close()
  removeHome(holder.home)
  removeHome(folder)
})

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Set-up file' })

let holder: RunningApp

test('an administrator makes a file and a link', async () => {
  holder = await launchApp()
  const { app, page } = holder
  await saveDialogsTo(app, folder)
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Make a set-up file…' }).click()
  const ask = page.getByRole('dialog', { name: 'Make a set-up file' })
  await ask.getByLabel('From').fill('Acme IT')
  await ask.getByLabel('Sites').fill('admin.example.com\nhttps://wiki.example.com/start')
  await ask.getByLabel('Common Name').fill('{name} (Acme)')
  await ask.getByRole('combobox', { name: 'Key type' }).click()
  await page.getByRole('option', { name: /^EC P-256/u }).click()
  await ask.getByLabel('Where the request goes').fill('it@example.com')
  await ask.getByRole('button', { name: 'Sign and save…' }).click()
  await expect(ask.getByText(/^Saved as .*\.latchkey\.$/u)).toBeVisible()
  code = (await ask.getByText(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/u).textContent()) ?? ''
  await ask.getByRole('button', { name: 'Copy the link' }).click()
  await expect(ask.getByRole('button', { name: 'Copied' })).toBeVisible()
  link = await app.evaluate(({ clipboard }) => clipboard.readText())
  const name = readdirSync(folder).find((one) => one.endsWith('.latchkey')) ?? ''
  file = readFileSync(join(folder, name))
  await ask.getByRole('button', { name: 'Done' }).click()
})

/** The same computer: whoever has made a file has not compared its code. */
test('the holder compares the code, and gets the sites and a request that is filled in', async () => {
  const { page } = holder
  await dropFiles(page, [{ name: 'acme.latchkey', content: file }])
  await expect(dialog(page).getByText('Not verified yet')).toBeVisible()
  await expect(dialog(page).getByText(code)).toBeVisible()
  // Nothing happens before the person agrees.
  await expect(dialog(page).getByRole('button', { name: 'Continue' })).toBeDisabled()
  await dialog(page).getByRole('checkbox', { name: 'My administrator told me this code' }).check()
  await dialog(page).getByRole('button', { name: 'Continue' }).click()
  const ask = page.getByRole('dialog', { name: 'New certificate' })
  await expect(ask.getByLabel('Common Name')).toHaveValue(/\(Acme\)$/u)
  await expect(ask.getByRole('combobox', { name: 'Key type' })).toHaveValue(/^EC P-256/u)
  await expect(ask.getByText('Filled in by the set-up file of “Acme IT”', { exact: false })).toBeVisible()
  await ask.getByLabel('Common Name').fill('Ada Lovelace')
  await ask.getByRole('button', { name: 'Create key and request' }).click()
  await expect(page.getByText('Send the request to: it@example.com', { exact: false })).toBeVisible()
  await goTo(page, 'Sites')
  const sites = page.getByRole('region', { name: 'Sites' })
  for (const site of ['admin.example.com', 'wiki.example.com/start']) await expect(sites.getByText(site)).toBeVisible()
})

/** A second start, as the system's handler makes it; whether it ended by itself, and the first one is still there. */
async function startAgain(...args: string[]): Promise<void> {
  const { executable, args: own, env } = commandOf({ home: holder.home, args })
  const second: ChildProcess = spawn(executable, own, { env, stdio: 'ignore' })
  await once(second, 'exit')
  expect(holder.app.process().exitCode).toBe(null)
}

const damaged = (page: Page) => page.getByText('This set-up file is damaged.', { exact: false })

test('a link in a second start is reviewed, and its key is known by now', async () => {
  const { page } = holder
  await startAgain('--', link)
  await expect(dialog(page).getByText('Verified: you have compared the code of this key before.')).toBeVisible()
  await expect(dialog(page).getByText('https://admin.example.com/ (already in your list)')).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

const notAllowed = (page: Page) => page.getByText('This set-up file asks for more than it may.', { exact: false })

const hostile: [string, () => string[], (page: Page) => Locator][] = [
  ['a link with a changed letter', () => ['--', link.replace(/.$/u, (last) => (last === 'A' ? 'B' : 'A'))], damaged],
  ['a link with an option in it', () => ['--', 'latchkey://setup#AAAA --inspect=0'], damaged],
  ['a link to fetch from', () => ['--', 'latchkey://setup?url=https://127.0.0.1/setup.latchkey'], damaged],
  [
    'a link with files behind it',
    () => ['--', 'latchkey://setup#AAAA', String.raw`\\127.0.0.1\share\a.p12`, '/etc/passwd'],
    damaged,
  ],
  ['a link that is too long', () => ['--', `latchkey://setup#${'A'.repeat(MAX_SETUP_LINK)}`], notAllowed],
]

for (const [what, args, seen] of partOfToday(hostile, 5))
  test(`${what} is refused in sight, and nothing else happens`, async () => {
    const { page } = holder
    await startAgain(...args())
    await expect(seen(page)).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

test('a link that is longer than one process can tell another starts nothing, and the first one goes on', async () => {
  test.skip(!isPartOfToday(0, 2), 'on another day')
  await startAgain('--', `latchkey://setup#${'A'.repeat(100_000)}`)
  await startAgain('--', link)
  await expect(dialog(holder.page)).toBeVisible()
  await dialog(holder.page).getByRole('button', { name: 'Cancel' }).click()
})

test('an option behind -- is a file that is not there, and the app goes on', async () => {
  test.skip(!isPartOfToday(1, 2), 'on another day')
  const { page } = holder
  await startAgain('--', '--inspect=0')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
})
