import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Locator, test } from '@playwright/test'
import { openLocalDatabase } from '#electron/database/local'
import { issueAsRequested } from '#electron/pki/authority/client'
import { certificatePem } from '#electron/pki/x509/pem'
import { IssuedPage } from '#shared/model/authority'
import { toInstant } from '#shared/model/ids'
import { browserIsAsked, launchApp, newHome, type RunningApp, removeHome, untilKilled } from '../support/app'
import { derOf, makeSmallPki } from '../support/certificates'
import { administrator } from '../support/cloudflare/administrator'
import { type CloudflareDouble, startCloudflareDouble } from '../support/cloudflare/double'
import { readPermissions, writePermissions } from '../support/cloudflare/permissions'
import { newCaPem } from '../support/cloudflare/protected-site'
import { dropFiles } from '../support/drop'
import { isPartOfToday } from '../support/rounds'
import { findMarkers, text } from '../support/secrets'
import { isAccessible } from './looks'
import { goTo, makeIssuer, makeRequest } from './steps'

/** An administrator in the real window, against the strict double over loopback. */

const home = newHome()
const passphrase = 'correct horse battery staple'
let double: CloudflareDouble
let running: RunningApp
let pem = ''
let readToken = ''
let writeToken = ''

/** Cloudflare's own variables, none of which has a say in the window. */
const planted = {
  CLOUDFLARE_BASE_URL: 'http://127.0.0.1:9',
  CLOUDFLARE_API_TOKEN: `cfut_${'planted'.repeat(6)}`,
  CLOUDFLARE_API_KEY: 'planted-key',
  CLOUDFLARE_EMAIL: 'planted@example.com',
  CLOUDFLARE_API_USER_SERVICE_KEY: 'planted-service-key',
  CLOUDFLARE_LOG: 'debug',
  CLOUDFLARE_CUSTOM_HEADERS: 'x-planted: planted',
}

const launch = (environment: Record<string, string> = {}) =>
  launchApp({
    home,
    environment: { ...planted, LATCHKEY_TEST: '1', LATCHKEY_CLOUDFLARE_API: double.origin, ...environment },
  })

test.beforeAll(async () => {
  double = await startCloudflareDouble()
  pem = await newCaPem(new Date())
  readToken = double.addToken()
  writeToken = double.addToken({ permissions: new Set([...readPermissions, ...writePermissions]) })
  const admin = administrator(double)
  const open = await admin.policy({ name: 'Public files', decision: 'bypass', include: [{ everyone: {} }] })
  double.world.webhooks.push({ id: 'b'.repeat(32), fields: { name: 'Team chat' } })
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

async function openEarlierChange(title: string): Promise<void> {
  await running.page.getByRole('button', { name: 'Earlier changes' }).click()
  await running.page.getByRole('menuitem', { name: title }).click()
}

/** What the plan on the screen asks to be typed. */
async function namesToType(): Promise<string[]> {
  const labels = await running.page.getByText(/^Type .* to confirm/u).allTextContents()
  return labels.flatMap((label) => /^Type (.*) to confirm/u.exec(label)?.[1] ?? [])
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
    await expect(page.getByText('Every step is done. Access reported back what was written.')).toBeVisible()
    expect(double.world.applications.map(({ fields }) => fields['domain'])).toContain('admin.example.com')
  })

  await test.step('our own change is not reported as somebody else’s, and who gets in is explained', async () => {
    await page.getByRole('button', { name: 'Back to Access' }).click()
    await expect(rowOf('admin.example.com')).toContainText('Any valid certificate')
    await expect(page.getByText('Latchkey has no record of making these changes.')).toBeHidden()
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

  await test.step('Cloudflare’s own warning before a CA expires is added by a plan, and tested', async () => {
    await page.getByRole('tab', { name: /^Expiry alerts/u }).click()
    await page.getByRole('button', { name: 'Add an alert…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('E-mail addresses').fill('pki@example.com')
    await dialog.getByRole('checkbox', { name: 'Team chat' }).check()
    await dialog.getByRole('button', { name: 'Plan this change' }).click()
    await expect(page.getByText('Create the expiry alert Access mTLS certificates expire')).toBeVisible()
    await expect(page.getByText('On, to pki@example.com and the webhook Team chat.', { exact: false })).toBeVisible()
    await applyPlan()
    await expect(page.getByText('Every step is done. Access reported back what was written.')).toBeVisible()
    await page.getByRole('button', { name: 'Back to Access' }).click()
    await page.getByRole('button', { name: /^Send a test…/u }).click()
    await dialog.getByLabel('Write token').fill(writeToken)
    await dialog.getByRole('button', { name: 'Send a test', exact: true }).click()
    await expect(dialog.getByText('Cloudflare accepted the test;', { exact: false })).toBeVisible()
    await isAccessible(page)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
  })

  await test.step('the warning is undone as well', async () => {
    expect(double.world.alerts).toHaveLength(1)
    await openEarlierChange('Warn pki@example.com and Team chat before a CA expires')
    await page.getByRole('button', { name: 'Undo…' }).click()
    await expect(page.getByText('Delete the expiry alert Access mTLS certificates expire')).toBeVisible()
    await applyPlan(...(await namesToType()))
    await expect(page.getByText('Every step is done. Access reported back what was written.')).toBeVisible()
    expect(double.world.alerts).toEqual([])
    await page.getByRole('button', { name: 'Back to Access' }).click()
    await page.getByRole('tab', { name: /^Expiry alerts/u }).click()
    await expect(page.getByText('Cloudflare warns nobody before an uploaded CA expires.')).toBeVisible()
    await page.getByRole('tab', { name: /^Hostnames/u }).click()
  })

  await test.step('it is undone by a plan that asks for the names of what is deleted', async () => {
    await openEarlierChange('Protect admin.example.com')
    await page.getByRole('button', { name: 'Undo…' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Undo: Protect admin.example.com' })).toBeVisible()
    await applyPlan(...(await namesToType()))
    await expect(page.getByText('Every step is done. Access reported back what was written.')).toBeVisible()
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
  double.upset('POST', '/access/groups', () => void running.kill())
  await untilKilled(running, () => applyPlan())

  running = await launch()
  await goTo(running.page, 'Access')
  await expect(running.page.getByText(/Block Jonas Brandt.* stopped after step 0 of \d/u)).toBeVisible()
  await running.page.getByRole('button', { name: 'Continue or undo…' }).click()
  await running.page.getByLabel('Write token').fill(writeToken)
  await running.page.getByRole('button', { name: 'Continue', exact: true }).click()
  await expect(running.page.getByText('Every step is done. Access reported back what was written.')).toBeVisible()
  expect(double.world.groups).toHaveLength(1)
})

/** Latchkey ends and is started again at part of the steps each day, in soak at all of them, and leads on from there. */
async function restart(
  step: number,
  sentence: string | RegExp,
  environment: Record<string, string> = {},
): Promise<void> {
  if (!isPartOfToday(step, 3) && Object.keys(environment).length === 0) return
  await running.close()
  await relaunchAndContinue(sentence, environment)
}

async function relaunchAndContinue(sentence: string | RegExp, environment: Record<string, string> = {}): Promise<void> {
  running = await launch(environment)
  await goTo(running.page, 'Access')
  const notice = running.page.getByRole('status').filter({ hasText: sentence })
  await notice.getByRole('button', { name: 'Continue' }).click()
}

async function issuedCertificates(): Promise<string[]> {
  const database = openLocalDatabase(join(home, 'latchkey'))
  const now = toInstant(new Date())
  if (now === null) throw new Error('The clock has no time.')
  const { rows } = await database.issued.list(IssuedPage.parse({ authority: null }), { now, soon: now })
  await database.close()
  return rows.map(({ commonName }) => commonName)
}

const applied = 'practice.latchkey.localhost in the practice account is applied.'

/** Moments of the first certificate at which Latchkey is killed, and how many of its four steps are done at the next start. */
const firstCertificate = [
  { moment: 'request:finished', done: 1 },
  { moment: 'issue:recorded', done: 1 },
  { moment: 'install:store-noted', done: 2 },
]

async function issueAndTest(): Promise<void> {
  const proof = running.page.getByRole('region', { name: 'Test the protection' })
  await expect(proof.getByLabel('Common Name')).toHaveValue('Ada Lovelace')
  await proof.getByLabel('Install it on this computer for browsers').check()
  const typed = proof.getByLabel('Passphrase of “Acme Root”')
  if (await typed.isVisible()) await typed.fill(passphrase)
  await proof.getByRole('button', { name: 'Issue and test' }).click()
}

test('in practice, a site is protected from nothing to a certificate that alone is let in, over restarts', async () => {
  const writes = () => double.journal.filter(({ method }) => method !== 'GET').length
  const written = writes()
  await test.step('the practice account is marked, and takes no token', async () => {
    const { page } = running
    await page.getByRole('button', { name: 'Back to Access' }).click()
    await page.getByRole('button', { name: 'Plan a change' }).click()
    await page.getByRole('menuitem', { name: 'Use the practice account' }).click()
    await expect(page.getByText('Practice account, ')).toBeVisible()
    await expect(page.getByText('This account is on this computer.', { exact: false })).toBeVisible()
  })

  await test.step('its CA is made on the way, and what is filled in is there again', async () => {
    const { page } = running
    const dialog = await chooseWish('Protect a site…')
    await expect(dialog.getByLabel('Site')).toHaveValue('practice.latchkey.localhost')
    await dialog.getByLabel('Only certificates with these names').click()
    await dialog.getByLabel('Names', { exact: true }).fill('Ada Lovelace')
    await dialog.getByRole('combobox', { name: 'CA' }).click()
    await page.getByRole('option', { name: 'Create an issuer (CA)…' }).click()
    await makeIssuer(page, 'Acme Root', passphrase, null)
    // Whoever stops after the root uses that.
    const setUp = page.getByRole('dialog', { name: 'Set up an issuer in three steps' })
    await expect(setUp.getByRole('button', { name: 'Create the intermediate' })).toBeVisible()
    await setUp.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog.getByRole('combobox', { name: 'CA' })).toHaveValue('Acme Root')
    await restart(0, 'You began to protect practice.latchkey.localhost in the practice account.')
  })

  await test.step('its plan is made, and made again', async () => {
    const dialog = running.page.getByRole('dialog')
    await expect(dialog.getByRole('combobox', { name: 'CA' })).toHaveValue('Acme Root')
    await expect(dialog.getByLabel('Names', { exact: true })).toHaveValue('Ada Lovelace')
    await dialog.getByRole('button', { name: 'Plan this change' }).click()
    await expect(running.page.getByText(/4 changes to the practice account\./u)).toBeVisible()
    await restart(1, 'You planned to protect practice.latchkey.localhost in the practice account.')
    await expect(running.page.getByText(/4 changes to the practice account\./u)).toBeVisible()
    await expect(running.page.getByLabel('Write token')).toBeHidden()
  })

  await test.step('it is applied, and continued where Latchkey was killed', async () => {
    const isKilled = isPartOfToday(2, 3)
    if (isKilled)
      await restart(2, 'You planned to protect practice.latchkey.localhost', {
        LATCHKEY_FAIL_POINT: 'access:settled-1',
      })
    const apply = () => running.page.getByRole('button', { name: 'Apply 4 changes' }).click()
    if (!isKilled) await apply()
    else {
      await untilKilled(running, apply)
      await relaunchAndContinue('practice.latchkey.localhost in the practice account stopped after step 2 of 4.')
      await running.page.getByRole('button', { name: 'Continue', exact: true }).click()
    }
    await expect(running.page.getByText('Every step is done. Access reported back what was written.')).toBeVisible()
    await restart(3, applied)
  })

  await test.step('the first certificate is issued and tested: 403 without it, 200 with it', async () => {
    for (const [index, { moment, done }] of firstCertificate.entries()) {
      if (!isPartOfToday(index, firstCertificate.length)) continue
      await restart(4, applied, { LATCHKEY_FAIL_POINT: moment })
      await untilKilled(running, issueAndTest)
      await relaunchAndContinue(applied)
      const steps = running.page.getByRole('list', { name: 'What was done' }).getByRole('listitem')
      await expect(steps.locator('[aria-label="Done"]')).toHaveCount(done)
    }
    await issueAndTest()
    const { page } = running
    const proof = page.getByRole('region', { name: 'Test the protection' })
    await expect(proof.getByText('Refused without your certificate, let in with it.')).toBeVisible()
    await expect(proof.getByRole('listitem').locator('[aria-label="Done"]')).toHaveCount(4)
    await isAccessible(page)
    expect(await issuedCertificates()).toEqual(['Ada Lovelace'])
  })

  await test.step('the proof is there again, with its report', async () => {
    if (isPartOfToday(4, 3)) {
      await running.close()
      running = await launch()
      await goTo(running.page, 'Access')
      await running.page.getByRole('button', { name: 'Plan a change' }).click()
      await running.page.getByRole('menuitem', { name: 'Use the practice account' }).click()
      await expect(running.page.getByText('Practice account, ')).toBeVisible()
      await expect(running.page.getByRole('button', { name: 'Continue' })).toBeHidden()
      await running.page.getByRole('button', { name: 'Earlier changes' }).click()
      await running.page.getByRole('menuitem', { name: 'Protect practice.latchkey.localhost' }).click()
    }
    const { page } = running
    const proof = page.getByRole('region', { name: 'Test the protection' })
    await expect(proof.getByText('Refused without your certificate, let in with it.')).toBeVisible()
    await proof.getByRole('button', { name: 'Show the full report' }).click()
    await expect(page.getByText('403', { exact: false }).first()).toBeVisible()
    await expect(page.getByText('200', { exact: false }).first()).toBeVisible()
  })

  await test.step('nothing was written at Cloudflare, and the account that was open is still there', async () => {
    const { page } = running
    expect(writes()).toBe(written)
    await goTo(page, 'Access')
    await page.getByRole('button', { name: 'Back to Access' }).click()
    await page.getByRole('button', { name: 'Leave' }).click()
    await expect(page.getByText('Acme, ')).toBeVisible()
  })
})

test('in practice, a CA is rolled over in four steps, of which each start knows the next', async () => {
  const next = await makeSmallPki(new Date())
  const nextChain = [next.intermediate, next.root].map(({ certificate }) => certificatePem(certificate)).join('')
  const practise = async () => {
    await goTo(running.page, 'Access')
    await running.page.getByRole('button', { name: 'Plan a change' }).click()
    await running.page.getByRole('menuitem', { name: 'Use the practice account' }).click()
    await expect(running.page.getByText('Practice account, ')).toBeVisible()
  }
  /** Where it does not run any more. */
  const startPracticeSite = async () => {
    const { page } = running
    await page.getByRole('button', { name: 'Practice site' }).click()
    const [start, stop] = ['Start the site', 'Stop the site'].map((name) => page.getByRole('button', { name }))
    if (start === undefined || stop === undefined) throw new Error('Each has a button.')
    await expect(start.or(stop)).toBeVisible()
    if (await start.isVisible()) await start.click()
    await expect(stop).toBeVisible()
    await goTo(page, 'Access')
  }
  const steps = () => running.page.getByRole('main').getByRole('listitem')
  const stepOf = (number: number) => steps().filter({ hasText: new RegExp(`^${number}`, 'u') })
  const apply = async (...confirmed: string[]) => {
    const { page } = running
    for (const name of confirmed) await page.getByLabel(`Type ${name} to confirm`).fill(name)
    await page.getByRole('button', { name: /^Apply \d+ changes?$/u }).click()
    await expect(page.getByText('Every step is done. Access reported back what was written.')).toBeVisible()
    await page.getByRole('button', { name: 'Show the steps of the roll-over' }).click()
  }

  await test.step('somebody has a certificate of the new CA as well', async () => {
    const { page } = running
    await goTo(page, 'Certificates')
    const leaf = await issueAsRequested({
      requestDer: derOf(Buffer.from(await makeRequest(page, 'Ada Lovelace'))),
      issuerCertificate: next.intermediate.certificate,
      issuerKey: next.intermediate.pkcs8,
      days: 20,
      now: new Date(),
    })
    await dropFiles(page, [{ name: 'client.pem', content: certificatePem(leaf) + nextChain }])
    await page.getByRole('dialog', { name: 'Certificate added' }).getByRole('button', { name: 'Continue' }).click()
  })

  await test.step('the new CA joins the old one, and a certificate of each is let in', async () => {
    const { page } = running
    await practise()
    await startPracticeSite()
    const dialog = await chooseWish('Roll a CA over…')
    await dialog.getByRole('combobox', { name: 'CA to replace' }).click()
    await page.getByRole('option', { name: 'Acme Root' }).click()
    await dialog.getByRole('combobox', { name: 'New CA' }).click()
    await page.getByRole('option', { name: 'From a file…' }).click()
    await dialog.getByLabel('Name', { exact: true }).fill('Acme G2')
    const file = join(home, 'next.pem')
    writeFileSync(file, nextChain)
    await dialog.locator('input[type="file"]').setInputFiles(file)
    await dialog.getByRole('button', { name: 'Plan this change' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Put the CA Acme G2 beside Acme Root' })).toBeVisible()
    await apply()
    await expect(page.getByRole('heading', { level: 1, name: 'Roll Acme Root over to Acme G2' })).toBeVisible()
    await expect(stepOf(1)).toContainText('Done')
    await expect(stepOf(4).getByRole('button')).toBeHidden()
    await page.getByRole('button', { name: 'Test both now' }).click()
    await expect(page.getByText(/^2 of 2 tests let in, tested /u)).toBeVisible()
    await isAccessible(page)
  })

  await test.step('the next start finds the step by the account and the journal', async () => {
    await running.close()
    running = await launch()
    await practise()
    const { page } = running
    await expect(page.getByText(/Acme Root is being rolled over to Acme G2: step 2 of 4 is next\./u)).toBeVisible()
    await startPracticeSite()
    await page.getByRole('button', { name: 'Show the steps' }).click()
    await expect(page.getByText(/^2 of 2 tests let in, tested /u)).toBeVisible()
    await expect(stepOf(2).getByRole('button', { name: 'Test again' })).toBeVisible()
  })

  await test.step('the old one is taken off after a test of both, and then deleted', async () => {
    const { page } = running
    await stepOf(3).getByRole('button', { name: 'Plan this step' }).click()
    await apply('practice.latchkey.localhost')
    await expect(stepOf(3)).toContainText('is on no hostname any more')
    await stepOf(4).getByRole('button', { name: 'Plan this step' }).click()
    await apply('Acme Root')
    await expect(page.getByText('The roll-over is done.', { exact: false })).toBeVisible()
    await page.getByRole('button', { name: 'Back to Access' }).click()
    await page.getByRole('tab', { name: /^CAs/u }).click()
    await expect(page.getByRole('table', { name: 'CAs' }).getByRole('row')).toHaveCount(2)
    await expect(page.getByText('is being rolled over', { exact: false })).toBeHidden()
  })
})

test('the tokens are in no file: log, database, journal or backup', () => {
  const found = findMarkers([home], [text('reading token', readToken), text('writing token', writeToken)])
  expect(found).toEqual([])
  expect(readFileSync(join(home, 'latchkey', 'latchkey.log'), 'utf8')).not.toContain('cfut_')
  expect(running.output()).not.toContain(readToken)
  expect(JSON.stringify(double.journal)).not.toContain('planted')
})
