import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openLocalDatabase } from '#electron/database/local'
import { launchApp, newHome, type RunningApp, removeHome } from '../support/app'
import { fitsSideways, inEveryLook, isAccessible } from './looks'
import { goTo, makeRequest } from './steps'

/** Entries of the journal that nobody can prove to be Latchkey's own. */
let running: RunningApp
const home = newHome()

test.beforeAll(async () => {
  const first = await launchApp({ home })
  await makeRequest(first.page, 'Ada Lovelace')
  await first.close()
  const database = openLocalDatabase(join(home, 'latchkey'))
  const [identity = ''] = await database.identities.ids()
  const rows = [
    { kind: 'delete', payload: JSON.stringify({ identity }), startedAt: '2026-01-01T09:00:00.000Z', mac: null },
    {
      kind: 'install',
      payload: JSON.stringify({ install: randomUUID(), identity, store: 'nss-user' }),
      startedAt: '2026-01-02T09:00:00.000Z',
      mac: 'ab'.repeat(64),
    },
    { kind: '\u202eevil', payload: '{', startedAt: 'never', mac: null },
  ]
  for (const row of rows) await database.operations.begin({ ...row, id: randomUUID(), step: 'begun' })
  await database.close()
  running = await launchApp({ home })
})
test.afterAll(async () => {
  await running.close()
  removeHome(home)
})

inEveryLook(
  'interrupted changes are said on every screen and listed in Settings',
  () => running,
  async ({ page }) => {
    await goTo(page, 'Certificates')
    const banner = page.getByRole('status').filter({ hasText: '3 interrupted changes were not finished.' })
    await expect(banner).toBeVisible()
    // Nothing is in the way of work.
    await expect(page.getByRole('heading', { name: 'Ada Lovelace' })).toBeVisible()
    await isAccessible(page, 'the notice')
    await banner.getByRole('button', { name: 'Show details' }).click()
    const list = page.getByRole('region', { name: 'Interrupted changes' })
    await expect(list.getByText('Deleting a certificate: “Ada Lovelace”')).toBeVisible()
    await expect(list.getByText('Installing a certificate: “Ada Lovelace”, Chrome and Chromium')).toBeVisible()
    await expect(list.getByText('Unknown change')).toBeVisible()
    await expect(list.getByText('It was not signed with your present master key.')).toBeVisible()
    await isAccessible(page, 'the list')
    await fitsSideways(page.getByRole('main'), 'the list')
  },
)

test('an entry is discarded after a warning, and the activity says so', async () => {
  const { page } = running
  await goTo(page, 'Settings')
  const list = page.getByRole('region', { name: 'Interrupted changes' })
  const discard = list.getByRole('button', { name: /^Discard: Installing/u })
  const warning = page.getByRole('dialog', { name: 'Discard this entry?' })
  await discard.click()
  await expect(warning.getByText('It undoes nothing')).toBeVisible()
  await isAccessible(page, 'the warning')
  await warning.getByRole('button', { name: 'Cancel' }).click()
  await expect(warning).toBeHidden()
  await discard.click()
  await warning.getByRole('button', { name: 'Discard' }).click()
  await expect(warning).toBeHidden()
  await expect(discard).toHaveCount(0)
  await goTo(page, 'Activity')
  await expect(page.getByText('2 interrupted changes were not finished.')).toBeVisible()
  await expect(page.getByText('An interrupted change was discarded (installing a certificate)')).toBeVisible()
  for (const kind of ['Deleting', 'Unknown']) {
    await goTo(page, 'Settings')
    await list.getByRole('button', { name: new RegExp(`^Discard: ${kind}`, 'u') }).click()
    await warning.getByRole('button', { name: 'Discard' }).click()
    await expect(warning).toBeHidden()
  }
  await expect(list).toHaveCount(0)
  await goTo(page, 'Certificates')
  await expect(page.getByText(/interrupted change/u)).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'Ada Lovelace' })).toBeVisible()
})
