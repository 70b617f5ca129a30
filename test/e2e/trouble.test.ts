import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Locator, test } from '@playwright/test'
import { launchApp, newHome, removeHome, started } from '../support/app'
import { callBridge } from '../support/bridge'
import { writeAsNewer } from '../support/earlier-data'
import { firstQuestion, makeRequest, openNewCertificate } from './steps'

/** Starts that go wrong: each says what is so and what to do, and touches nothing. */

test('a damaged database is told in words', async () => {
  const home = newHome()
  mkdirSync(join(home, 'latchkey'), { recursive: true })
  writeFileSync(join(home, 'latchkey', 'latchkey.db'), 'not a database '.repeat(500))
  const { page, close } = await launchApp({ home })
  await expect(page.getByText('Latchkey’s list of certificates is damaged.').first()).toBeVisible()
  await expect(page.getByText('Latchkey’s folder is ~/latchkey.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Open folder' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Restore the copy/u })).toHaveCount(0)
  await expect(page.getByRole('alert')).toContainText('Put latchkey.db back from a backup of your own and try again')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('Latchkey’s list of certificates is damaged.').first()).toBeVisible()
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page
    .getByRole('dialog', { name: 'Start with an empty list?' })
    .getByRole('button', { name: 'Start empty' })
    .click()
  await expect(page.getByRole('heading', { name: firstQuestion })).toBeVisible()
  expect(readdirSync(join(home, 'latchkey')).some((name) => name.startsWith('latchkey.db.damaged-'))).toBe(true)
  await close()
  removeHome(home)
})

test('data of a newer version is left alone, and what to do is said', async () => {
  const first = await launchApp()
  await makeRequest(first.page, 'Ada')
  await first.close()
  const database = join(first.home, 'latchkey', 'latchkey.db')
  writeAsNewer(database)
  const before = readFileSync(database)

  const second = await launchApp({ home: first.home })
  await expect(second.page.getByText('This data was written by a newer Latchkey.').first()).toBeVisible()
  await expect(second.page.getByText('Update Latchkey.').first()).toBeVisible()
  await second.close()
  expect(readFileSync(database).equals(before)).toBe(true)
  removeHome(first.home)
})

test('the copy that an update left takes the place of a damaged database', async () => {
  const first = await launchApp()
  await makeRequest(first.page, 'Ada')
  await first.close()
  const database = join(first.home, 'latchkey', 'latchkey.db')
  copyFileSync(database, `${database}.before-9`)
  writeFileSync(database, 'not a database '.repeat(500))

  const second = await launchApp({ home: first.home })
  const restore = second.page.getByRole('button', { name: /^Restore the copy from/u })
  await expect(second.page.getByRole('alert')).toContainText(`${await restore.textContent()}, or start empty.`)
  await restore.click()
  await second.page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
  await expect(second.page.getByRole('heading', { name: 'Ada' })).toBeVisible()
  await second.close()
  removeHome(first.home)
})

test('without a keyring a passphrase is chosen once and asked for at the next start', async () => {
  const home = newHome()
  const environment = { LATCHKEY_KEYRING: 'none' }
  const first = await launchApp({ home, environment })
  const dialog = await openNewCertificate(first.page)
  await dialog.getByLabel('Common Name').fill('Ada')
  await dialog.getByRole('button', { name: 'Create key and request' }).click()
  const choose = first.page.getByRole('dialog', { name: 'Choose a passphrase for your keys' })
  await choose.getByRole('button', { name: 'Cancel' }).click()
  await expect(choose).toBeHidden()
  await expect(dialog.getByLabel('Common Name')).toHaveValue('Ada')
  expect((await callBridge(first.page, 'vault.state', undefined)).state).toBe('new')
  await dialog.getByRole('button', { name: 'Create key and request' }).click()
  await choose.getByLabel('Passphrase', { exact: true }).fill('correct horse battery staple')
  await choose.getByLabel('Confirm passphrase', { exact: true }).fill('correct horse battery staple')
  await choose.getByLabel('Confirm passphrase', { exact: true }).press('Enter')
  await expect(first.page.getByText('Your private key stays here; send only this request.')).toBeVisible()
  await first.close()

  const second = await launchApp({ home, environment })
  await expect(second.page.getByRole('heading', { name: 'Your keys are locked' })).toBeVisible()
  const passphrase = second.page.getByLabel('Passphrase', { exact: true })
  const unlock = second.page.getByRole('button', { name: 'Unlock', exact: true })
  await passphrase.fill('correct horse battery')
  await unlock.click()
  await expect(second.page.getByText('Wrong passphrase.')).toBeVisible()
  await passphrase.fill('correct horse battery staple')
  await unlock.click()
  await expect(second.page.getByRole('heading', { name: 'Ada' })).toBeVisible()
  // The keys are really open: one more can be sealed.
  await makeRequest(second.page, 'Grace')
  await second.close()
  removeHome(home)
})

/** Pressed by the page itself as soon as it is there: before the keyring has answered, and sooner than a key can be made. */
async function cancelAtOnce(dialog: Locator) {
  await dialog.evaluate((element) => {
    const observer = new MutationObserver(() => {
      if (element.querySelector('[role="status"]') === null) return
      observer.disconnect()
      for (const button of element.querySelectorAll('button')) if (button.textContent === 'Cancel') button.click()
    })
    observer.observe(element, { childList: true, subtree: true })
  })
}

test('a request that is cancelled leaves nothing', async () => {
  const { page, close, home } = await launchApp()
  const dialog = await openNewCertificate(page)
  await dialog.getByLabel('Common Name').fill('Ada')
  await dialog.getByRole('combobox', { name: 'Key type' }).click()
  await page.getByRole('option', { name: /RSA 4096/u }).click()
  await cancelAtOnce(dialog)
  await dialog.getByRole('button', { name: 'Create key and request' }).click()
  await expect(dialog.getByRole('button', { name: 'Create key and request' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  // The empty screen lay behind the dialog all the time: a fresh look tells whether it is still so.
  await page.reload()
  await started(page)
  await expect(page.getByRole('button', { name: 'Practice first' })).toBeVisible()
  await close()
  removeHome(home)
})
