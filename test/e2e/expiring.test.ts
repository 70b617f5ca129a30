import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type ElectronApplication, expect, test } from '@playwright/test'
import type { Database } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { commandOf, launchApp, newHome, type RunningApp, removeHome, saveDialogsTo } from '../support/app'
import { makeSmallPki } from '../support/certificates'
import { addExpiring, fromNow } from '../support/expiring-certificate'
import { authorityRow, crlRow } from '../support/rows'
import { fitsSideways, inEveryLook, isAccessible } from './looks'
import { goTo } from './steps'

/** What the app shows outside its window, kept where the test can read it. */
interface Outside {
  badge: number
  notifications: { title: string; body: string; click(): void }[]
}

const home = newHome()
const units = join(home, '.config', 'systemd', 'user')
const enabledTimer = join(units, 'timers.target.wants', 'latchkey-expiry.timer')
let running: RunningApp
let clientCertificate: Uint8Array
let issuerCertificate: Uint8Array

test.beforeAll(async () => {
  await makeCertificates()
  const first = await launchApp({ home })
  await first.close()
  const database = openLocalDatabase(join(home, 'latchkey'))
  await addCertificate(database, 'Mira Falk (admin)', 12)
  await addCertificate(database, 'build-agent-02', 13)
  await addCertificate(database, 'Mira Falk', 300)
  const issuer = authorityRow('Acme Client CA G2', { der: issuerCertificate })
  const none = { children: [], predecessor: null, brought: { revoked: [], crl: null }, issued: null, line: null }
  await database.authorities.insert(issuer, none)
  const list = crlRow({ thisUpdate: fromNow(-24), nextUpdate: fromNow(6) })
  const line = { at: fromNow(-24), kind: 'crl-written', about: issuer.name, sentence: 'Number 1.' } as const
  await database.crls.put(issuer.id, list, line)
  await database.close()
  running = await launchApp({ home, environment: { PATH: standInForSystemd() } })
})
test.afterAll(async () => {
  await running.close()
  removeHome(home)
})

/** One of each kind is enough: what a page says of dates comes from the records. */
async function makeCertificates(): Promise<void> {
  const { client, intermediate } = await makeSmallPki(new Date())
  clientCertificate = client.certificate
  issuerCertificate = intermediate.certificate
}

const addCertificate = (database: Database, name: string, days: number) =>
  addExpiring(database, name, days, clientCertificate)

inEveryLook(
  'what expires is counted beside its screen, and said at the top of it',
  () => running,
  async ({ page }) => {
    const navigation = page.getByRole('navigation')
    await expect(navigation.getByRole('button', { name: 'Certificates 2 expiring' })).toBeVisible()
    await expect(navigation.getByRole('button', { name: 'Issuers 1 expiring' })).toBeVisible()
    await goTo(page, 'Certificates')
    const line = page.getByRole('status').filter({ hasText: '2 expire within 14 days' })
    await line.getByRole('button', { name: 'Show' }).click()
    await expect(page.getByRole('heading', { name: 'Mira Falk (admin)' })).toBeVisible()
    const next = page.getByRole('region', { name: 'What to do next' })
    await expect(next).toContainText(/^Expires on \d+ \w+, in 12 days/u)
    await expect(next.getByRole('button', { name: 'Renew' })).toBeVisible()
    await isAccessible(page, 'a certificate that expires')
    await fitsSideways(page.getByRole('main'), 'a certificate that expires')
    await goTo(page, 'Issuers')
    await expect(page.getByRole('status').filter({ hasText: 'revocation list is valid until' })).toBeVisible()
    await isAccessible(page, 'an issuer whose list expires')
  },
)

/** The session of the tests has nobody who shows notifications: they are collected instead. */
async function collectNotifications(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ app, Notification }) => {
    const outside: Outside = { badge: -1, notifications: [] }
    Object.assign(globalThis, { outside })
    Notification.isSupported = () => true
    Notification.prototype.show = function show() {
      outside.notifications.push({ title: this.title, body: this.body, click: () => this.emit('click') })
    }
    app.setBadgeCount = (count = 0) => {
      outside.badge = count
      return true
    }
  })
}

const outside = (app: ElectronApplication) =>
  app.evaluate(() => {
    const { badge, notifications } = (globalThis as unknown as { outside: Outside }).outside
    return { badge, notifications: notifications.map(({ title, body }) => ({ title, body })) }
  })

const wakeUp = (app: ElectronApplication) => app.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'))

const expected = [
  {
    title: '2 certificates expire in the next 14 days',
    body: expect.stringMatching(/^The first is “Mira Falk \(admin\)”/u),
  },
  { title: 'Publish a new revocation list', body: expect.stringMatching(/^Acme Client CA G2’s list is valid until/u) },
]

test('the system shows each warning once, after sleep, and a click opens what it is about', async () => {
  const { app, page } = running
  await collectNotifications(app)
  await wakeUp(app)
  await expect.poll(() => outside(app)).toEqual({ badge: 3, notifications: expected })
  await goTo(page, 'Settings')
  await app.evaluate(() => (globalThis as unknown as { outside: Outside }).outside.notifications[0]?.click())
  await expect(page.getByRole('heading', { name: 'Mira Falk (admin)' })).toBeVisible()
  await app.evaluate(() => (globalThis as unknown as { outside: Outside }).outside.notifications[1]?.click())
  await expect(page.getByRole('heading', { name: 'Acme Client CA G2' })).toBeVisible()
})

test('its end goes into a calendar file from the page of a certificate and of an issuer', async () => {
  const { app, page } = running
  const folder = join(home, 'downloads')
  await saveDialogsTo(app, folder)
  await goTo(page, 'Certificates')
  await page.getByRole('status').getByRole('button', { name: 'Show' }).click()
  await page.getByRole('button', { name: 'Add to calendar' }).click()
  await expect(page.getByText('Saved as mira-falk-admin-expires.ics.')).toBeVisible()
  expect(readFileSync(join(folder, 'mira-falk-admin-expires.ics'), 'utf8').replaceAll('\r\n ', '')).toContain(
    'SUMMARY:“Mira Falk (admin)” expires',
  )
  await goTo(page, 'Issuers')
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Add to calendar' }).click()
  await expect(page.getByText('Saved as acme-client-ca-g2-expires.ics.')).toBeVisible()
})

test('the timer of the system is added for this account, and taken away again', async () => {
  test.skip(process.platform !== 'linux', 'systemd is stood in for.')
  const { page } = running
  await goTo(page, 'Settings')
  const box = page.getByRole('checkbox', { name: 'Also warn while Latchkey is closed' })
  await expect(box).toBeEnabled()
  await expect(box).not.toBeChecked()
  await box.check()
  await expect.poll(() => existsSync(enabledTimer)).toBe(true)
  const service = readFileSync(join(units, 'latchkey-expiry.service'), 'utf8')
  expect(service).toMatch(/^ExecStart=.*"--check-expiry"$/mu)
  await expect(box).toBeChecked()
  await box.uncheck()
  await expect.poll(() => existsSync(enabledTimer)).toBe(false)
  await expect.poll(() => readdirSync(units)).toEqual(['timers.target.wants'])
})

/** A user manager, of which none runs here: it knows the units of this home, and nothing but what Latchkey may ask. */
function standInForSystemd(): string {
  const folder = join(home, 'bin')
  mkdirSync(folder)
  const script = `#!/bin/sh
cd '${units}' || exit 1
case "$*" in
  '--user daemon-reload') ;;
  '--user enable --now latchkey-expiry.timer')
    test -f latchkey-expiry.service && test -f latchkey-expiry.timer || exit 1
    mkdir -p timers.target.wants && ln -sf ../latchkey-expiry.timer timers.target.wants/ ;;
  '--user is-enabled --quiet latchkey-expiry.timer') test -L timers.target.wants/latchkey-expiry.timer ;;
  '--user disable --now latchkey-expiry.timer') rm timers.target.wants/latchkey-expiry.timer ;;
  *) exit 64 ;;
esac
`
  writeFileSync(join(folder, 'systemctl'), script, { mode: 0o755 })
  return `${folder}:${process.env['PATH']}`
}

/** As the system's timer starts it. Nobody shows notifications here, so no warning may count as given. */
async function checkWhileClosed(): Promise<void> {
  const { executable, args, env } = commandOf({ home, args: ['--check-expiry'] })
  const check = await _electron.launch({ executablePath: executable, args, env })
  const opened: string[] = []
  check.on('window', (page) => opened.push(page.url()))
  const exitCode = await new Promise((resolve) => check.process().once('exit', resolve))
  expect([exitCode, opened]).toEqual([0, []])
}

test('no warning comes again after the next start, where only a new one is told', async () => {
  await running.close()
  const database = openLocalDatabase(join(home, 'latchkey'))
  await addCertificate(database, 'MFALK-WS14', 7)
  await database.close()
  await checkWhileClosed()
  running = await launchApp({ home })
  await collectNotifications(running.app)
  await wakeUp(running.app)
  const title = '“MFALK-WS14” expires in 7 days'
  const body = 'Renew it now, so that nothing stops working.'
  await expect.poll(() => outside(running.app)).toEqual({ badge: 4, notifications: [{ title, body }] })
})
