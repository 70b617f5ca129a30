import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { launchApp, openDialogsGive, type RunningApp, removeHome, saveDialogsTo } from '../support/app'
import { openWorkshop, type Workshop } from '../support/openssl'
import { isAccessible } from './looks'
import { goTo } from './steps'

/** What an administrator does with a whole issuer and with several of its certificates; openssl is the other side. */
const passphrase = 'correct horse battery staple'
const ecKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
let running: RunningApp
let workshop: Workshop

test.beforeAll(async () => {
  workshop = await openWorkshop()
  running = await launchApp()
  await saveDialogsTo(running.app, workshop.folder)
})
test.afterAll(async () => {
  await running.close()
  await workshop.remove()
  removeHome(running.home)
})

const saved = (name: string) => join(workshop.folder, name)

async function importIssuer(page: Page, name: string): Promise<void> {
  const made = ['-days', '3650', '-subj', `/CN=${name}`]
  await workshop.openssl('req', '-x509', '-new', ...ecKey, '-keyout', `${name}.key`, '-out', `${name}.pem`, ...made)
  await goTo(page, 'Issuers')
  await page.getByRole('button', { name: 'Other ways' }).click()
  await page.getByRole('menuitem', { name: 'Import an existing CA' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import an existing CA' })
  await dialog.locator('input[type="file"]').setInputFiles([saved(`${name}.pem`), saved(`${name}.key`)])
  await dialog.getByLabel('Passphrase for its key here', { exact: true }).fill(passphrase)
  await dialog.getByLabel('Confirm passphrase for its key here').fill(passphrase)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('heading', { name })).toBeVisible()
}

async function issue(page: Page, names: string[]): Promise<void> {
  for (const name of names)
    await workshop.openssl(
      'req',
      '-new',
      ...ecKey,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      `/CN=${name}`,
    )
  await page.getByRole('button', { name: 'Issue a certificate' }).first().click()
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles(names.map((name) => saved(`${name}.csr`)))
  for (const name of names) await page.getByRole('checkbox', { name: `Sign ${name}.csr` }).check()
  await page.getByLabel('Passphrase of “Acme CA”').fill(passphrase)
  // Linux does not tell when the screen is locked, so the passphrase is asked for each time.
  await expect(page.getByText('Keep the key unlocked', { exact: false })).toHaveCount(0)
  await page.getByRole('button', { name: /^Issue \d/u }).click()
  await expect(page.getByRole('heading', { name: /issued$/u })).toBeVisible()
}

async function act(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name, exact: true }).click()
}

test('several selected certificates are exported, renewed and revoked', async () => {
  const { page } = running
  await importIssuer(page, 'Acme CA')
  await issue(page, ['Ada', 'Bob', 'Cyd'])
  await page.getByRole('button', { name: 'See all issued certificates' }).click()
  await page.getByRole('checkbox', { name: 'Select Ada' }).click()
  await page.getByRole('checkbox', { name: 'Select Cyd' }).click({ modifiers: ['Shift'] })
  const bar = page.getByRole('group', { name: 'Selected certificates' })
  await expect(bar.getByText('3 selected')).toBeVisible()
  await isAccessible(page)
  await bar.getByRole('button', { name: 'Export CSV…' }).click()
  await expect(bar.getByText('Saved as acme-ca-certificates.csv.')).toBeVisible()
  expect(readFileSync(saved('acme-ca-certificates.csv'), 'utf8').trimEnd().split('\r\n')).toHaveLength(4)

  await bar.getByRole('button', { name: 'Renew…' }).click()
  const renew = page.getByRole('dialog', { name: 'Renew 3 certificates' })
  await renew.getByLabel('Passphrase of “Acme CA”').fill(passphrase)
  await renew.getByRole('button', { name: 'Sign the new ones' }).click()
  const renewed = page.getByRole('dialog', { name: '3 certificates renewed' })
  await renewed.getByRole('button', { name: 'Save all in one file' }).click()
  await expect(renewed.getByText('Saved as certificates.pem.')).toBeVisible()
  expect(await workshop.openssl('verify', '-CAfile', 'Acme CA.pem', 'certificates.pem')).toContain('OK')
  await renewed.getByRole('button', { name: 'Done' }).click()

  await page.getByRole('checkbox', { name: 'Select all (6)' }).click()
  await expect(bar.getByText('6 selected')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Select Bob' }).first().click()
  await bar.getByRole('button', { name: 'Revoke…' }).click()
  const revoke = page.getByRole('dialog', { name: 'Revoke 5 certificates?' })
  await revoke.getByLabel('I understand that this cannot be undone.').check()
  await revoke.getByRole('button', { name: 'Revoke 5' }).click()
  await expect(revoke).toBeHidden()
  const list = page.getByRole('list', { name: 'Issued certificates' })
  await expect(list.getByText('Revoked', { exact: true })).toHaveCount(5)
  await page.getByRole('button', { name: 'Back to Acme CA' }).click()
})

test('an issuer is archived and brought back', async () => {
  const { page } = running
  const list = page.getByRole('region', { name: 'List of issuers' })
  await list.getByRole('listitem').filter({ hasText: 'Acme CA' }).getByRole('button').click({ button: 'right' })
  await page.getByRole('menu').getByRole('menuitem', { name: 'Archive' }).click()
  await page.getByRole('dialog', { name: 'Archive “Acme CA”?' }).getByRole('button', { name: 'Archive' }).click()
  await expect(page.getByText(/^Archived · Root/u)).toBeVisible()
  await act(page, 'Bring back from the archive')
  await page.getByRole('dialog').getByRole('button', { name: 'Bring back' }).click()
  await expect(page.getByText(/^Root, self-signed/u)).toBeVisible()
})

test('an issuer is exported, deleted after its name is typed, and imported again', async () => {
  const { page } = running
  await act(page, 'Export the issuer…')
  const ask = page.getByRole('dialog', { name: 'Export “Acme CA”' })
  await expect(ask.getByText('A new revocation list is due.', { exact: false })).toBeVisible()
  await ask.getByLabel('Passphrase of “Acme CA”').fill(passphrase)
  await ask.getByLabel('Passphrase for the file', { exact: true }).fill('battery staple')
  await ask.getByLabel('Confirm passphrase for the file').fill('battery staple')
  await isAccessible(page)
  await ask.getByRole('button', { name: 'Export…' }).click()
  await expect(page.getByText('Saved as acme-ca.p12.')).toBeVisible()
  const inside = ['pkcs12', '-in', 'acme-ca.p12', '-nodes', '-passin', 'pass:battery staple']
  expect(await workshop.openssl(...inside)).toContain('BEGIN PRIVATE KEY')

  await act(page, 'Delete…')
  const remove = page.getByRole('dialog', { name: 'Delete “Acme CA”?' })
  await expect(remove.getByText('the list of 6 certificates that it issued;')).toBeVisible()
  await remove.getByLabel('Type “Acme CA” to confirm').fill('Acme')
  await expect(remove.getByRole('button', { name: 'Delete' })).toBeDisabled()
  await remove.getByLabel('Type “Acme CA” to confirm').fill('Acme CA')
  await isAccessible(page)
  await remove.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('heading', { name: 'Issue certificates yourself' })).toBeVisible()

  await page.getByRole('button', { name: 'Other ways' }).click()
  await page.getByRole('menuitem', { name: 'Import an existing CA' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import an existing CA' })
  await dialog.locator('input[type="file"]').setInputFiles(saved('acme-ca.p12'))
  await dialog.getByLabel('Password of the files').fill('battery staple')
  await dialog.getByLabel('Passphrase for its key here', { exact: true }).fill(passphrase)
  await dialog.getByLabel('Confirm passphrase for its key here').fill(passphrase)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Acme CA' })).toBeVisible()
})

test('a key for somebody else is made once it is switched on, and its password opens the file', async () => {
  const { page } = running
  await page.getByRole('button', { name: 'Issue a certificate' }).first().click()
  await expect(page.getByRole('button', { name: 'Choose requests or a list' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Make key and .p12…' })).toHaveCount(0)
  await goTo(page, 'Settings')
  await page.getByRole('checkbox', { name: 'Make keys for other people' }).click()
  await expect(page.getByRole('checkbox', { name: 'Make keys for other people' })).toBeChecked()
  await goTo(page, 'Issuers')
  await page.getByRole('button', { name: 'Make key and .p12…' }).click()
  const ask = page.getByRole('dialog', { name: 'Key and .p12 for someone else' })
  await ask.getByLabel('Common Name').fill('Dan')
  await ask.getByLabel('Passphrase of “Acme CA”').fill(passphrase)
  await isAccessible(page)
  await ask.getByRole('button', { name: 'Make and save…' }).click()
  const shown = page.getByRole('dialog', { name: 'Saved as dan.p12' })
  const password = (await shown.getByTestId('generated-password').textContent()) ?? ''
  await shown.getByRole('button', { name: 'I have noted the password' }).click()
  await expect(page.getByText(password)).toHaveCount(0)
  await workshop.openssl('pkcs12', '-in', 'dan.p12', '-nodes', '-passin', `pass:${password}`, '-out', 'dan.pem')
  expect(await workshop.openssl('verify', '-CAfile', 'Acme CA.pem', 'dan.pem')).toContain('OK')
})

test('a backup is made, and restored from the first screen once the issuer is gone', async () => {
  const { page, app } = running
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Back up…' }).click()
  const ask = page.getByRole('dialog', { name: 'Back up' })
  await ask.getByLabel('Passphrase', { exact: true }).fill('battery staple')
  await ask.getByLabel('Confirm passphrase').fill('battery staple')
  await ask.getByRole('checkbox', { name: 'Include issuers’ keys' }).check()
  await ask.getByRole('button', { name: 'Save…' }).click()
  await expect(ask.getByText(/^Saved as latchkey-.*\.latchkey-backup$/u)).toBeVisible()
  await ask.getByRole('button', { name: 'Done' }).click()
  await goTo(page, 'Issuers')
  await page.getByRole('button', { name: 'Back to Acme CA' }).click()
  await act(page, 'Delete…')
  const remove = page.getByRole('dialog', { name: 'Delete “Acme CA”?' })
  await remove.getByLabel('Type “Acme CA” to confirm').fill('Acme CA')
  await remove.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('heading', { name: 'Issue certificates yourself' })).toBeVisible()

  const file = readdirSync(workshop.folder).find((name) => name.endsWith('.latchkey-backup')) ?? ''
  await openDialogsGive(app, [saved(file)])
  await goTo(page, 'Certificates')
  await page.getByRole('button', { name: 'Restore a backup…' }).click()
  const restore = page.getByRole('dialog', { name: 'Restore a backup' })
  await restore.getByLabel('Passphrase of the backup').fill('wrong staple')
  await page.keyboard.press('Enter')
  await expect(restore.getByRole('alert')).toBeVisible()
  await restore.getByLabel('Passphrase of the backup').fill('battery staple')
  await page.keyboard.press('Enter')
  await expect(restore.getByText('What is here already stays as it is.', { exact: false })).toBeVisible()
  await isAccessible(page)
  await restore.getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(restore.getByText('The backup is restored.')).toBeVisible()
  await restore.getByRole('button', { name: 'Done' }).click()
  await goTo(page, 'Issuers')
  await expect(page.getByRole('heading', { name: 'Acme CA' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add the list…' })).toBeVisible()
})
