import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp, removeHome } from '../support/app'

const boundsOf = ({ app }: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())

test('the window opens where it was closed, and where the system puts it once that screen is gone', async () => {
  const first = await launchApp()
  const chosen = { x: 60, y: 50, width: 820, height: 560 }
  await first.app.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), chosen)
  await expect.poll(() => boundsOf(first)).toEqual(chosen)
  await first.close()

  // `isZoomed`: the size that it opens with stays.
  const second = await launchApp({ home: first.home, isZoomed: true })
  await expect.poll(() => boundsOf(second)).toEqual(chosen)
  const away = { ...chosen, x: 50_000 }
  await second.app.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), away)
  await second.close()

  const third = await launchApp({ home: first.home, isZoomed: true })
  await expect.poll(() => boundsOf(third)).toMatchObject({ width: 820, height: 560 })
  expect((await boundsOf(third))?.x).toBeLessThan(10_000)
  await third.close()
  removeHome(first.home)
})
