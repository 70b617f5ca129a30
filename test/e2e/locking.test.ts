import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchApp, newHome, removeHome } from '../support/app'
import { isAccessible } from './looks'
import { goTo, makeRequest, openNewCertificate } from './steps'

const passphrase = 'correct horse battery staple'

test('keys are locked at once, and what needs them asks for the passphrase and goes on', async () => {
  const home = newHome()
  const { page, close } = await launchApp({ home })
  await makeRequest(page, 'Ada')
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Set a recovery passphrase' }).click()
  const setting = page.getByRole('dialog', { name: 'Set a recovery passphrase' })
  await setting.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await setting.getByLabel('Confirm passphrase').fill(passphrase)
  await setting.getByRole('button', { name: 'Set a recovery passphrase' }).click()
  await expect(setting).toBeHidden()

  await page.getByRole('button', { name: 'Change the passphrase' }).click()
  const changing = page.getByRole('dialog', { name: 'Change the passphrase' })
  await changing.getByLabel('Current passphrase').fill('not the one')
  await changing.getByLabel('New passphrase', { exact: true }).fill('battery staple horse')
  await changing.getByLabel('Confirm new passphrase').fill('battery staple horse')
  await changing.getByRole('button', { name: 'Change the passphrase' }).click()
  await expect(changing.getByText('Wrong passphrase.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(changing).toBeHidden()

  await page.getByRole('button', { name: 'Lock now' }).click()
  await expect(page.getByText('Keys are locked')).toBeVisible()
  await isAccessible(page, 'settings, locked')
  await page.getByRole('button', { name: 'Certificates' }).first().click()
  const dialog = await openNewCertificate(page)
  await dialog.getByLabel('Common Name').fill('Grace')
  await dialog.getByRole('button', { name: 'Create key and request' }).click()
  const prompt = page.getByRole('dialog', { name: 'Your keys are locked' })
  // The keyring would ask for nothing.
  await expect(prompt.getByRole('button', { name: /keyring/u })).toHaveCount(0)
  await prompt.getByRole('button', { name: 'Cancel' }).click()
  await expect(prompt).toBeHidden()
  await expect(dialog.getByLabel('Common Name')).toHaveValue('Grace')
  await expect(page.getByRole('list', { name: 'Certificates' }).getByRole('listitem')).toHaveCount(1)
  await dialog.getByRole('button', { name: 'Create key and request' }).click()
  await prompt.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await prompt.getByRole('button', { name: 'Unlock', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Grace' })).toBeVisible()
  await close()

  for (const name of ['latchkey.db', 'latchkey.db-wal', 'latchkey.db-shm'])
    rmSync(join(home, 'latchkey', name), { force: true })
  const later = await launchApp({ home })
  await expect(later.page.getByText('There are 2 keys without records.')).toBeVisible()
  await isAccessible(later.page, 'keys without records')
  await later.close()
  removeHome(home)
})

test('keys are locked when the computer is left, unless the person does not want it', async () => {
  const home = newHome()
  const { app, page, close } = await launchApp({ home })
  await makeRequest(page, 'Ada')
  await goTo(page, 'Settings')
  const leave = () => app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'))
  const field = page.getByRole('combobox', { name: 'Lock when this computer has not been used for' })
  await expect(field).toHaveValue('15 minutes')
  await leave()
  await expect(page.getByText('Keys are locked')).toBeVisible()
  await page.getByRole('button', { name: 'Unlock' }).first().click()
  await expect(page.getByRole('button', { name: 'Lock now' })).toBeVisible()
  await field.click()
  await page.getByRole('option', { name: 'Never' }).click()
  await expect(field).toHaveValue('Never')
  await leave()
  // The next answer comes after the one to leaving.
  await goTo(page, 'Certificates')
  await goTo(page, 'Settings')
  await expect(page.getByRole('button', { name: 'Lock now' })).toBeVisible()
  await app.evaluate(({ Menu }) => {
    const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'File')
    file?.submenu?.items.find(({ label }) => label === 'Lock keys now')?.click()
  })
  await expect(page.getByText('Keys are locked')).toBeVisible()
  await close()
  removeHome(home)
})
