import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchApp, removeHome } from '../support/app'
import { takePointer } from '../support/pointer'
import { makeRequest } from './steps'

test.skip(process.platform !== 'linux', 'The pointer of the system is moved on a virtual screen.')

/** The files that are being dragged, of whichever process. */
const dragged = () =>
  readdirSync(tmpdir())
    .filter((name) => /^latchkey-\d+-\w{6}$/u.test(name))
    .flatMap((name) => readdirSync(join(tmpdir(), name)).map((file) => join(tmpdir(), name, file)))
    .filter((path) => path.endsWith('.csr'))

test('a request is dragged out as a file, which stays for whoever reads it until the app quits', async () => {
  const running = await launchApp({ width: 900, height: 600 })
  const { page } = running
  await makeRequest(page, 'Ada Lovelace')
  await page.getByRole('tab', { name: 'Request' }).click()
  const before = dragged()
  const pem = await page.getByRole('region', { name: 'The request as text' }).textContent()

  const pointer = await takePointer(running)
  await pointer.moveTo(page.getByRole('button', { name: 'Drag this out' }))
  await pointer.press()
  // The window takes files itself, as any other program would. The system follows the pointer only once it has the file.
  await expect(async () => {
    await pointer.moveTo(page.getByRole('region', { name: 'List of certificates' }))
    await pointer.moveTo(page.getByRole('heading', { name: 'Ada Lovelace' }))
    await expect(page.getByText('Drop it anywhere', { exact: true })).toBeVisible({ timeout: 2000 })
  }).toPass()
  await pointer.release()
  await expect(page.getByRole('dialog', { name: 'A request (CSR)' })).toBeVisible()

  const [path = '', ...others] = dragged().filter((path) => !before.includes(path))
  expect(others).toEqual([])
  expect(path).toMatch(/\/ada-lovelace\.csr$/u)
  expect(readFileSync(path, 'utf8')).toBe(pem)
  expect((statSync(path).mode & 0o777).toString(8)).toBe('600')
  await running.close()
  expect(existsSync(dirname(path))).toBe(false)
  removeHome(running.home)
})
