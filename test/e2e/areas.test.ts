import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp, removeHome } from '../support/app'
import { goTo } from './steps'

/** A holder meets nothing of an administrator's, until it is used or switched on. */
let running: RunningApp
test.beforeAll(async () => {
  running = await launchApp()
})
test.afterAll(async () => {
  await running.close()
  removeHome(running.home)
})

const sideBar = () => running.page.getByRole('navigation').getByRole('button')

const menuLabels = () =>
  running.app.evaluate(({ Menu }) => {
    const flat = (menu: Electron.Menu | null): string[] =>
      (menu?.items ?? []).flatMap(({ label, submenu }) => [label, ...flat(submenu ?? null)])
    return flat(Menu.getApplicationMenu())
  })

const palette = () => running.page.getByRole('combobox', { name: /^Search certificates, sites/u })
const options = () => running.page.getByRole('option')

test('a new person sees certificates, sites and settings, and no word of an administrator', async () => {
  const { page } = running
  await expect(sideBar()).toHaveText(['Certificates', 'Sites', 'Settings'])
  const labels = (await menuLabels()).join('\n')
  expect(labels).toContain('Practice')
  expect(labels).not.toMatch(/issuer|issue|CRL|revo|CA\b|profile|roll/iu)
  await page.keyboard.press('Control+k')
  await expect(options().first()).toBeVisible()
  expect((await options().allTextContents()).join('\n')).not.toMatch(/issuer|issue|CRL|revo|CA\b|profile|roll/iu)
  await page.keyboard.press('Escape')
})

test('whoever looks for it shows the issuers, and hides them again in Settings', async () => {
  const { page } = running
  await page.keyboard.press('Control+k')
  await palette().fill('crl')
  await page.getByRole('option', { name: 'Show Issuers' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(sideBar()).toHaveText(['Certificates', 'Sites', 'Issuers', 'Settings'])
  await expect.poll(menuLabels).toEqual(expect.arrayContaining(['Go to Issuers', 'Create a root issuer']))

  await goTo(page, 'Settings')
  await expect(sideBar()).toHaveText(['Certificates', 'Sites', 'Issuers', 'Settings'])
  const choice = page.getByRole('checkbox', { name: 'Issuers (CA)' })
  await expect(choice).toBeChecked()
  await choice.click()
  await expect(sideBar()).toHaveText(['Certificates', 'Sites', 'Settings'])
  await expect.poll(async () => (await menuLabels()).join('\n')).not.toMatch(/issuer/iu)
  await page.getByRole('button', { name: 'Show activity' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /activity/iu })).toBeVisible()
})

test('“I run the CA” keeps them for the next start', async () => {
  const { page } = running
  await goTo(page, 'Certificates')
  await page.getByRole('button', { name: 'I run the CA' }).click()
  await expect(sideBar()).toHaveText(['Certificates', 'Sites', 'Issuers', 'Settings'])
  await expect.poll(menuLabels).toEqual(expect.arrayContaining(['Go to Issuers']))
  const { home } = running
  await running.close()
  running = await launchApp({ home })
  await expect(sideBar()).toHaveText(['Certificates', 'Sites', 'Issuers', 'Settings'])
  await expect.poll(menuLabels).toEqual(expect.arrayContaining(['Go to Issuers']))
})
