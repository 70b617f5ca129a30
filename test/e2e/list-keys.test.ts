import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp, removeHome } from '../support/app'
import { addSite, makeRequest } from './steps'

/** Lists from the keyboard: arrows, Home, End, and the first letters of a name in any script. */
let running: RunningApp
test.beforeAll(async () => {
  running = await launchApp()
})
test.afterAll(async () => {
  await running.close()
  removeHome(running.home)
})

test('keys lead through the certificates, whatever script their names are in', async () => {
  const { page } = running
  const names = ['Ada Lovelace', 'Alan Turing', 'Bob', '山田太郎', 'عائشة (IT) 2']
  for (const name of names) await makeRequest(page, name)
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name }).getByRole('button')
  const list = page.getByRole('list', { name: 'Certificates' })
  const all = await list.getByRole('listitem').all()
  const firstRow = all[0]?.getByRole('button')
  const lastRow = all.at(-1)?.getByRole('button')
  if (firstRow === undefined || lastRow === undefined) throw new Error('The list is empty.')

  await row('Bob').focus()
  await page.keyboard.press('End')
  await expect(lastRow).toBeFocused()
  await page.keyboard.press('Home')
  await expect(firstRow).toBeFocused()
  await page.keyboard.press('b')
  await expect(row('Bob')).toBeFocused()
  await page.keyboard.press('End')
  // What an input method sends is no key of its own; names in other scripts are reached by the arrows as well.
  await page.keyboard.press('Home')
  for (let step = 1; step < names.length; step += 1) await page.keyboard.press('ArrowDown')
  await expect(lastRow).toBeFocused()
})

test('a name that is written from right to left turns nothing around it', async () => {
  const { page } = running
  const isolated = page.getByRole('listitem').filter({ hasText: 'عائشة' }).locator('bdi').first()
  await expect(isolated).toHaveText('عائشة (IT) 2')
  expect(await isolated.evaluate((element) => getComputedStyle(element).unicodeBidi)).toBe('isolate')
  await expect(page.locator('html')).not.toHaveAttribute('dir', 'rtl')
})

test('the same keys lead through the sites', async () => {
  const { page } = running
  for (const name of ['alpha', 'beta', 'gamma']) await addSite(page, `https://${name}.test`, '127.0.0.1:9')
  const row = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`, 'u') })
  const rows = page.getByRole('region', { name: 'Sites' }).getByRole('listitem').getByRole('button')
  await rows.first().focus()
  await page.keyboard.press('End')
  await expect(rows.last()).toBeFocused()
  await page.keyboard.press('b')
  await expect(row('beta')).toBeFocused()
  await page.keyboard.press('Home')
  await expect(rows.first()).toBeFocused()
})
