import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openLocalDatabase } from '#electron/database/local'
import { launchApp, newHome, removeHome, saveDialogsTo } from '../support/app'
import { callBridge } from '../support/bridge'
import { makeSmallPki } from '../support/certificates'
import { certificateRow, hostRow, identityRow } from '../support/rows'
import { goTo } from './steps'

test('from a certificate’s page to the policy file of chosen sites, and what an administrator does with it', async () => {
  const home = newHome()
  const first = await launchApp({ home })
  await first.close()
  const database = openLocalDatabase(join(home, 'latchkey'))
  const row = identityRow('Ada')
  const { client } = await makeSmallPki(new Date())
  await database.identities.insert(row)
  await database.identities.setCertificate(
    row.id,
    { ...certificateRow('Ada'), der: client.certificate },
    [],
    false,
    new Date().toISOString(),
  )
  // As after a test with it.
  await database.hosts.insert(hostRow('grafana.example.com', { identity: row.id }))
  await database.close()
  const running = await launchApp({ home })
  const { app, page } = running
  await saveDialogsTo(app, join(home, 'downloads'))
  for (const address of ['https://admin.example.com/', 'https://wiki.example.com:8443/'])
    await callBridge(page, 'hosts.save', {
      id: null,
      address,
      connectTo: '',
      useProxy: true,
      group: '',
      name: '',
      tags: [],
      note: '',
    })
  await page.getByRole('button', { name: /^Ada/u }).click()
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Stop the browser asking…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('/etc/opt/chrome/policies/managed/')
  await dialog.getByRole('combobox', { name: 'Sites' }).click()
  await page.getByRole('option', { name: 'wiki.example.com:8443' }).click()
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Save policy…' }).click()
  await expect(dialog.getByRole('status')).toHaveText('Saved as latchkey.json.')
  const saved = readFileSync(join(home, 'downloads', 'latchkey.json'), 'utf8')
  expect(saved).toContain('https://wiki.example.com:8443')
  expect(saved).not.toContain('admin.example.com')
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await goTo(page, 'Sites')
  await page.getByRole('button', { name: /grafana\.example\.com/u }).click()
  await page.getByRole('button', { name: 'More for this site' }).click()
  await page.getByRole('menuitem', { name: 'Stop the browser asking…' }).click()
  await dialog.getByRole('button', { name: 'Save policy…' }).click()
  await expect(dialog.getByRole('status')).toHaveText(/^Saved as/u)
  const names = readdirSync(join(home, 'downloads'))
  const texts = names.map((name) => readFileSync(join(home, 'downloads', name), 'utf8'))
  expect(texts.some((text) => text.includes('grafana.example.com') && !text.includes('wiki'))).toBe(true)
  await running.close()
  removeHome(home)
})
