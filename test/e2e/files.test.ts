import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { launchApp, openDialogsGive, type RunningApp, removeHome } from '../support/app'
import { dropFiles } from '../support/drop'
import { type Walkthrough, walkThrough } from '../support/openssl'

/** Files that cannot be filed can be looked at: what they hold, field by field, and what belongs to what. */
let running: RunningApp
let walk: Walkthrough
test.beforeAll(async () => {
  walk = await walkThrough()
  running = await launchApp()
})
test.afterAll(async () => {
  await running.close()
  await walk.remove()
  removeHome(running.home)
})

const isClean = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

test('an issuer’s certificate that was dropped is refused, and then shown', async () => {
  const { page } = running
  await dropFiles(page, [{ name: 'rootCA.pem', content: walk.rootPem }])
  await page.getByRole('button', { name: 'What is in it?' }).click()
  const dialog = page.getByRole('dialog', { name: 'What is in this file' })
  await expect(dialog.getByText('Walkthrough Root').first()).toBeVisible()
  const serial = (await walk.openssl('x509', '-in', 'rootCA.pem', '-noout', '-serial')).trim().slice('serial='.length)
  await expect(dialog.getByText(serial.match(/../gu)?.join(':') ?? '')).toBeVisible()
  await expect(dialog.getByText('Issuer (CA)')).toBeVisible()
  await isClean(page)
  await dialog.getByRole('switch', { name: 'Show the bytes of each field' }).click()
  await expect(dialog.getByText('30030101ff')).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
})

test('what was refused from the dialog can be looked into, too, and a request from there is for an issuer', async () => {
  const { page, app } = running
  await openDialogsGive(app, [walk.path('rootCA.pem')])
  await chooseFile(page)
  await page.getByRole('button', { name: 'What is in it?' }).click()
  const dialog = page.getByRole('dialog', { name: 'What is in this file' })
  await expect(dialog.getByText('Walkthrough Root').first()).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await openDialogsGive(app, [walk.path('client.csr')])
  await chooseFile(page)
  const offer = page.getByRole('dialog', { name: 'A request (CSR)' })
  await expect(offer.getByText('asks an issuer (CA) for a certificate')).toBeVisible()
  await offer.getByRole('button', { name: 'Close' }).last().click()
})

test('a file with a password is opened, and its key belongs to its certificate', async () => {
  const { page } = running
  const files = ['-inkey', 'client.key', '-in', 'client.pem', '-out', 'client.p12']
  await walk.openssl('pkcs12', '-export', ...files, '-passout', 'pass:open sesame')
  await page.keyboard.press('ControlOrMeta+K')
  await openDialogsGive(running.app, [walk.path('client.p12')])
  await page.getByText('Look inside a file').click()
  await page.getByLabel('Password of the file').fill('open sesame')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'What is in this file' })
  await expect(dialog.getByText('its private key is in this file')).toBeVisible()
  await expect(dialog.getByText('belongs to “John Doe”')).toBeVisible()
})

async function chooseFile(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+K')
  await page.getByText('Open a certificate file').click()
}
