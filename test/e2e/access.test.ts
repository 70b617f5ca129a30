import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Locator, test } from '@playwright/test'
import { browserIsAsked, launchApp, newHome, type RunningApp, removeHome } from '../support/app'
import { administrator } from '../support/cloudflare/administrator'
import { type CloudflareDouble, startCloudflareDouble } from '../support/cloudflare/double'
import { readPermissions, writePermissions } from '../support/cloudflare/permissions'
import { newCaPem } from '../support/cloudflare/protected-site'
import { findMarkers, text } from '../support/secrets'
import { isAccessible } from './looks'
import { goTo, makeIssuer } from './steps'

/** An administrator in the real window, against the strict double over loopback. */

const home = newHome()
const passphrase = 'correct horse battery staple'
let double: CloudflareDouble
let running: RunningApp
let pem = ''
let readToken = ''
let writeToken = ''

const launch = () => launchApp({ home, environment: { LATCHKEY_TEST: '1', LATCHKEY_CLOUDFLARE_API: double.origin } })

test.beforeAll(async () => {
  double = await startCloudflareDouble()
  pem = await newCaPem(new Date())
  readToken = double.addToken()
  writeToken = double.addToken({ permissions: new Set([...readPermissions, ...writePermissions]) })
  const admin = administrator(double)
  const open = await admin.policy({ name: 'Public files', decision: 'bypass', include: [{ everyone: {} }] })
  await admin.application('files.example.com', [{ id: open, precedence: 1 }])
  running = await launch()
})
test.afterAll(async () => {
  await running.close()
  double.stop()
  removeHome(home)
})

const rowOf = (address: string): Locator =>
  running.page
    .getByRole('listitem')
    .filter({ has: running.page.getByRole('button', { name: `Who gets in to ${address}?` }) })

async function chooseWish(name: string): Promise<Locator> {
  await running.page.getByRole('button', { name: 'Plan a change' }).click()
  await running.page.getByRole('menuitem', { name }).click()
  return running.page.getByRole('dialog')
}

async function applyPlan(...confirmed: string[]): Promise<void> {
  const { page } = running
  for (const name of confirmed) await page.getByLabel(`Type ${name} to confirm`).fill(name)
  await page.getByLabel('Write token').fill(writeToken)
  await page.getByRole('button', { name: /^Apply \d+ changes?$/u }).click()
}

test('what is, what should be, the difference, applied and undone', async () => {
  const { page, app } = running
  await test.step('an empty screen says what is needed, and opens the dashboard’s page of tokens', async () => {
    await goTo(page, 'Access')
    await expect(page.getByRole('heading', { level: 1, name: 'See who gets in' })).toBeVisible()
    await page.getByRole('button', { name: 'Connect to Cloudflare…' }).click()
    const asked = await browserIsAsked(app)
    await page.getByRole('button', { name: 'Open Cloudflare’s token page' }).click()
    await expect.poll(asked).toEqual(['https://dash.cloudflare.com/profile/api-tokens'])
  })

  await test.step('a global key is refused, a token is read with and stored', async () => {
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('API token', { exact: true }).fill(`cfk_${'a'.repeat(40)}`)
    await dialog.getByRole('button', { name: 'Connect' }).click()
    await expect(dialog.getByText('This is not an API token that Latchkey uses.')).toBeVisible()
    await dialog.getByLabel('API token', { exact: true }).fill(readToken)
    await dialog.getByRole('button', { name: 'Connect' }).click()
    await expect(dialog).toBeHidden()
  })

  await test.step('the overview is read only, and everyone is red', async () => {
    await expect(page.getByRole('heading', { level: 1, name: 'Access' })).toBeVisible()
    await expect(page.getByText('Read only')).toBeVisible()
    await expect(rowOf('files.example.com')).toContainText('Everyone, with or without a certificate (Bypass)')
    await isAccessible(page)
  })

  await test.step('a CA and an application are planned in words, and applied with a token that is used once', async () => {
    const dialog = await chooseWish('Protect a site…')
    await dialog.getByLabel('Site').fill('admin.example.com')
    await dialog.getByRole('combobox', { name: 'CA' }).click()
    await page.getByRole('option', { name: 'From a file…' }).click()
    await dialog.getByLabel('Name', { exact: true }).fill('New')
    const file = join(home, 'ca.pem')
    writeFileSync(file, pem)
    await dialog.locator('input[type="file"]').setInputFiles(file)
    await dialog.getByRole('button', { name: 'Plan this change' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Protect admin.example.com' })).toBeVisible()
    await expect(page.getByText(/4 changes at Cloudflare, 1 step on this computer\./u)).toBeVisible()
    await expect(page.getByText('Upload the CA New')).toBeVisible()
    await expect(page.getByText('Access reads no revocation list', { exact: false })).toBeVisible()
    await isAccessible(page)
    expect(double.world.certificates).toEqual([])
    await applyPlan()
    await expect(page.getByText('Every step is done, and Access reports what was written.')).toBeVisible()
    expect(double.world.applications.map(({ fields }) => fields['domain'])).toContain('admin.example.com')
  })

  await test.step('our own change is not reported as somebody else’s, and who gets in is explained', async () => {
    await page.getByRole('button', { name: 'Back to Access' }).click()
    await expect(rowOf('admin.example.com')).toContainText('Any valid certificate')
    await expect(page.getByText('Latchkey did not make these changes.')).toBeHidden()
    await page.getByRole('button', { name: 'Who gets in to admin.example.com?' }).click()
    await expect(page.getByRole('region', { name: 'Answer' })).toContainText('Refused')
    await page.getByRole('button', { name: 'Back to Access' }).click()
  })

  await test.step('what somebody else has changed is counted in the side bar', async () => {
    const entry = page.getByRole('navigation').getByRole('button', { name: 'Access' })
    await expect(entry).toHaveAccessibleName('Access')
    await administrator(double).policy({ name: 'Theirs', include: [{ certificate: {} }] })
    await page.getByRole('button', { name: 'Read again' }).click()
    await expect(entry).toHaveAccessibleName(/^Access 1\s*changed$/u)
  })

  await test.step('it is undone by a plan that asks for the names of what is deleted', async () => {
    await page.getByRole('button', { name: 'Earlier changes' }).click()
    await page.getByRole('menuitem', { name: 'Protect admin.example.com' }).click()
    await page.getByRole('button', { name: 'Undo…' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Undo: Protect admin.example.com' })).toBeVisible()
    const fields = page.getByLabel(/^Type .* to confirm/u)
    for (const field of await fields.all()) {
      const label = (await field.evaluate((one) => (one as HTMLInputElement).labels?.[0]?.textContent)) ?? ''
      await field.fill(/^Type (.*) to confirm/u.exec(label)?.[1] ?? '')
    }
    await applyPlan()
    await expect(page.getByText('Every step is done, and Access reports what was written.')).toBeVisible()
    expect(double.world.certificates).toEqual([])
    expect(double.world.applications.map(({ fields }) => fields['domain'])).toEqual(['files.example.com'])
  })
})

test('a plan whose application is killed waits, and is continued at the next start', async () => {
  const { page } = running
  await page.getByRole('button', { name: 'Back to Access' }).click()
  const dialog = await chooseWish('Block certificates now…')
  await dialog.getByLabel('Names').fill('Jonas Brandt')
  await dialog.getByRole('button', { name: 'Plan this change' }).click()
  await expect(page.getByText('Create the group Latchkey: blocked certificates')).toBeVisible()
  const dying = running.app.process()
  double.upset('POST', '/access/groups', () => void running.kill())
  await applyPlan().catch(() => undefined)
  await expect.poll(() => dying.signalCode ?? dying.exitCode).not.toBeNull()

  running = await launch()
  await goTo(running.page, 'Access')
  await expect(running.page.getByText(/Block Jonas Brandt.* stopped after step 0 of \d/u)).toBeVisible()
  await running.page.getByRole('button', { name: 'Continue or undo…' }).click()
  await running.page.getByLabel('Write token').fill(writeToken)
  await running.page.getByRole('button', { name: 'Continue', exact: true }).click()
  await expect(running.page.getByText('Every step is done, and Access reports what was written.')).toBeVisible()
  expect(double.world.groups).toHaveLength(1)
})

test('in practice, a site is protected from nothing to a certificate that alone is let in', async () => {
  const { page } = running
  const requests = double.journal.length
  await test.step('the practice account is marked, and takes no token', async () => {
    await page.getByRole('button', { name: 'Back to Access' }).click()
    await page.getByRole('button', { name: 'Plan a change' }).click()
    await page.getByRole('menuitem', { name: 'Use the practice account' }).click()
    await expect(page.getByText('Practice account, ')).toBeVisible()
    await expect(page.getByText('This account is on this computer.', { exact: false })).toBeVisible()
  })

  await test.step('its CA is made on the way', async () => {
    const dialog = await chooseWish('Protect a site…')
    await expect(dialog.getByLabel('Site')).toHaveValue('practice.latchkey.localhost')
    await dialog.getByRole('combobox', { name: 'CA' }).click()
    await page.getByRole('option', { name: 'Create an issuer (CA)…' }).click()
    await makeIssuer(page, 'Acme Root', passphrase, null)
    // Whoever stops after the root uses that.
    const setUp = page.getByRole('dialog', { name: 'Set up an issuer in three steps' })
    await expect(setUp.getByRole('button', { name: 'Create the intermediate' })).toBeVisible()
    await setUp.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog.getByRole('combobox', { name: 'CA' })).toHaveValue('Acme Root')
    await dialog.getByLabel('Only certificates with these names').click()
    await dialog.getByLabel('Names', { exact: true }).fill('Ada Lovelace')
    await dialog.getByRole('button', { name: 'Plan this change' }).click()
    await expect(page.getByText(/4 changes to the practice account\./u)).toBeVisible()
    await expect(page.getByLabel('Write token')).toBeHidden()
    await page.getByRole('button', { name: 'Apply 4 changes' }).click()
    await expect(page.getByText('Every step is done, and Access reports what was written.')).toBeVisible()
  })

  await test.step('the first certificate is issued and tested: 403 without it, 200 with it', async () => {
    const proof = page.getByRole('region', { name: 'Test the protection' })
    await expect(proof.getByLabel('Common Name')).toHaveValue('Ada Lovelace')
    await proof.getByLabel('Passphrase of “Acme Root”').fill(passphrase)
    await proof.getByRole('button', { name: 'Issue and test' }).click()
    await expect(proof.getByText('Refused without your certificate, let in with it.')).toBeVisible()
    await isAccessible(page)
    await proof.getByRole('button', { name: 'Show the full report' }).click()
    await expect(page.getByText('403', { exact: false }).first()).toBeVisible()
    await expect(page.getByText('200', { exact: false }).first()).toBeVisible()
  })

  await test.step('Cloudflare was asked nothing, and the account that was open is still there', async () => {
    expect(double.journal).toHaveLength(requests)
    await goTo(page, 'Access')
    await page.getByRole('button', { name: 'Back to Access' }).click()
    await page.getByRole('button', { name: 'Leave' }).click()
    await expect(page.getByText('Acme, ')).toBeVisible()
  })
})

test('the tokens are in no file: log, database, journal or backup', () => {
  const found = findMarkers([home], [text('reading token', readToken), text('writing token', writeToken)])
  expect(found).toEqual([])
  expect(readFileSync(join(home, 'latchkey', 'latchkey.log'), 'utf8')).not.toContain('cfut_')
  expect(running.output()).not.toContain(readToken)
})
