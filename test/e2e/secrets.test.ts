import { createPrivateKey, randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp, removeHome } from '../support/app'
import { dropFiles } from '../support/drop'
import { nginxToken, startNginx } from '../support/nginx'
import { type Walkthrough, walkThrough } from '../support/openssl'
import { findMarkers, type Marker, type ProcessWatch, spellingsOf, text, watchProcesses } from '../support/secrets'
import { addSite, installOnThisComputer, runTest, trustServer, verdictOf } from './steps'

/**
 * A key and a password that we know go through the whole journey. Neither they nor the cookie may appear in any process'
 * arguments, in the log, in the database, or in any file but the sealed one. Both are new each time: /dev/shm and the list
 * of processes are everybody's, and another run of this very test may be under way.
 */
const password = `planted-password-${randomUUID()}`

let walk: Walkthrough
let running: RunningApp
let watch: ProcessWatch
const watched = join(tmpdir(), `latchkey-watch-${process.pid}.txt`)

test.beforeAll(async () => {
  walk = await walkThrough()
  watch = await watchProcesses(watched)
  running = await launchApp()
})
test.afterAll(async () => {
  await running.close()
  await walk.remove()
  rmSync(watched, { force: true })
  removeHome(running.home)
})

test('nothing secret is left anywhere', async () => {
  const { page, home } = running
  const nginx = await startNginx({ clientCa: walk.chainPem })
  const files = ['-inkey', 'client.key', '-in', 'client.pem', '-certfile', 'ca-chain.pem', '-out', 'client.p12']
  await walk.write('password.txt', `${password}\n`)
  await walk.openssl('pkcs12', '-export', ...files, '-passout', 'file:password.txt')

  await dropFiles(page, [{ name: 'client.p12', content: await walk.read('client.p12') }])
  const dialog = page.getByRole('dialog', { name: 'This file has a password' })
  await dialog.getByLabel('Password of the file', { exact: true }).fill('wrong')
  await dialog.getByRole('button', { name: 'Open' }).click()
  await expect(dialog.getByText('Wrong password, or the file was altered.')).toBeVisible()
  await dialog.getByLabel('Password of the file', { exact: true }).fill(password)
  await dialog.getByRole('button', { name: 'Open' }).click()
  // The certificate's page behind the dialog says it, too.
  const added = page.getByRole('dialog').filter({ hasText: 'Whoever made this file has had your private key' })
  await added.getByRole('button', { name: 'Continue' }).click()

  await installOnThisComputer(page)
  await addSite(page, `https://access.latchkey.localhost:${nginx.port}/`, `127.0.0.1:${nginx.port}`)
  await runTest(page, 'John Doe', 'Direct')
  await trustServer(page)
  await runTest(page, 'John Doe', 'As the browser')
  // nginx made the cookie up.
  await expect(verdictOf(page)).toHaveAttribute('data-verdict', 'token-wrong')
  await runTest(page, 'John Doe', 'Direct')
  // nginx made the cookie up.
  await expect(verdictOf(page)).toHaveAttribute('data-verdict', 'token-wrong')
  await nginx.stop()

  const markers = plantedMarkers()
  const commands = await watch.end()
  expect(commands, 'the watch saw the commands').toContain('pk12util')
  for (const { name, bytes } of markers)
    expect(commands.includes(bytes.toString('latin1')), `${name} in arguments`).toBe(false)
  expect(findMarkers([home, '/dev/shm', process.env['XDG_RUNTIME_DIR'] ?? home], markers)).toEqual([])
  expect(running.output()).not.toContain(password)
  expect(findMarkers([join(home, 'latchkey')], [text('anything like a token', 'eyJhbGciOi')])).toEqual([])
})

function plantedMarkers(): Marker[] {
  const der = createPrivateKey(walk.clientKeyPem).export({ type: 'pkcs8', format: 'der' })
  return [...spellingsOf('the private key', der), text('the password', password), text('the cookie', nginxToken)]
}
