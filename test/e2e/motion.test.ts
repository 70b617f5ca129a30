import { expect, type Page, test } from '@playwright/test'
import { z } from 'zod'
import { openPretendedWindow, type PretendedWindow } from '../support/fake-bridge/pretended-window.mjs'

/** What moves in the window. Real Chromium, the pretended back end. */
let pretended: PretendedWindow
let page: Page
test.beforeAll(async () => {
  const command = z.array(z.string()).parse(JSON.parse(process.env['LATCHKEY_SCREENS_COMMAND'] ?? '[]'))
  pretended = await openPretendedWindow(command)
  page = pretended.page
})
test.afterAll(() => pretended.close())

test('a sign of waiting is out of sight for its first 150 ms', async () => {
  // Held on the way, so that the screen waits for it.
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(/\/Settings-/u, async (route) => {
    await held
    await route.continue()
  })
  await pretended.look({ colorScheme: 'light', forcedColors: 'none' }, [900, 600])
  await pretended.show({ name: 'waiting', scene: 'full' })
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click()
  const sign = page.getByLabel('Loading')
  await expect(sign).toBeVisible()
  // In one go: between two of them the sign may be replaced by another.
  const seen = await sign.evaluate((element) => {
    const replayed = element.cloneNode(true)
    if (!(replayed instanceof HTMLElement)) return null
    element.after(replayed)
    const visibilities = [0, 149, 151].map((time) => {
      for (const animation of replayed.getAnimations()) {
        animation.pause()
        animation.currentTime = time
      }
      return getComputedStyle(replayed).visibility
    })
    replayed.remove()
    return visibilities
  })
  expect(seen).toEqual(['hidden', 'hidden', 'visible'])
  release()
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
})

test('nothing moves for whoever asks for less motion', async () => {
  await pretended.look({ colorScheme: 'light', forcedColors: 'none' }, [900, 600])
  await pretended.show({ name: 'motion', scene: 'full' })
  const moving = () =>
    page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: /^Search certificates, sites/u })).toBeFocused()
  expect(await moving()).toBe(0)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'More actions' }).click()
  await expect(page.getByRole('menuitem', { name: 'Export…' })).toBeVisible()
  expect(await moving()).toBe(0)
})
