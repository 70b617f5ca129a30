import { chmodSync, chownSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchApp, newHome, removeHome } from '../support/app'
import { isAccessible } from './looks'
import { goTo } from './steps'

/** Whose the folder is and who can write to it, as the window says it. */

test('a folder that others can write to is closed when it is asked for', async () => {
  const home = newHome()
  const folder = join(home, 'latchkey')
  mkdirSync(folder)
  chmodSync(folder, 0o777)
  const { page, close } = await launchApp({ home })
  const notice = page.getByRole('status').filter({ hasText: 'Other accounts can write to Latchkey’s folder.' })
  await expect(notice).toBeVisible()
  await isAccessible(page, 'the notice')
  await notice.getByRole('button', { name: 'Repair' }).click()
  await expect(notice).toHaveCount(0)
  expect(statSync(folder).mode & 0o777).toBe(0o755)
  await goTo(page, 'Activity')
  await expect(page.getByText('The folder was closed to other accounts.')).toBeVisible()
  await close()
  removeHome(home)
})

test('a folder of another account is refused with the remedy, and nothing is written to it', async () => {
  test.skip(process.getuid?.() !== 0, 'Only root can give a folder away.')
  const home = newHome()
  const folder = join(home, 'latchkey')
  mkdirSync(folder)
  chownSync(folder, 65_534, 65_534)
  const { page, close } = await launchApp({ home })
  await expect(page.getByText('Latchkey’s folder belongs to another account.').first()).toBeVisible()
  await expect(page.getByText('without sudo').first()).toBeVisible()
  await isAccessible(page, 'the refusal')
  await close()
  expect(readdirSync(folder)).toEqual([])
  removeHome(home)
})
