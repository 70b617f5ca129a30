import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { type RunningApp, resize } from '../support/app'
import { isPartOfToday, partOfToday } from '../support/rounds'

/** How a screen has to look, whatever is on it. */

let asked = 0

/** Every other place that asks each day: it takes half a second, and the pretended screens are asked, too (`layout.test.ts`). */
export async function isAccessible(page: Page, where = 'here'): Promise<void> {
  asked += 1
  if (!isPartOfToday(asked, 2)) return
  await expect.poll(() => page.evaluate(isAtRest)).toBe(true)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes[0]?.html}`)).toEqual([])
}

/** What fades in or out has another contrast on its way. Signs of waiting never end, and are not waited for. */
const isAtRest = () =>
  document.getAnimations().every(({ playState, effect }) => {
    const isEndless = effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY
    return playState !== 'running' || isEndless
  })

export async function fitsSideways(place: Locator, where = 'here'): Promise<void> {
  const scroll = await place.evaluate((element) => element.scrollWidth - element.clientWidth)
  expect(scroll, `${where} scrolls sideways`).toBe(0)
}

const sizes = [
  [900, 600],
  [1440, 900],
] as const

/** In an order in which every other one has both colour schemes and both sizes. */
const looks = [
  { colorScheme: 'light', size: sizes[0] },
  { colorScheme: 'dark', size: sizes[0] },
  { colorScheme: 'dark', size: sizes[1] },
  { colorScheme: 'light', size: sizes[1] },
] as const

/** One test at the smallest and at a usual size, light and dark; half of these four each day. */
export function inEveryLook(
  title: string,
  running: () => RunningApp,
  look: (running: RunningApp) => Promise<void>,
): void {
  for (const { colorScheme, size } of partOfToday(looks, 2)) {
    const [width, height] = size
    test(`${title} at ${width}×${height}, ${colorScheme}`, async () => {
      const { page, app } = running()
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await resize(app, page, width, height)
      await look(running())
    })
  }
}
