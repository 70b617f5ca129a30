import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchApp, newHome, removeHome } from '../support/app'
import { asAppImage } from '../support/as-app-image'
import { canMount } from '../support/crash'
import { startFeed } from '../support/update-feed'
import { isAccessible } from './looks'
import { goTo } from './steps'

const homes: string[] = []
test.afterAll(() => homes.forEach(removeHome))

/** The app on a computer whose administrator has laid this down: a copy of /etc is mounted in its place, for the app alone. */
function launchWith(policy: string, environment: Record<string, string> = {}) {
  const home = newHome()
  homes.push(home)
  const etc = join(home, 'etc')
  execFileSync('cp', ['-a', '/etc', etc])
  mkdirSync(join(etc, 'latchkey'), { recursive: true, mode: 0o755 })
  writeFileSync(join(etc, 'latchkey', 'policy.json'), policy)
  return launchApp({ home, environment, mounts: `mount --bind '${etc}' /etc` })
}

test('a policy hides parts of the window, presets sites and can be read in Settings', async () => {
  test.skip(!canMount(), 'Nothing can be mounted here.')
  const hidden = { hide: ['issuers', 'access', 'practice'], forbid: ['backup'], updates: 'off' }
  const server = await startFeed()
  const programs = newHome()
  homes.push(programs)
  const appImage = join(programs, 'Latchkey.AppImage')
  writeFileSync(appImage, '')
  server.publish()
  const policy = JSON.stringify({ version: 1, ...hidden, sites: ['https://admin.acme.example/'] })
  const { page, close } = await launchWith(policy, asAppImage(server.feed, appImage))
  const practice = page.getByRole('button', { name: /practi[cs]e/iu })
  const issuers = page.getByRole('button', { name: /I run the CA/u })
  await goTo(page, 'Sites')
  await expect(page.getByText('admin.acme.example').first()).toBeVisible()
  await goTo(page, 'Settings')
  const managed = page.getByRole('region', { name: 'Managed by your organisation' })
  for (const words of [
    'Issuers, Access and Practice',
    'Making a backup',
    'https://admin.acme.example/',
    '/etc/latchkey/policy.json',
  ])
    await expect(managed).toContainText(words)
  await expect(page.getByRole('region', { name: 'Backup' })).toContainText('No backup is made on this computer')
  const updates = page.getByRole('region', { name: 'Updates' })
  await expect(updates).toContainText('Updates are off because of the policy of this computer.')
  expect(server.asked).toEqual([])
  await server.close()
  for (const name of ['Issuers (CA)', 'Make keys for other people'])
    await expect(page.getByRole('checkbox', { name })).toHaveCount(0)
  await isAccessible(page, 'Settings on a managed computer')
  await page.keyboard.press('Control+K')
  await page.getByRole('combobox', { name: /^Search certificates, sites/u }).fill('practice')
  await expect(page.getByRole('option', { name: /practi[cs]e/iu })).toHaveCount(0)
  await page.getByRole('combobox', { name: /^Search certificates, sites/u }).fill('crl')
  await expect(page.getByRole('option', { name: /Issuers/u })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await goTo(page, 'Certificates')
  await expect(practice).toHaveCount(0)
  await expect(issuers).toHaveCount(0)
  await close()
})

test('a policy that cannot be used closes Access and says why', async () => {
  test.skip(!canMount(), 'Nothing can be mounted here.')
  const { page, close } = await launchWith('{"version":1,"forbidden":["backup"]}')
  await goTo(page, 'Settings')
  const managed = page.getByRole('region', { name: 'Managed by your organisation' })
  await expect(managed).toContainText('It has a field that Latchkey does not know: forbidden.')
  await page.keyboard.press('Control+K')
  await page.getByRole('combobox', { name: /^Search certificates, sites/u }).fill('cloudflare')
  await page
    .getByRole('option', { name: /Access/u })
    .first()
    .click()
  await expect(page.getByText('Access is off on this computer')).toBeVisible()
  await close()
})
