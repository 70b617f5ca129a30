import { expect, type Page, test } from '@playwright/test'
import { issueAsRequested } from '#electron/pki/authority/client'
import { createRoot, type NewAuthority } from '#electron/pki/authority/root'
import { certificatePem } from '#electron/pki/x509/pem'
import { launchApp, newHome, type RunningApp, removeHome } from '../support/app'
import { named } from '../support/certificates'
import { dropFiles } from '../support/drop'
import { type Nginx, startNginx, withoutCookie } from '../support/nginx'
import { certificatesIn, keysIn } from '../support/nss'
import { isAccessible } from './looks'
import { addSite, goTo, makeRequest, runTest, trustServer } from './steps'

/** A certificate that ends soon gives way to a new one, in a real NSS database and on a real server, across restarts. */
const home = newHome()
const name = 'Mira Falk'
const DAY_MS = 86_400_000
let root: NewAuthority
let nginx: Nginx
let running: RunningApp

test.beforeAll(async () => {
  const longAgo = new Date(Date.now() - 200 * DAY_MS)
  root = await createRoot({ subject: named('Acme Root'), algorithm: 'p-256', days: 2000, now: longAgo })
  nginx = await startNginx({ clientCa: certificatePem(root.certificate), locations: withoutCookie })
  running = await launchApp({ home })
})
test.afterAll(async () => {
  await running.close()
  await nginx.stop()
  removeHome(home)
})

async function restart(): Promise<void> {
  await running.close()
  running = await launchApp({ home })
}

const next = (page: Page) => page.getByRole('region', { name: 'What to do next' })
const row = (page: Page, line: RegExp) =>
  page.getByRole('listitem').filter({ hasText: line }).getByRole('button').first()
const stored = () => certificatesIn(home).match(/Mira Falk/gu)?.length ?? 0
const keys = () => keysIn(home).match(/^<\s*\d+>/gmu)?.length ?? 0

/** Signed so many days ago for 212 days: one of 200 days ago has 12 days left. */
async function arrive(page: Page, csr: string, daysAgo: number) {
  const requestDer = Buffer.from(csr.replace(/-----[^-]+-----|\s/gu, ''), 'base64')
  const now = new Date(Date.now() - daysAgo * DAY_MS)
  const issuer = { issuerCertificate: root.certificate, issuerKey: root.pkcs8 }
  const certificate = await issueAsRequested({ ...issuer, requestDer, days: 212, now })
  await dropFiles(page, [{ name: 'client.pem', content: certificatePem(certificate) }])
  return page.getByRole('dialog', { name: 'Certificate added' })
}

test('says what Renew does before it is pressed', async () => {
  const { page } = running
  const added = await arrive(page, await makeRequest(page, name), 200)
  await added.getByRole('button', { name: 'Continue' }).click()
  // Its end comes before everything else, also before an install.
  const place = page.getByRole('region', { name: 'On this computer' })
  await place.getByRole('button', { name: /^Install in/u }).click()
  await expect(place.getByText('Key present')).toBeVisible()
  await addSite(page, `https://access.latchkey.localhost:${nginx.port}/plain`, `127.0.0.1:${nginx.port}`)
  await runTest(page, name, 'Direct')
  await trustServer(page)

  await goTo(page, 'Certificates')
  await expect(next(page)).toContainText(/^Expires on \d+ \w+, in 12 days/u)
  const says = page.getByRole('region', { name: 'What Renew does' })
  await expect(says.getByRole('listitem')).toHaveText([
    'Makes a new key under the same name.',
    'Gives you the request to send to your administrator.',
    'Installs it in the same place.',
    'Tests the same site.',
    'Offers to remove the old one.',
  ])
  await isAccessible(page)
})

let csr: string
test('requests a replacement, and both certificates say so, also after a restart', async () => {
  await next(running.page).getByRole('button', { name: 'Renew', exact: true }).click()
  await expect(next(running.page)).toContainText('Your private key stays here; send only this request.')
  await running.page.getByRole('tab', { name: 'Request' }).click()
  csr = (await running.page.getByText('-----BEGIN CERTIFICATE REQUEST-----').textContent()) ?? ''
  await restart()
  const { page } = running
  await row(page, /Replacement requested/u).click()
  await expect(next(page)).toContainText('Replacement requested on')
  await expect(next(page)).toContainText(/^Expires on/u)
  await isAccessible(page)
  await next(page).getByRole('button', { name: 'Open the request' }).click()
  await expect(next(page)).toContainText('Your private key stays here; send only this request.')
})

test('goes on where it stands after a restart, installs the new one where the old one is and tests it there', async () => {
  const added = await arrive(running.page, csr, 100)
  await expect(added.getByText(/It replaces “Mira Falk” that is valid until/u)).toBeVisible()
  await expect(added.getByRole('button', { name: 'Install and test' })).toBeFocused()
  await restart()
  const { page } = running
  await row(page, /Ready to install/u).click()
  await expect(next(page)).toContainText('Put it in the place of “Mira Falk”')
  await expect(next(page)).toContainText('Installed in 0 of 1 place. Works on 0 of 1 site.')
  expect([stored(), keys()]).toEqual([1, 1])
  await next(page).getByRole('button', { name: 'Install and test' }).click()
  await expect(next(page)).toContainText('The new certificate works')
  await expect(next(page)).toContainText('Installed in 1 of 1 place. Works on 1 of 1 site.')
  expect([stored(), keys()]).toEqual([2, 2])
  await isAccessible(page)
})

test('then offers to remove the old one everywhere', async () => {
  const { page } = running
  await next(page).getByRole('button', { name: 'Remove the old one…' }).click()
  const question = page.getByRole('dialog', { name: 'Remove the old “Mira Falk” everywhere?' })
  await expect(question).toContainText('the old certificate and its key in Chrome and Chromium')
  await question.getByRole('checkbox').check()
  await isAccessible(page)
  await question.getByRole('button', { name: 'Remove' }).click()
  await expect(question).toBeHidden()
  expect([stored(), keys()]).toEqual([1, 1])
  await expect(page.getByRole('region', { name: 'List of certificates' }).getByRole('listitem')).toHaveCount(1)
  await expect(page.getByText('Works on', { exact: false }).or(page.getByText('Working')).first()).toBeVisible()
})

test('with the same key, from the menu', async () => {
  const { page } = running
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Renew…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Renew “Mira Falk”' })
  await dialog.getByRole('radio', { name: 'The same key' }).check()
  await expect(dialog).toContainText('Makes a request with the same key and name.')
  await isAccessible(page)
  await dialog.getByRole('button', { name: 'Renew' }).click()
  await expect(dialog).toBeHidden()
  await expect(row(page, /Replacement requested/u)).toBeVisible()
  await page.getByRole('tab', { name: 'Request' }).click()
  const request = (await page.getByText('-----BEGIN CERTIFICATE REQUEST-----').textContent()) ?? ''
  const added = await arrive(page, request, 0)
  await added.getByRole('button', { name: 'Install and test' }).click()
  await expect(next(page)).toContainText('The new certificate works')
  expect([stored(), keys()]).toEqual([2, 1])
  await next(page).getByRole('button', { name: 'Remove the old one…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  expect([stored(), keys()]).toEqual([1, 1])
})
