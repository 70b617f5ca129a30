import { execFileSync } from 'node:child_process'
import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp, removeHome } from '../support/app'
import { dropFiles } from '../support/drop'
import { certificatesIn, keysIn, nssFolder } from '../support/nss'
import { type CertificateSigner, opensslSigner } from '../support/signers'
import { fitsSideways, inEveryLook, isAccessible } from './looks'
import { actByPalette, goTo, installOnThisComputer, makeRequest } from './steps'

/** A certificate that is renewed with the same key and then removed: nothing of the key is left in the browser. */
let running: RunningApp
let signer: CertificateSigner
let csr: string

test.beforeAll(async () => {
  signer = await opensslSigner()
  running = await launchApp()
  csr = await makeRequest(running.page, 'Ada Lovelace')
})
test.afterAll(async () => {
  await running.close()
  await signer.remove()
  removeHome(running.home)
})

async function importIssued(): Promise<void> {
  const { page } = running
  await dropFiles(page, [{ name: 'client.pem', content: (await signer.sign(csr)) + signer.issuersPem }])
  const imported = page.getByRole('dialog', { name: 'Certificate added' })
  await imported.getByRole('button', { name: 'Continue' }).click()
  await expect(imported).toBeHidden()
}

const place = () => running.page.getByRole('region', { name: 'On this computer' })
const question = () => running.page.getByRole('dialog', { name: /^Remove “Ada Lovelace” from/u })

test('a renewed certificate is not called installed while the browser has the earlier one', async () => {
  await importIssued()
  await installOnThisComputer(running.page)
  await importIssued()
  await expect(place().getByText('Earlier certificate', { exact: true })).toBeVisible()
  await expect(running.page.getByText('The earlier certificate stays beside it.')).toBeVisible()
  await installOnThisComputer(running.page)
  await expect(place().getByText('Also there, of the same key')).toBeVisible()
  expect(certificatesIn(running.home).match(/Ada Lovelace/gu)).toHaveLength(2)
})

inEveryLook(
  'the question names every certificate that goes, and the key',
  () => running,
  async ({ page }) => {
    await place().getByRole('button', { name: 'Remove…' }).click()
    await expect(question().getByText(/the certificate “Ada Lovelace”, valid until/u)).toHaveCount(2)
    await expect(question().getByText('their private key')).toBeVisible()
    await isAccessible(page)
    await fitsSideways(question())
    await question().getByRole('button', { name: 'Cancel' }).click()
    await expect(question()).toBeHidden()
  },
)

test('removing takes all of it out', async () => {
  const { page, home } = running
  await place().getByRole('button', { name: 'Remove…' }).click()
  await question().getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(question()).toBeHidden()
  expect(keysIn(home)).toBe('')
  expect(certificatesIn(home)).not.toMatch(/Ada Lovelace|Walkthrough/u)
  await goTo(page, 'Activity')
  await expect(
    page.getByText('2 certificates and their private key were removed from Chrome and Chromium.'),
  ).toBeVisible()
  await goTo(page, 'Certificates')
})

test('removing a single one is undone: it is installed again', async () => {
  const { page, home } = running
  await installOnThisComputer(page)
  const [keys, certificates] = [keysIn(home).split('\n').length, certificatesIn(home)]
  await place().getByRole('button', { name: 'Remove…' }).click()
  await question().getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByText('“Ada Lovelace” is removed from Chrome and Chromium.')).toBeVisible()
  expect(keysIn(home)).toBe('')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(place().getByRole('button', { name: 'Remove…' })).toBeVisible()
  expect([keysIn(home).split('\n').length, certificatesIn(home)]).toEqual([keys, certificates])
  await actByPalette(page, 'Remove from Chrome and Chromium')
  await question().getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(question()).toBeHidden()
  expect(keysIn(home)).toBe('')
})

test('what somebody removes by hand is seen when the page is opened again, and its record can be cleared', async () => {
  const { page, home } = running
  await installOnThisComputer(page)
  execFileSync('certutil', ['-F', '-d', `sql:${nssFolder(home)}`, '-n', 'Ada Lovelace · Latchkey'])
  await goTo(page, 'Activity')
  await goTo(page, 'Certificates')
  await expect(place().getByText('It was installed here and has been removed since.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the record of Chrome and Chromium' }).click()
  await expect(place().getByText('It was installed here')).toHaveCount(0)
  await goTo(page, 'Activity')
  await expect(page.getByText(/Neither the certificate nor its private key was in Chrome and Chromium/u)).toBeVisible()
})
