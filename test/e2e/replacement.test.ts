import { expect, type Page, test } from '@playwright/test'
import { launchApp, openDialogsGive, type RunningApp, removeHome } from '../support/app'
import { dropFiles } from '../support/drop'
import { type Nginx, startNginx, withoutCookie } from '../support/nginx'
import { type Walkthrough, walkThrough } from '../support/openssl'
import { isAccessible } from './looks'
import { addSite, goTo, runTest, trustServer, verdictOf } from './steps'

/** A site refuses the certificate. The card’s button leads to one that it takes, and the site is tested again. */
let walk: Walkthrough
let nginx: Nginx
let running: RunningApp

test.beforeAll(async () => {
  walk = await walkThrough()
  nginx = await startNginx({ clientCa: walk.rootPem, locations: withoutCookie })
  const own = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    'own.key',
    '-out',
    'own.pem',
  ]
  await walk.openssl('req', '-x509', ...own, '-subj', '/CN=Mira Falk', '-addext', 'basicConstraints=critical,CA:FALSE')
  running = await launchApp()
})
test.afterAll(async () => {
  await running.close()
  await Promise.all([nginx.stop(), walk.remove()])
  removeHome(running.home)
})

const letIn = 'Refused without your certificate, let in with it.'
/** The button of the card is the only one that stands out. */
const isOneStep = (page: Page) =>
  expect(page.getByRole('region', { name: 'Site', exact: true }).locator('button[data-variant="filled"]')).toHaveCount(
    1,
  )
const replace = (page: Page) => page.getByRole('button', { name: 'Replace and test again' })

async function addCertificate(
  page: Page,
  names: string[],
  next: string | RegExp = 'Continue',
  from = walk,
): Promise<void> {
  await dropFiles(page, await Promise.all(names.map(async (name) => ({ name, content: await from.read(name) }))))
  const added = page.getByRole('dialog', { name: 'Certificate added' })
  await added.getByRole('button', { name: next }).click()
  await expect(added).toBeHidden()
}

test('a replacement is requested, and the site is tested as soon as it is there', async () => {
  const { page } = running
  await addCertificate(page, ['own.pem', 'own.key'])
  await addSite(page, `https://access.latchkey.localhost:${nginx.port}/plain`, `127.0.0.1:${nginx.port}`)
  await runTest(page, 'Mira Falk', 'Direct')
  await trustServer(page)
  await expect(verdictOf(page)).toContainText('self-signed')
  await isOneStep(page)

  await replace(page).click()
  const dialog = page.getByRole('dialog', { name: 'Replace “Mira Falk”' })
  await expect(dialog.getByText('No other certificate on this computer fits this site')).toBeVisible()
  await isAccessible(page)
  await dialog.getByRole('button', { name: 'Request a replacement' }).click()
  const request = page.getByRole('dialog', { name: 'New certificate' })
  await expect(request.getByLabel('Common Name')).toHaveValue('Mira Falk')
  await request.getByRole('button', { name: 'Create key and request' }).click()
  await expect(request).toBeHidden()
  await page.getByRole('tab', { name: 'Request' }).click()
  const csr = (await page.getByText('-----BEGIN CERTIFICATE REQUEST-----').textContent()) ?? ''

  await goTo(page, 'Sites')
  await expect(page.getByText('A replacement has been requested.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Open the request' })).toBeVisible()
  await isOneStep(page)

  await walk.write('new.pem', (await walk.issue(csr)) + walk.intermediatePem)
  await addCertificate(page, ['new.pem'], /^Test access\.latchkey/u)
  await expect(verdictOf(page)).toContainText(letIn)
  await expect(page.getByText('A replacement has been requested.')).toBeHidden()
})

test('another certificate that is here already is used at once', async () => {
  const { page } = running
  // The older one of the same name is the second of the list.
  await page.getByRole('combobox', { name: 'Certificate' }).click()
  await page
    .getByRole('option', { name: /Mira Falk/u })
    .last()
    .click()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(verdictOf(page)).toContainText('self-signed')
  await replace(page).click()
  const dialog = page.getByRole('dialog', { name: 'Replace “Mira Falk”' })
  await expect(dialog.getByRole('radio', { name: 'Mira Falk' })).toBeChecked()
  await isAccessible(page)
  await dialog.getByRole('button', { name: 'Use it and test again' }).click()
  await expect(verdictOf(page)).toContainText(letIn)
})

test('issuers that were not sent are added from a file, and the site is tested again', async () => {
  const { page, app } = running
  const other = await walkThrough()
  const strict = await startNginx({ clientCa: other.rootPem, locations: withoutCookie })
  try {
    await addCertificate(page, ['client.pem', 'client.key'], 'Continue', other)
    await addSite(page, `https://access.latchkey.localhost:${strict.port}/plain`, `127.0.0.1:${strict.port}`)
    await runTest(page, 'John Doe', 'Direct')
    await trustServer(page)
    await expect(verdictOf(page)).toContainText('intermediate was not sent')
    await isOneStep(page)
    await openDialogsGive(app, [other.path('ca-chain.pem')])
    await page.getByRole('button', { name: 'Add the issuers and test again' }).click()
    const added = page.getByRole('dialog', { name: 'Issuers added' })
    await expect(added.getByText('“John Doe”')).toBeVisible()
    await isAccessible(page)
    await added.getByRole('button', { name: 'Done' }).click()
    await expect(verdictOf(page)).toContainText(letIn)
  } finally {
    await Promise.all([strict.stop(), other.remove()])
  }
})
