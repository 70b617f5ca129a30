import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp, removeHome } from '../support/app'
import { addSite, goTo, makeRequest } from './steps'

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

test('the menu of a row offers what its page does, and is all in sight', async () => {
  const { page } = running
  await goTo(page, 'Certificates')
  const bob = page.getByRole('listitem').filter({ hasText: 'Bob' }).getByRole('button')
  await bob.click({ button: 'right' })
  const menu = page.getByRole('menu')
  await expect(menu.getByRole('menuitem', { name: 'Export…' })).toBeVisible()
  for (const item of await menu.getByRole('menuitem').all()) await expect(item).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('heading', { name: 'Bob' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(bob).toBeFocused()

  await page.keyboard.press('Shift+F10')
  await menu.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('dialog', { name: 'Delete “Bob”?' }).getByRole('button', { name: 'Cancel' }).click()
  await expect(bob).toBeFocused()
})

test('several certificates are selected from the keyboard and deleted together, after a question', async () => {
  const { page } = running
  const rows = page.getByRole('list', { name: 'Certificates' }).getByRole('listitem')
  const bar = page.getByRole('region', { name: 'Selected rows' })
  await rows.nth(0).getByRole('button').focus()
  await page.keyboard.press('Shift+ArrowDown')
  await expect(bar.getByRole('status')).toHaveText('2 selected')
  await expect(rows.nth(1).getByRole('button')).toBeFocused()
  await expect(rows.getByRole('checkbox', { checked: true })).toHaveCount(2)
  await page.keyboard.press('ControlOrMeta+a')
  await expect(bar.getByRole('status')).toHaveText('5 selected')
  await page.keyboard.press('Escape')
  await expect(bar).toBeHidden()

  await rows
    .nth(3)
    .getByRole('button')
    .click({ modifiers: ['ControlOrMeta'] })
  await rows
    .nth(4)
    .getByRole('button')
    .click({ modifiers: ['Shift'] })
  await page.keyboard.press('Delete')
  const question = page.getByRole('dialog', { name: 'Delete 2 certificates?' })
  await expect(question.getByRole('listitem')).toHaveCount(2)
  await expect(question.getByRole('button', { name: 'Delete' })).toBeDisabled()
  await question.getByRole('checkbox').check()
  await question.getByRole('button', { name: 'Delete' }).click()
  await expect(rows).toHaveCount(3)
  await expect(bar).toContainText('0 selected')
})

test('Delete asks before a site leaves the list', async () => {
  const { page } = running
  await goTo(page, 'Sites')
  const rows = page.getByRole('region', { name: 'Sites' }).getByRole('listitem')
  await rows.first().getByRole('button').focus()
  await page.keyboard.press('Delete')
  const question = page.getByRole('dialog', { name: 'Delete this site?' })
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await question.getByRole('button', { name: 'Delete' }).click()
  await expect(rows).toHaveCount(2)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rows).toHaveCount(3)
})

test('a certificate is renamed and tagged, and the list is filtered by the tag', async () => {
  const { page } = running
  await goTo(page, 'Certificates')
  const rows = page.getByRole('list', { name: 'Certificates' }).getByRole('listitem')
  await rows.first().getByRole('button').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Name, tags and note…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Name, tags and note' })
  await dialog.getByLabel('Name in Latchkey').fill('Laptop')
  await dialog.getByRole('combobox', { name: 'Tags' }).fill('work')
  await page.keyboard.press('Enter')
  await dialog.getByLabel('Note').fill('Ask Bob')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Laptop' })).toBeVisible()
  await expect(page.getByText('Ask Bob')).toBeVisible()

  await page.getByRole('button', { name: 'Filter and order' }).click()
  await page.getByRole('menuitemradio', { name: 'work' }).click()
  await expect(rows).toHaveCount(1)
  await page.getByRole('button', { name: 'Filter and order, filtered' }).click()
  await page.getByRole('menuitemradio', { name: 'Expired' }).click()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(rows).toHaveCount(3)
})

test('a line of the activity leads to its certificate', async () => {
  const { page } = running
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('Go to Activity')
  await page.keyboard.press('Enter')
  const lines = page.getByRole('list', { name: 'Activity' }).getByRole('listitem')
  await page.getByRole('button', { name: 'Filter and order' }).click()
  await page.getByRole('menuitemradio', { name: 'Certificates' }).click()
  // Those of the deleted ones lead nowhere any more.
  await lines.getByRole('button', { disabled: false }).first().click()
  await expect(page.getByRole('region', { name: 'Certificate', exact: true })).toBeVisible()
})
