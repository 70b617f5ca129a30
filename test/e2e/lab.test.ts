import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { JobId } from '#shared/model/ids'
import { launchApp, type RunningApp, removeHome, started } from '../support/app'
import { callBridge } from '../support/bridge'
import { keysIn } from '../support/nss'
import { fitsSideways, inEveryLook, isAccessible } from './looks'
import { firstQuestion, goTo, verdictOf } from './steps'

/** The practice journey, and every screen as it looks afterwards: axe-clean, nothing cut off sideways, light and dark. */
let running: RunningApp

test.beforeAll(async () => {
  running = await launchApp()
})
test.afterAll(async () => {
  await running.close()
  removeHome(running.home)
})

const steps = ['lab', 'request', 'issue', 'install', 'test-direct', 'test-browser'] as const

test('“Try it” leads through the whole journey', async () => {
  const { page, home } = running
  await page.getByRole('button', { name: 'Practice first' }).click()
  for (const step of steps) {
    const row = page.locator(`[data-step="${step}"]`)
    await row.getByRole('button').first().click()
    await expect(row, step).toHaveAttribute('data-state', 'done', { timeout: 60_000 })
  }
  for (const step of ['test-direct', 'test-browser']) {
    await expect(page.locator(`[data-step="${step}"]`)).toContainText(
      'Refused without your certificate, let in with it.',
    )
  }
  expect(keysIn(home)).toContain('practice')
})

test('the report shows the 403, the cookie with its flags, and hides its value until asked', async () => {
  const { page } = running
  await goTo(page, 'Sites')
  await expect(verdictOf(page)).toHaveAttribute('data-verdict', 'let-in')
  await expect(page.getByText('403 Forbidden')).toBeVisible()
  await expect(page.getByText('200 OK')).toBeVisible()
  await page.getByText('Technical details', { exact: true }).click()
  await page.getByRole('tab', { name: 'Cookies' }).click()
  const cookie = page.getByText('CF_Authorization', { exact: true }).first()
  await expect(cookie).toBeVisible()
  for (const flag of ['Secure', 'HttpOnly', 'SameSite None'])
    await expect(page.getByText(flag, { exact: true }).first()).toBeVisible()
  await expect(page.locator('body')).not.toContainText('eyJ')
  await page.getByRole('button', { name: /^Show/u }).first().click()
  await expect(page.locator('body')).toContainText('eyJ')
  await page.getByRole('tab', { name: 'Headers' }).click()
  await expect(page.getByText('cf-ray').first()).toBeVisible()
})

test('the chain of the practice certificate is judged, with the reasons in words', async () => {
  const { page } = running
  await goTo(page, 'Certificates')
  await page.getByRole('tab', { name: 'Chain' }).click()
  await expect(page.getByLabel('Verdict on the path')).toContainText('The path is valid')
  await isAccessible(page)
})

const screens = ['Certificates', 'Sites', 'Issuers', 'Practice', 'Activity', 'Settings']
inEveryLook(
  'every screen holds',
  () => running,
  async ({ page }) => {
    for (const screen of screens) {
      await goTo(page, screen)
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
      await fitsSideways(page.locator('html'), screen)
      await isAccessible(page, screen)
    }
  },
)

test('a site that is broken on purpose is found out, and works again once it is repaired', async () => {
  const { page } = running
  await goTo(page, 'Practice')
  const broken = page.locator('[data-broken]')
  for (const [group, title, code] of [
    ['Access and its rules', 'The rule names somebody else', 'policy-does-not-match'],
    ['The server’s own certificate', 'It has expired', 'server-certificate-expired'],
    ['Servers that check certificates', 'Alert: access denied', 'certificate-access-denied'],
  ] as const) {
    await page.getByRole('button', { name: group }).click()
    await page.getByRole('button', { name: `Break it: ${title}` }).click()
    const testIt = broken.getByRole('button', { name: 'Test it' })
    await expect(testIt).toBeFocused()
    await testIt.click()
    await expect(broken.locator('[data-found]')).toHaveAttribute('data-found', code)
    await expect(broken).toContainText('Cause found')
  }
  await isAccessible(page, 'a broken site')
  await expect(page.getByText('Broken on purpose', { exact: true })).toBeVisible()
  await broken.getByRole('button', { name: 'Repair it' }).click()
  await expect(page.getByText('Broken on purpose', { exact: true })).toHaveCount(0)
  const step = page.locator('[data-step="test-direct"]')
  await step.getByRole('button').first().click()
  await expect(step).toHaveAttribute('data-state', 'done')
  await expect(step).toContainText('Refused without your certificate, let in with it.')
})

test('running every step stops before cleaning up, and leaves its certificate to look at', async () => {
  const { page, home } = running
  await page.getByRole('button', { name: 'Start over' }).click()
  await page.getByRole('button', { name: 'Run every step' }).click()
  await expect(page.getByRole('button', { name: 'Now your real site' })).toBeFocused({ timeout: 60_000 })
  await expect(page.locator('[data-step="test-browser"]')).toHaveAttribute('data-state', 'done')
  await expect(page.locator('[data-step="remove"]')).toHaveAttribute('data-state', 'idle')
  expect(keysIn(home)).toContain('practice')
  await isAccessible(page, 'the end of the journey')
  await page.getByRole('button', { name: 'Look at the certificate' }).click()
  await expect(page.getByRole('heading', { name: /\(practice\)$/u }).first()).toBeVisible()
})

test('a certificate that is refused by one of two sites still works on the other', async () => {
  const { page } = running
  const [practice] = (await callBridge(page, 'identities.list', { limit: 10 })).rows
  const input = { address: 'https://nobody.latchkey.localhost:1/', connectTo: '127.0.0.1:1', useProxy: true }
  const { id: host } = await callBridge(page, 'hosts.save', { id: null, ...input })
  if (practice === undefined) throw new Error('There is no practice certificate.')
  await expect(page.getByText('Working', { exact: true }).first()).toBeVisible()
  const job = JobId.parse(randomUUID())
  await callBridge(page, 'connections.test', { host, identity: practice.id, mode: 'direct', job })
  await expect(page.getByText('Works on 1 of 2 sites').first()).toBeVisible()
  await callBridge(page, 'hosts.delete', { hosts: [host] })
})

test('the rule is changed and tested again, and no test speaks for the rule before', async () => {
  const { page } = running
  await goTo(page, 'Practice')
  const step = page.locator('[data-step="test-direct"]')
  const rule = page.getByRole('region', { name: 'Its rule' })
  await rule.getByText('Common Name', { exact: true }).click()
  await expect(step).toHaveAttribute('data-state', 'idle')
  const names = rule.getByRole('combobox', { name: 'Names that get in' })
  await names.press('Backspace')
  await names.fill('Somebody else')
  await names.press('Enter')
  await rule.getByRole('button', { name: 'Test again' }).click()
  await expect(step).toHaveAttribute('data-state', 'done')
  await expect(rule).not.toContainText('let in with it')
  await expect(rule).toContainText((await step.locator('[data-step-result]').textContent()) ?? 'no result')
  await rule.getByText('Valid Certificate', { exact: true }).click()
  await expect(step).toHaveAttribute('data-state', 'idle')
  await rule.getByRole('button', { name: 'Test again' }).click()
  await expect(step).toHaveAttribute('data-state', 'done')
  await expect(rule).toContainText('Refused without your certificate, let in with it.')
})

test('tidying up leaves no practice certificate, neither in the browser nor in the list', async () => {
  const { page, home } = running
  await goTo(page, 'Practice')
  const row = page.locator('[data-step="remove"]')
  await expect(row).toContainText('deletes them from Latchkey')
  await row.getByRole('button').first().click()
  await expect(row).toHaveAttribute('data-state', 'done', { timeout: 60_000 })
  expect(keysIn(home)).not.toContain('practice')
  await goTo(page, 'Certificates')
  await expect(page.getByRole('button', { name: 'Practice first' })).toBeVisible()
})

test('the journey ends with the question about the real site', async () => {
  const { page } = running
  await goTo(page, 'Practice')
  await expect(page.getByRole('button', { name: 'Look at the certificate' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Now your real site' }).click()
  await expect(page.getByRole('heading', { name: firstQuestion })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Site that refuses you' })).toBeFocused()
})

test('the window says nothing on the console and refuses what it must', async () => {
  const { page } = running
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await page.reload()
  await started(page)
  for (const screen of screens) await goTo(page, screen)
  expect(errors).toEqual([])
  const seen = await page.evaluate(() => ({
    node: typeof Reflect.get(globalThis, 'process') + typeof Reflect.get(globalThis, 'require'),
    opened: window.open('https://example.com') === null,
    notifications: typeof Notification === 'undefined' ? 'denied' : Notification.permission,
  }))
  expect(seen).toEqual({ node: 'undefinedundefined', opened: true, notifications: 'denied' })
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.injected = true'
    document.head.append(script)
  })
  expect(await page.evaluate(() => Reflect.get(globalThis, 'injected'))).toBeUndefined()
})
