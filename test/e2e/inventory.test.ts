import { createServer, type Server } from 'node:https'
import { expect, test } from '@playwright/test'
import { createLabPki, labHostname } from '#electron/lab/pki'
import { encodePem } from '#electron/pki/containers/pem'
import { launchApp, newHome, type RunningApp, removeHome } from '../support/app'
import { callBridge } from '../support/bridge'
import { chromeFolder, firefoxFolder, putIntoNss } from '../support/foreign-identity'
import { type Nginx, startNginx, withoutCookie } from '../support/nginx'
import { keysIn } from '../support/nss'
import { type Walkthrough, walkThrough } from '../support/openssl'
import { isAccessible } from './looks'
import { addSite, firstQuestion, goTo, makeRequest, trustServer, verdictOf } from './steps'

/** What others have put into the browsers' stores is shown, watched and tested, and never changed. */
const hostname = 'grafana.acme.example'

let walk: Walkthrough
let nginx: Nginx
let inspected: Server
let running: RunningApp
let before: string
test.beforeAll(async () => {
  walk = await walkThrough()
  nginx = await startNginx({ clientCa: walk.chainPem, hostname, locations: withoutCookie })
  const home = newHome()
  await putIntoNss(walk, chromeFolder(home))
  await putIntoNss(walk, firefoxFolder(home))
  inspected = await siteBehindInspection(home)
  before = keysIn(home)
  running = await launchApp({ home })
})
test.afterAll(async () => {
  await running.close()
  removeHome(running.home)
  inspected.close()
  await Promise.all([nginx.stop(), walk.remove()])
})

/** Open to everyone, with an application in Access, as it looks behind an inspection whose root only the browser's store has. */
async function siteBehindInspection(home: string): Promise<Server> {
  const { server, serverRoot } = await createLabPki(new Date())
  await walk.write('inspection.pem', encodePem('CERTIFICATE', serverRoot.certificate))
  const root = ['-n', 'Inspection', '-t', 'C,,', '-i', walk.path('inspection.pem')]
  await walk.run('certutil', ['-A', '-d', `sql:${chromeFolder(home)}`, ...root])
  const pair = { key: encodePem('PRIVATE KEY', server.pkcs8), cert: encodePem('CERTIFICATE', server.certificate) }
  const site = createServer(pair, ({ headers }, response) => {
    response.setHeader('cf-ray', '8c1e0f-FRA')
    if (headers['cf-access-metadata-request'] === 'true') response.setHeader('cf-access-metadata', 'a.b.c')
    response.end('in')
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  return site
}

test('the first screen leads to the certificates that are there already', async () => {
  const { page } = running
  await expect(page.getByRole('heading', { name: firstQuestion })).toBeVisible()
  await page.getByRole('button', { name: 'Show the certificate on this computer' }).click()
  await expect(page.getByRole('heading', { name: 'John Doe', level: 2 })).toBeVisible()
  const places = page.getByRole('region', { name: 'On this computer', exact: true })
  for (const name of ['Chrome and Chromium', 'Firefox (default)']) await expect(places).toContainText(name)
  await expect(places.getByText('Key present')).toHaveCount(2)
  await expect(places).toContainText('Read by Firefox')
  await expect(page.getByText(/^Latchkey did not install this certificate/u)).toBeVisible()
  await isAccessible(page)
})

test('it stands in a group of its own, below those of Latchkey, and names its stores', async () => {
  const { page } = running
  await goTo(page, 'Certificates')
  await makeRequest(page, 'Ada Lovelace')
  const group = page.getByRole('region', { name: 'Also on this computer (read only)' })
  await expect(group.getByRole('listitem')).toHaveText(/John Doe/u)
  await expect(group).toContainText('In 2 stores')
  await expect(page.getByRole('heading', { name: 'In Latchkey' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search certificates' }).fill('john')
  await expect(group).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search certificates' }).fill('ada')
  await expect(group).toHaveCount(0)
  await page.getByRole('searchbox', { name: 'Search certificates' }).fill('')
  await group.getByRole('button').click()
  await expect(page.getByRole('heading', { name: 'John Doe', level: 2 })).toBeVisible()
  // Nothing that needs its key is offered.
  for (const name of ['Renew', /^Install/u, /^Remove/u, /^Export/u, /^Delete/u])
    await expect(
      page.getByRole('region', { name: 'Certificate', exact: true }).getByRole('button', { name }),
    ).toHaveCount(0)
})

test('it is tested as the browser, without its key being in Latchkey', async () => {
  const { page, home } = running
  await addSite(page, `https://${hostname}:${nginx.port}/plain`, `127.0.0.1:${nginx.port}`)
  await page.getByRole('button', { name: 'Test connection' }).click()
  await trustServer(page)
  await goTo(page, 'Certificates')
  const card = page.getByRole('region', { name: 'Test', exact: true })
  await card.getByRole('button', { name: 'Test as the browser' }).click()
  await expect(verdictOf(page)).toHaveAttribute('data-verdict', /^let-in/u)
  await expect(page.getByText(/as the browser, with John Doe/u)).toBeVisible()
  expect(keysIn(home)).toBe(before)
})

test('a server is asked for its application where only the browser trusts it', async () => {
  const address = inspected.address()
  const port = typeof address === 'object' ? address?.port : null
  const { page } = running
  const { id: host } = await callBridge(page, 'hosts.save', {
    id: null,
    address: `https://${labHostname}:${port}/`,
    connectTo: `127.0.0.1:${port}`,
    useProxy: false,
  })
  const test = (mode: 'browser' | 'direct') =>
    callBridge(page, 'connections.test', { host, identity: null, mode, job: crypto.randomUUID() })
  expect((await test('direct')).without.tls?.trust).toBe('untrusted')
  const { without, findings } = await test('browser')
  expect(without.tls).toMatchObject({ trust: 'trusted', rootOrigin: 'system' })
  expect(without.access.application).toBe('claimed')
  expect(findings[0]?.code).toBe('rule-lets-everybody-in')
})
