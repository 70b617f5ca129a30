import { expect, type Page, test } from '@playwright/test'
import { z } from 'zod'
import { openPretendedWindow, type PretendedWindow } from '../support/fake-bridge/pretended-window.mjs'
import { firstQuestion } from './steps'

/** What moves in the window. Real Chromium, the pretended back end. */
let pretended: PretendedWindow
let page: Page
test.beforeAll(async () => {
  const command = z.array(z.string()).parse(JSON.parse(process.env['LATCHKEY_SCREENS_COMMAND'] ?? '[]'))
  pretended = await openPretendedWindow(command)
  page = pretended.page
})
test.afterAll(() => pretended.close())

/** From the next loading of the page on, the back end answers this call only once `letAnswerGo` has been called. */
function holdAnswer(channel: string) {
  let bridge: object = {}
  const hold = (given: object) => {
    const ask = Reflect.get(given, channel)
    const held = new Promise<void>((resolve) => Object.assign(window, { letAnswerGo: resolve }))
    bridge = Object.assign(given, { [channel]: (input: unknown) => held.then(() => ask(input)) })
  }
  Object.defineProperty(window, 'latchkey', { get: () => bridge, set: hold, configurable: true })
}

/** The page is loaded again after its scene: a start that knows what the last one led to, or a first one. */
async function showHolding(
  channel: string,
  scene: 'empty' | 'full',
  start: 'a first start' | 'a later start' = 'a later start',
): Promise<void> {
  await pretended.look({ colorScheme: 'light', forcedColors: 'none' }, [900, 600])
  await pretended.show({ name: 'waiting', scene })
  await page.addInitScript(holdAnswer, channel)
  if (start === 'a first start') await page.evaluate(() => localStorage.clear())
  await page.reload()
}

const letAnswerGo = () => page.evaluate(() => Reflect.get(window, 'letAnswerGo')())

/** How visible the sign of waiting is so many milliseconds after it came; nothing where there is none. */
function visibilityAt(times: readonly number[]) {
  const sign = document.querySelector('[aria-label="Loading"]')
  const replayed = sign?.cloneNode(true)
  if (!(replayed instanceof HTMLElement)) return []
  sign?.after(replayed)
  const seen = times.map((time) => {
    for (const animation of replayed.getAnimations()) {
      animation.pause()
      animation.currentTime = time
    }
    return getComputedStyle(replayed).visibility
  })
  replayed.remove()
  return seen
}

/** What begins to move from now on, also what has come to rest when somebody looks. A colour that fades moves nothing. */
const noteMotion = () =>
  page.evaluate(() => {
    const begun: string[] = []
    Object.assign(window, { begun })
    document.addEventListener('animationstart', ({ animationName }) => begun.push(animationName))
    document.addEventListener('transitionrun', ({ propertyName }) => {
      if (!propertyName.includes('color')) begun.push(propertyName)
    })
  })
const begunMotion = () => page.evaluate((): unknown => Reflect.get(window, 'begun'))

async function openThings(): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: /^Search certificates, sites/u })).toBeFocused()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'More actions' }).click()
  await expect(page.getByRole('menuitem', { name: 'Export…' })).toBeVisible()
  await pretended.settled(2)
}

test('nothing moves for whoever asks for less motion, and a menu does for everybody else', async () => {
  for (const reducedMotion of ['reduce', 'no-preference'] as const) {
    await pretended.look({ colorScheme: 'light', forcedColors: 'none', reducedMotion }, [900, 600])
    await pretended.show({ name: 'motion', scene: 'full' })
    await noteMotion()
    await openThings()
    if (reducedMotion === 'reduce') expect(await begunMotion()).toEqual([])
    else expect(await begunMotion()).not.toEqual([])
  }
})

// What holds an answer stays for later loadings of the page, so these come last.

test('a sign of waiting is out of sight for its first 150 ms', async () => {
  await showHolding('installs.stores', 'full')
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click()
  await expect(page.getByLabel('Loading')).toBeVisible()
  // React may put another sign in the place of this one at any time: each look takes the one that is there now.
  await expect.poll(() => page.evaluate(visibilityAt, [0, 149, 151])).toEqual(['hidden', 'hidden', 'visible'])
  await letAnswerGo()
  await expect(page.getByLabel('Loading')).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
})

test('of a list nothing is drawn before it is known whether it is empty', async () => {
  await showHolding('identities.list', 'empty', 'a first start')
  const parts = [
    page.getByRole('heading', { name: 'Certificates' }),
    page.getByRole('button', { name: 'New', exact: true }),
    page.getByRole('heading', { name: firstQuestion }),
  ]
  await expect(page.getByLabel('Loading')).toBeVisible()
  for (const part of parts) expect(await part.count()).toBe(0)
  await letAnswerGo()
  await expect(page.getByRole('heading', { name: firstQuestion })).toBeVisible()
})

test('a later start draws what the last one led to, and can be used before the database has answered', async () => {
  await showHolding('identities.list', 'empty')
  await letAnswerGo()
  await expect(page.getByRole('heading', { name: firstQuestion })).toBeVisible()
  await page.reload()
  const field = page.getByRole('textbox', { name: 'Site that refuses you' })
  await field.fill('typed early')
  await page.evaluate(() => localStorage.clear())
  await letAnswerGo()
  // The page keeps anew what the answer led to.
  await expect.poll(() => page.evaluate(() => localStorage.length)).toBe(1)
  await expect(field).toHaveValue('typed early')

  await pretended.show({ name: 'waiting', scene: 'full' })
  await letAnswerGo()
  const rows = page.getByRole('list', { name: 'Certificates' }).getByRole('listitem')
  await expect(rows.first()).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: 'New', exact: true })).toBeEnabled()
  expect(await rows.count()).toBe(0)
  await letAnswerGo()
  await expect(rows.first()).toBeVisible()
})
