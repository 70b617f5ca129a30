import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp, removeHome, untilKilled } from '../support/app'
import { actByPalette, firstQuestion, makeRequest } from './steps'

/** The palette and the application's menu, which do the same things. */
let running: RunningApp
test.beforeAll(async () => {
  running = await launchApp({ width: 900, height: 600 })
})
test.afterAll(async () => {
  await running.close()
  removeHome(running.home)
})

const choose = (id: string) =>
  running.app.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), id)

test('the menu leads to every screen, to its search field and to “About”', async () => {
  const { page } = running
  const screens = [
    ['connections', 'Sites'],
    ['settings', 'Settings'],
    ['certificates', 'Certificates'],
  ] as const
  for (const [screen, name] of screens) {
    await choose(screen)
    const entry = page.getByRole('navigation').getByRole('button', { name })
    await expect(entry).toHaveAttribute('aria-current', 'page')
  }
  for (const [screen, heading] of [
    ['practice', 'Practice'],
    ['activity', 'No activity yet'],
  ] as const) {
    await choose(screen)
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
  }
  // An empty screen leads on.
  await page.getByRole('button', { name: 'Check a site' }).click()
  await expect(page.getByRole('heading', { level: 1, name: firstQuestion })).toBeVisible()
  await choose('certificates')
  await makeRequest(page, 'Ada Lovelace')
  await choose('find')
  await expect(page.getByRole('searchbox', { name: 'Search certificates' })).toBeFocused()

  await choose('about')
  await expect(page.getByRole('region', { name: 'About Latchkey' })).toBeFocused()
  await expect(page.getByRole('region', { name: 'About Latchkey' })).toBeInViewport()
  // Where a screen has no search field of its own, everything is searched.
  await choose('find')
  await expect(page.getByRole('combobox', { name: /^Search certificates, sites/u })).toBeFocused()
  await page.keyboard.press('Escape')
})

test('the palette begins with what can be done with the certificate on the screen', async () => {
  const { page } = running
  await choose('certificates')
  await expect(page.getByRole('heading', { name: 'Ada Lovelace' })).toBeVisible()
  await choose('palette')
  const field = page.getByRole('combobox', { name: /^Search certificates, sites/u })
  const options = page.getByRole('option')
  const chosen = page.getByRole('option', { selected: true })
  await expect(page.getByRole('group', { name: 'Ada Lovelace' }).getByRole('option')).toHaveText([
    'Export…Ctrl E',
    'Copy the message with the request',
    'E-mail the request',
    'Save the request',
    'New request with this name',
    'Name, tags and note…',
    'Delete…',
  ])
  await expect(chosen).toHaveText('Export…Ctrl E')

  await field.press('ArrowDown')
  await expect(chosen).toHaveText('Copy the message with the request')
  await expect(field).toHaveAttribute('aria-activedescendant', (await chosen.getAttribute('id')) ?? 'none')
  await options.nth(6).hover()
  await expect(chosen).toHaveText('Delete…')
  for (let step = 0; step < 7; step += 1) await field.press('ArrowUp')
  // Round the end of the list, which is scrolled there.
  await expect(chosen).toHaveText((await options.last().textContent()) ?? '')
  await expect(chosen).toBeInViewport()

  await field.fill('renew')
  await expect(chosen).toHaveText('New request with this name')
  await field.press('Enter')
  await expect(page.getByRole('dialog', { name: 'New certificate' }).getByLabel('Common Name')).toHaveValue(
    'Ada Lovelace',
  )
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('an action is found by another word for it, with its shortcut beside it', async () => {
  const { page } = running
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: /^Search certificates, sites/u })
  await field.fill('csr')
  const found = page.getByRole('option', { name: 'New certificate…' })
  await expect(found).toContainText('Ctrl N')
  await field.fill('dark')
  await field.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await choose('light')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light')
  await choose('system')

  await page.keyboard.press('Control+k')
  await field.fill('locked out')
  await field.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Paste the address that refuses you' })).toBeVisible()
  await choose('add-site')
  await expect(page.getByRole('dialog', { name: 'Add a site' }).getByLabel('Address')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.keyboard.press('Control+k')
  await field.fill('xyzzy')
  await expect(page.getByRole('dialog').getByText('No results').first()).toBeVisible()
  await expect(field).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('Escape')
})

test('“Export…” of the menu is about the certificate on the screen', async () => {
  const { page } = running
  await choose('settings')
  await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible()
  await choose('export')
  await expect(page.getByText('Choose a certificate first.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Ada Lovelace' })).toBeVisible()
  await choose('export')
  await expect(page.getByRole('dialog', { name: 'Export “Ada Lovelace”' })).toBeVisible()
  await page.keyboard.press('Escape')
})

test('the palette zooms the window and quits the app, as the menu does', async () => {
  const { app, page } = running
  const factor = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor())
  await actByPalette(page, 'Zoom in')
  await expect.poll(factor).toBeCloseTo(1.1)
  await actByPalette(page, 'Actual size')
  await expect.poll(factor).toBeCloseTo(1)
  await untilKilled(running, () => actByPalette(page, 'Quit'))
})
