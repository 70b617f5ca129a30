import { expect, type Page, test } from '@playwright/test'
import { z } from 'zod'
import { openPretendedWindow, type PretendedWindow } from '../support/fake-bridge/pretended-window.mjs'

/** Lists in windows that are too short for parts that scroll by themselves. Real Chromium, the pretended back end. */
let pretended: PretendedWindow
let page: Page
test.beforeAll(async () => {
  const command = z.array(z.string()).parse(JSON.parse(process.env['LATCHKEY_SCREENS_COMMAND'] ?? '[]'))
  pretended = await openPretendedWindow(command)
  page = pretended.page
})
test.afterAll(() => pretended.close())

/** How many elements around each row, and around it, have more in them than they show and can be scrolled. */
const barsAroundRows = () =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[role="listitem"], li')]
      .filter((row) => row.checkVisibility({ checkVisibilityCSS: true }) && row.closest('nav') === null)
      .map((row) => {
        let bars = 0
        for (let here = row.parentElement; here !== null; here = here.parentElement)
          if (/auto|scroll/u.test(getComputedStyle(here).overflowY) && here.scrollHeight > here.clientHeight) bars += 1
        return bars
      }),
  )

/** Rows that are drawn over others. */
const overlaps = () =>
  page.evaluate(() => {
    const rows = [...document.querySelectorAll<HTMLElement>('[role="listitem"], li')].filter(
      (row) => row.checkVisibility({ checkVisibilityCSS: true }) && row.closest('nav') === null,
    )
    const boxes = rows.map((row) => ({ row, box: row.getBoundingClientRect() }))
    return boxes.flatMap(({ row, box }, index) =>
      boxes
        .slice(index + 1)
        .filter((other) => !row.contains(other.row) && !other.row.contains(row))
        .filter(({ box: other }) => box.top < other.bottom - 1 && other.top < box.bottom - 1)
        .map((other) => `${row.textContent} and ${other.row.textContent}`),
    )
  })

for (const [width, height] of [
  [450, 300],
  [600, 400],
] as const)
  test(`at ${width}×${height} each list has one bar, and every row is reached`, async () => {
    for (const screen of ['Certificates', 'Sites', 'Issuers']) {
      await pretended.look({ colorScheme: 'light', forcedColors: 'none' }, [900, 600])
      await pretended.show({ name: 'short', scene: 'many' })
      await page.getByRole('navigation').getByRole('button', { name: screen }).click()
      await pretended.look({ colorScheme: 'light', forcedColors: 'none' }, [width, height])
      await pretended.settled(4)
      const back = page.getByRole('main').getByRole('button', { name: screen, exact: true })
      if (await back.isVisible()) await back.click()
      const bars = await barsAroundRows()
      expect([screen, bars.length > 0, Math.max(...bars)]).toEqual([screen, true, 1])
      expect(await overlaps()).toEqual([])
    }
  })

test('in a short window the keys lead to rows far away, which are drawn and come into sight', async () => {
  await pretended.look({ colorScheme: 'light', forcedColors: 'none' }, [450, 300])
  await pretended.show({ name: 'short', scene: 'many' })
  const rows = page.getByRole('list', { name: 'Certificates' }).getByRole('listitem')
  await rows.first().getByRole('button').focus()
  const focusedPlace = () => page.locator('[data-index]:has(:focus)').getAttribute('data-index')
  await page.keyboard.press('End')
  // As many as were fetched.
  await expect.poll(async () => Number(await focusedPlace())).toBeGreaterThan(50)
  await expect(page.locator(':focus')).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Home')
  await expect.poll(focusedPlace).toBe('0')
  await expect(page.locator(':focus')).toBeInViewport({ ratio: 1 })
})

test('what is said above every screen is one line in a short window, which opens, closes and scrolls away', async () => {
  await pretended.look({ colorScheme: 'light', forcedColors: 'none' }, [900, 600])
  await pretended.show({ name: 'short', scene: 'interrupted' })
  const main = page.getByRole('main')
  const last = main.getByRole('button', { name: 'Repair' })
  await expect(last).toBeVisible()
  await expect(main.getByRole('button', { name: /and 1 more/u })).toHaveCount(0)

  await pretended.look({ colorScheme: 'light', forcedColors: 'none' }, [450, 300])
  const line = main.getByRole('button', { name: /and 1 more/u })
  await expect(line).toHaveAttribute('aria-expanded', 'false')
  await expect(last).toBeHidden()
  const height = () =>
    main
      .getByRole('status')
      .first()
      .evaluate((one) => one.getBoundingClientRect().height)
  expect(await height()).toBeLessThan(40)

  await line.click()
  await expect(last).toBeVisible()
  await expect(line).toHaveAttribute('aria-expanded', 'true')
  await main.evaluate((one) => one.scrollTo(0, one.scrollHeight))
  await expect(line, 'it goes with the page').not.toBeInViewport()
  await main.evaluate((one) => one.scrollTo(0, 0))

  await main.getByRole('status').first().getByRole('button', { name: 'Close' }).click()
  await expect(line).toHaveCount(0)
  await expect(last).toBeHidden()
})
