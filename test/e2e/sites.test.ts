import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { readSavedReports } from '#shared/logic/report/saved'
import { browserIsAsked, launchApp, type RunningApp, removeHome, saveDialogsTo } from '../support/app'
import { dropFiles } from '../support/drop'
import { type Nginx, nginxToken, startNginx } from '../support/nginx'
import { type Walkthrough, walkThrough } from '../support/openssl'
import { startProxy } from '../support/servers/proxy'
import { isAccessible } from './looks'
import { addSite, runTest, trustServer, verdictOf } from './steps'

/** What can be done with a site and its report: the proxy, files, commands, the browser. */
const hostname = 'grafana.acme.example'
const proxyPassword = 'planted-proxy-password'
const queryValue = 'planted-query-value'

let walk: Walkthrough
let nginx: Nginx
let proxy: { port: number; stop(): Promise<void> }
let running: RunningApp

test.beforeAll(async () => {
  walk = await walkThrough()
  nginx = await startNginx({ clientCa: walk.chainPem, hostname })
  proxy = await startProxy(null)
  const environment = { HTTPS_PROXY: `http://ada:${proxyPassword}@127.0.0.1:${proxy.port}`, NO_PROXY: '' }
  running = await launchApp({ environment })
})
test.afterAll(async () => {
  await running.close()
  await Promise.all([nginx.stop(), proxy.stop(), walk.remove()])
  removeHome(running.home)
})

/** Folded away at first, and then as the person leaves it. */
async function openDetails(page: Page, tab: string): Promise<void> {
  const details = page.getByText('Technical details', { exact: true })
  await expect(details).toBeVisible()
  if (!(await page.getByRole('tab', { name: tab }).isVisible())) await details.click()
  await page.getByRole('tab', { name: tab }).click()
}

const siteMenu = async (page: Page, item: string) => {
  await page.getByRole('button', { name: 'More for this site' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('a site is tested through the proxy that the computer names, until that is switched off', async () => {
  const { page } = running
  const files = await Promise.all(
    ['client.pem', 'client.key'].map(async (name) => ({ name, content: await walk.read(name) })),
  )
  await dropFiles(page, files)
  const added = page.getByRole('dialog', { name: 'Certificate added' })
  await added.getByRole('button', { name: 'Continue' }).click()
  await addSite(page, `https://${hostname}:${nginx.port}/?q=${queryValue}`, `127.0.0.1:${nginx.port}`)
  await runTest(page, 'John Doe', 'Direct')
  await trustServer(page)
  await expect(page.getByText(`through the proxy http://127.0.0.1:${proxy.port}`)).toBeVisible()
  // nginx made the cookie up.
  await expect(verdictOf(page)).toHaveAttribute('data-verdict', 'token-wrong')

  await siteMenu(page, 'Edit…')
  const dialog = page.getByRole('dialog', { name: 'Edit this site' })
  await dialog.getByRole('switch', { name: 'Use this computer’s proxy' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await runTest(page, 'John Doe', 'Direct')
  await expect(page.getByText('directly, no proxy')).toBeVisible()
})

test('every test of a site is in its history, with its outcome, and can be opened again', async () => {
  const { page } = running
  await openDetails(page, 'Earlier')
  const rows = page.getByRole('tabpanel', { name: 'Earlier' }).getByRole('listitem')
  // Untrusted at first, then through the proxy, then without it.
  await expect(rows).toHaveCount(3)
  for (const [place, outcome] of ['Wrong cookie', 'Wrong cookie', 'Not trusted'].entries())
    await expect(rows.nth(place)).toContainText(outcome)
  await rows.nth(2).getByRole('button').click()
  await expect(page.getByText(/^An earlier test:/u)).toBeVisible()
  await expect(verdictOf(page)).toHaveAttribute('data-verdict', 'server-untrusted')
  await expect(rows.nth(2).getByRole('button')).toHaveAttribute('aria-current', 'true')
  await page.getByRole('button', { name: 'Show the latest' }).click()
  await expect(page.getByText(/^An earlier test:/u)).toBeHidden()
  await expect(verdictOf(page)).toHaveAttribute('data-verdict', 'token-wrong')
})

test('a report is saved in every format, with nothing secret in it', async () => {
  const { page, app, home } = running
  const folder = join(home, 'downloads')
  await saveDialogsTo(app, folder)
  const save = async (words: string, ending: string) => {
    await page.getByRole('button', { name: 'Save report…' }).click()
    await page.getByRole('menuitem', { name: words }).click()
    await expect(page.getByText(`Saved as grafana-acme-example-test.${ending}.`)).toBeVisible()
    return readFileSync(join(folder, `grafana-acme-example-test.${ending}`), 'utf8')
  }
  const html = await save('As a page (HTML)', 'html')
  const json = await save('As data (JSON)', 'json')
  const har = await save('As an HTTP archive (HAR)', 'har')
  for (const content of [html, json, har]) {
    expect(content).toContain(hostname)
    for (const part of nginxToken.split('.').slice(1)) expect(content).not.toContain(part)
    expect(content).not.toContain(proxyPassword)
    expect(content).not.toContain('PRIVATE KEY')
  }
  expect(html).toContain("default-src 'none'")
  expect(html).not.toMatch(/<script|src=|href=/iu)
  expect(readSavedReports(JSON.parse(json))).toMatchObject([{ address: expect.stringContaining(hostname) }])
  expect(JSON.parse(har)).toMatchObject({ log: { version: '1.2' } })
  expect(har).not.toContain(queryValue)
})

test('two reports are compared: one kept earlier, and one from a file', async () => {
  const { page, home } = running
  await openDetails(page, 'Compare')
  await page.getByRole('combobox', { name: 'Compare with' }).click()
  // The one before the latest, which went through the proxy.
  await page.getByRole('option').first().click()
  const rows = page.getByRole('tabpanel', { name: 'Compare' }).getByRole('row')
  await expect(rows.filter({ hasText: 'Proxy' }).first()).toContainText(`http://127.0.0.1:${proxy.port}`)
  await expect(rows.filter({ hasText: 'Verdict' })).toHaveCount(0)
  await page.getByRole('switch', { name: 'Also show what is the same' }).click()
  await expect(rows.filter({ hasText: 'Verdict' })).toHaveCount(1)
  await isAccessible(page)

  const choose = page.getByRole('tabpanel', { name: 'Compare' }).locator('input[type="file"]')
  await choose.setInputFiles(join(home, 'downloads', 'grafana-acme-example-test.json'))
  await expect(page.getByText('No differences.')).toBeVisible()
  await choose.setInputFiles(walk.path('client.pem'))
  await expect(page.getByText('“client.pem” is not a report of a connection test.')).toBeVisible()
})

test('the test is repeated outside with the command that is copied', async () => {
  const { page, app } = running
  await openDetails(page, 'Commands')
  await page.getByRole('button', { name: 'Copy as curl', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  const command = await app.evaluate(({ clipboard }) => clipboard.readText())
  expect(command).not.toMatch(/ -k\b|--insecure|PRIVATE/u)
  await walk.write('server-root.pem', nginx.rootPem)
  // The files have the names that the command asks for.
  const answer = await walk.run('env', ['CURL_CA_BUNDLE=server-root.pem', 'sh', '-c', command])
  expect(answer).toContain('You are in')
})

test('the site opens in the person’s own browser, at its full address', async () => {
  const { page, app } = running
  const asked = await browserIsAsked(app)
  await siteMenu(page, 'Open in browser')
  await expect.poll(asked).toEqual([`https://${hostname}:${nginx.port}/?q=${queryValue}`])
})
