import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { launchApp, newHome, openDialogsGive, type RunningApp, removeHome } from '../support/app'
import { type Nginx, startNginx, withoutCookie } from '../support/nginx'
import { type Walkthrough, walkThrough } from '../support/openssl'
import { isAccessible } from './looks'
import {
  actByPalette,
  addSite,
  firstQuestion,
  goTo,
  pressWithEnter,
  tabTo,
  trustServer,
  verdictOf,
  watchPointer,
} from './steps'

/** The first start asks for the address that refuses the person, and goes on from what the site says. */

const hostname = 'grafana.acme.example'

let walk: Walkthrough
let nginx: Nginx
let address: string

test.beforeAll(async () => {
  walk = await walkThrough()
  nginx = await startNginx({ clientCa: walk.chainPem, hostname, locations: withoutCookie })
  address = `https://${hostname}:${nginx.port}/plain`
})
test.afterAll(() => Promise.all([nginx.stop(), walk.remove()]))

/** The server’s own certificate is nobody’s: its key is agreed to first, which leaves the list of certificates empty. */
async function acceptServer({ page }: RunningApp): Promise<void> {
  await addSite(page, address, `127.0.0.1:${nginx.port}`)
  await page.getByRole('button', { name: 'Test connection' }).click()
  await trustServer(page)
  await goTo(page, 'Certificates')
}

const field = (page: Page) => page.getByRole('textbox', { name: 'Site that refuses you' })

/** From the keyboard alone: the field has the focus. */
async function check(page: Page, text: string): Promise<void> {
  await expect(page.getByRole('heading', { name: firstQuestion })).toBeVisible()
  await expect(field(page)).toBeFocused()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

/** The same with the keyboard. */
async function acceptServerByKeyboard({ page }: RunningApp): Promise<void> {
  await actByPalette(page, 'Go to Sites')
  await tabTo(page, page.getByLabel('Address'))
  await page.keyboard.type(address)
  await pressWithEnter(page, page.getByRole('button', { name: 'Advanced' }))
  await tabTo(page, page.getByLabel('Connect to'))
  await page.keyboard.type(`127.0.0.1:${nginx.port}`)
  await page.keyboard.press('Enter')
  await pressWithEnter(page, page.getByRole('button', { name: 'Test connection' }))
  await pressWithEnter(page, page.getByRole('button', { name: /I know this server/u }))
  await page.getByText('You accepted this server’s own key.').waitFor()
  await actByPalette(page, 'Go to Certificates')
}

test('from the address to a request, and to being let in once the certificate has come, without a mouse', async () => {
  const running = await launchApp()
  const { app, page, home } = running
  const pointed = await watchPointer(page)
  await isAccessible(page)
  await acceptServerByKeyboard(running)
  await check(page, ` ${address} `)
  await expect(page.getByRole('heading', { name: /^You need a certificate from /u })).toBeVisible()
  await expect(page.getByText('You have none from this issuer')).toHaveCount(2)
  await expect(page.getByRole('button', { name: 'Use it' })).toHaveCount(0)
  expect(await nginx.log()).not.toContain('SUCCESS')
  await isAccessible(page)

  await pressWithEnter(page, page.getByRole('button', { name: 'Request one' }))
  const dialog = page.getByRole('dialog', { name: 'New certificate' })
  await expect(dialog.getByLabel('Common Name')).toBeFocused()
  await page.keyboard.type('Mira Falk')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await tabTo(page, page.getByRole('tab', { selected: true }))
  await tabTo(page, page.getByRole('tab', { name: 'Request' }), 'ArrowRight')
  const csr = (await page.getByText('-----BEGIN CERTIFICATE REQUEST-----').textContent()) ?? ''
  await walk.write('mira.pem', (await walk.issue(csr)) + walk.intermediatePem)
  await openDialogsGive(app, [walk.path('mira.pem')])
  await actByPalette(page, 'Open…')
  const added = page.getByRole('dialog', { name: 'Certificate added' })
  await pressWithEnter(page, added.getByRole('button', { name: /^Test grafana\.acme\.example/u }))
  await expect(verdictOf(page)).toHaveAttribute('data-verdict', /^let-in/u)
  expect(await pointed()).toBe(0)
  await running.close()
  removeHome(home)
})

test('a certificate that only the browsers’ store has is found, and used without its key', async () => {
  const home = newHome()
  const folder = join(home, '.pki', 'nssdb')
  mkdirSync(folder, { recursive: true })
  await walk.openssl(
    ...['pkcs12', '-export', '-in', 'client.pem', '-inkey', 'client.key', '-certfile', 'ca-chain.pem'],
    ...['-name', 'John Doe', '-out', 'john.p12', '-passout', 'pass:secret'],
  )
  await walk.run('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password'])
  await walk.run('pk12util', ['-i', walk.path('john.p12'), '-d', `sql:${folder}`, '-W', 'secret', '-K', ''])

  const running = await launchApp({ home })
  const { page } = running
  await acceptServer(running)
  await check(page, address)
  await expect(page.getByRole('heading', { name: 'You already have a certificate for this site' })).toBeVisible()
  const card = page.getByRole('region', { name: 'John Doe' })
  for (const words of ['The site accepts its issuer', 'Not expired', 'Made for signing in', 'Its key is here'])
    await expect(card.getByText(words)).toBeVisible()
  await expect(card.getByText(/The key stays there\.$/u)).toBeVisible()
  await expect(page.getByText('Issued “John Doe”')).toHaveCount(1)
  await expect(page.getByText('In the chain of “John Doe”')).toHaveCount(1)
  await isAccessible(page)
  await card.getByRole('button', { name: 'Use it' }).click()
  await expect(verdictOf(page)).toHaveAttribute('data-verdict', /^let-in/u)
  await expect(page.getByText(/as the browser, with John Doe/u)).toBeVisible()
  // Still none of Latchkey’s own.
  await goTo(page, 'Certificates')
  await expect(page.getByRole('heading', { name: firstQuestion })).toBeVisible()
  await running.close()
  removeHome(home)
})

test('what is not an address, or leads nowhere, is said in words, and nothing is kept', async () => {
  const { page, home, close } = await launchApp()
  await check(page, 'http://grafana.acme.example')
  await expect(page.getByText('Client certificates need https, but this address starts with http.')).toBeVisible()
  await expect(field(page)).toBeFocused()
  await field(page).fill(`https://127.0.0.1:1/`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: /^No answer: nothing is listening/u })).toBeVisible()
  await expect(page.getByText('Check the port, or ask whether the site is running.')).toBeVisible()
  await expect(page.getByText('No certificate was presented while Latchkey looked.')).toBeVisible()
  await goTo(page, 'Sites')
  await expect(page.getByRole('heading', { name: 'Which site do you need?' })).toBeVisible()
  await close()
  removeHome(home)
})
