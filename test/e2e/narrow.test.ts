import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp, removeHome, resize } from '../support/app'
import { layoutFaults } from '../support/layout'
import { makeRequest } from './steps'

/** A window of 450×300, which is one of 900×600 at a zoom of 200 %: everything in it is reached and can be done. */

const zoomFactor = ({ app }: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor() ?? 0)

const choose = ({ app }: RunningApp, id: string) =>
  app.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), id)

test('zoom goes up to 200 %, every size of it works, and the next start has it still', async () => {
  const first = await launchApp({ width: 900, height: 600 })
  for (const expected of [1.1, 1.25, 1.5, 1.75, 2, 2]) {
    await choose(first, 'zoom-in')
    await expect.poll(() => zoomFactor(first)).toBeCloseTo(expected)
  }
  await first.page.waitForFunction(() => innerWidth === 450 && innerHeight === 300)
  expect(await layoutFaults(first.page)).toEqual([])
  await first.close()

  const second = await launchApp({ home: first.home, width: 900, height: 600, isZoomed: true })
  await expect.poll(() => zoomFactor(second)).toBeCloseTo(2)
  await choose(second, 'zoom-out')
  await expect.poll(() => zoomFactor(second)).toBeCloseTo(1.75)
  await choose(second, 'zoom-reset')
  await expect.poll(() => zoomFactor(second)).toBeCloseTo(1)
  await second.close()
  removeHome(first.home)
})

test('a narrow window shows the list or the detail, with a way back and the focus where one looks', async () => {
  const { app, page, close, home } = await launchApp({ width: 900, height: 600 })
  await makeRequest(page, 'Ada Lovelace')
  await makeRequest(page, 'Grace Hopper')
  await resize(app, page, 450, 300)

  const list = page.getByRole('region', { name: 'List of certificates' })
  const detail = page.getByRole('region', { name: 'Certificate', exact: true })
  const back = detail.getByRole('button', { name: 'Certificates' })
  await expect(detail.getByRole('heading', { name: 'Grace Hopper' })).toBeVisible()
  await expect(list).toBeHidden()
  await expect(detail.getByText('Step 3 of 5: Add the certificate')).toBeVisible()
  await detail.getByRole('button', { name: 'All steps' }).click()
  await expect(detail.getByText('Tested: comes later')).toBeVisible()

  await back.click()
  await expect(detail).toBeHidden()
  await expect(list.getByRole('listitem').first().getByRole('button')).toBeFocused()
  await list.getByRole('button', { name: /^Ada Lovelace/u }).press('Enter')
  await expect(back).toBeFocused()
  await expect(detail.getByRole('heading', { name: 'Ada Lovelace' })).toBeVisible()
  expect(await layoutFaults(page)).toEqual([])

  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await close()
  removeHome(home)
})
