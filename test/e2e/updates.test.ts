import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { launchApp, newHome, removeHome } from '../support/app'
import { asAppImage } from '../support/as-app-image'
import { startProxy } from '../support/servers/proxy'
import { newProgram, newSigner, startFeed, type UpdateServer } from '../support/update-feed'
import { goTo } from './steps'

test.skip(process.platform !== 'linux', 'An AppImage is of Linux.')

/** The real app as an AppImage: its variables, around the program that tests start, and a file that stands for the AppImage. */

let server: UpdateServer
let home: string
let appImage: string
/** Of the computer. Nothing that the tests want goes through it, since the feed is on loopback. */
let proxy: Awaited<ReturnType<typeof startProxy>>

test.beforeEach(async () => {
  server = await startFeed()
  proxy = await startProxy('HTTP/1.1 403 Forbidden\r\n\r\n')
  home = newHome()
  mkdirSync(join(home, 'programs'))
  appImage = join(home, 'programs', 'Latchkey-0.1.0.AppImage')
  writeFileSync(appImage, 'the Latchkey of today', { mode: 0o755 })
})
test.afterEach(async () => {
  await Promise.all([server.close(), proxy.stop()])
  removeHome(home)
})

const launch = async () =>
  launchApp({
    home,
    environment: { ...asAppImage(server.feed, appImage), https_proxy: `http://127.0.0.1:${proxy.port}` },
  })
const status = (page: Page) => page.getByRole('region', { name: 'Updates' }).getByRole('status')

test('a newer release is downloaded, shown with what is new, and installed when the app quits', async () => {
  server.publish({ version: '9.0.0', releaseNotes: 'Tests run <b>twice</b> as fast.' })
  const { page, close } = await launch()
  await goTo(page, 'Settings')
  await expect(status(page)).toHaveText('Latchkey 9.0.0 is ready. It is installed when you quit.')
  await expect(page.getByText('Tests run <b>twice</b> as fast.')).toBeVisible()
  expect(readFileSync(appImage, 'utf8')).toBe('the Latchkey of today')
  await close()
  await expect.poll(() => readFileSync(appImage).equals(newProgram)).toBe(true)
  expect(readdirSync(dirname(appImage))).toEqual(['Latchkey-0.1.0.AppImage'])
  // Chromium would fetch a dictionary for the session of the updates.
  expect(proxy.asked).toEqual([])
})

test('a release that somebody else has signed changes nothing and says so; switched off, nothing is asked', async () => {
  server.publish({}, newSigner())
  const first = await launch()
  await goTo(first.page, 'Settings')
  await expect(first.page.getByText('The update is not signed by the makers of Latchkey.')).toBeVisible()
  server.answers.set(
    'latest-linux.yml.sig',
    (_request, response) => void response.writeHead(302, { location: '/feed/elsewhere' }).end(),
  )
  await first.page.getByRole('button', { name: 'Check for updates' }).click()
  await expect(first.page.getByText('The update server cannot be reached.')).toBeVisible()
  expect(server.asked).not.toContain('elsewhere')
  const automatic = first.page.getByRole('checkbox', { name: 'Update Latchkey automatically' })
  await automatic.click()
  await expect(automatic).not.toBeChecked()
  await expect(automatic).toBeEnabled()
  await first.close()
  expect(readFileSync(appImage, 'utf8')).toBe('the Latchkey of today')
  expect(existsSync(join(home, 'latchkey', 'updates'))).toBe(false)

  server.publish()
  server.asked.length = 0
  const second = await launch()
  await goTo(second.page, 'Settings')
  await expect(second.page.getByRole('checkbox', { name: 'Update Latchkey automatically' })).not.toBeChecked()
  await expect(status(second.page)).toHaveText('Not checked yet.')
  expect(server.asked).toEqual([])
  await second.page.getByRole('button', { name: 'Check for updates' }).click()
  await expect(status(second.page)).toHaveText(/^Latchkey 9\.0\.0 is ready\./u)
  await second.close()
})
