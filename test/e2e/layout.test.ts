import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { openPretendedWindow, type PretendedWindow } from '../support/fake-bridge/pretended-window.mjs'
import { type PretendedScreen, screens } from '../support/fake-bridge/screens.mjs'
import { formFaults } from '../support/forms'
import { chosenFaults, focusFaults, isolationFaults, layoutFaults, motionFaults, wordFaults } from '../support/layout'
import { isPartOfToday, isSoak, partOfToday } from '../support/rounds'
import { treeFaults } from '../support/trees'

/** Every screen of the pretended back end, from the smallest window on: 450×300 is 900×600 at a zoom of 200 %. */
const sizes = [
  [450, 300],
  [600, 400],
  [900, 600],
  [1440, 900],
] as const

const light = { colorScheme: 'light', forcedColors: 'none' } as const
const dark = { colorScheme: 'dark', forcedColors: 'none' } as const
const forced = { colorScheme: 'light', forcedColors: 'active' } as const

/** Colours move little, and so do the sizes between: all of them in a soak, the two that differ most in `npm test`. */
const looks = isSoak
  ? [light, dark, forced].flatMap((media) => sizes.map((size) => ({ media, size })))
  : [
      { media: forced, size: sizes[0] },
      { media: light, size: sizes[2] },
    ]

let pretended: PretendedWindow
test.beforeAll(async () => {
  const command = z.array(z.string()).parse(JSON.parse(process.env['LATCHKEY_SCREENS_COMMAND'] ?? '[]'))
  pretended = await openPretendedWindow(command)
})
test.afterAll(() => pretended.close())

/** One start for all of them, in parts: a screen that hangs is named by its part, and the others are still looked at. */
const PART = 12
const looked = partOfToday(screens, 16)
for (let from = 0; from < looked.length; from += PART) {
  const part = looked.slice(from, from + PART)
  test(`nothing overlaps, is cut off or cannot be reached, and is read as reviewed, from ${part[0]?.name} to ${part.at(-1)?.name}`, async () => {
    const found: string[] = []
    for (const screen of part) found.push(...(await faultsOf(screen)))
    expect(found).toEqual([])
  })
}

async function faultsOf(screen: PretendedScreen): Promise<string[]> {
  const found: string[] = []
  await pretended.look(light, sizes[2])
  await pretended.show(screen)
  await pretended.settled(2)
  found.push(...(await treeFaults(pretended.page, screen.name)))
  const { page } = pretended
  for (const fault of [...(await focusFaults(page)), ...(await isolationFaults(page)), ...(await motionFaults(page))])
    found.push(`${screen.name}: ${fault}`)
  for (const { media, size } of looks) {
    await pretended.look(media, size)
    // What is open follows its field in a few steps.
    await pretended.settled(4)
    const where = `${screen.name} at ${size.join('×')}${media === light ? '' : media === dark ? ', dark' : ', forced colours'}`
    const faults = [
      ...(await layoutFaults(pretended.page)),
      ...(await wordFaults(pretended.page)),
      ...(media === forced ? await chosenFaults(pretended.page) : []),
    ]
    for (const fault of faults) found.push(`${where}: ${fault}`)
  }
  found.push(...(await choiceFaults(screen)))
  // The last: it empties the fields, and sends them.
  for (const fault of await formFaults(page)) found.push(`${screen.name}: ${fault}`)
  return found
}

/** What is open hears of a smaller window by observers of the page, for which no frame is late: what is still wrong then is a fault. */
async function lastingFaults(): Promise<string[]> {
  let faults: string[] = []
  const look = async () => {
    faults = await layoutFaults(pretended.page)
    return faults.length
  }
  await expect
    .poll(look, { timeout: 10_000 })
    .toBe(0)
    .catch(() => undefined)
  return faults
}

const opensChoices =
  '[aria-haspopup="menu"], [aria-haspopup="listbox"], [role="combobox"], .mantine-Select-input, .mantine-MultiSelect-input'

const choices = '[role="menu"]:visible, [role="listbox"]:visible'

/** Whatever opens a list opens it inside the smallest window, and a list that is open stays inside a window that becomes smaller. */
async function choiceFaults({ name }: PretendedScreen): Promise<string[]> {
  const { page } = pretended
  const found: string[] = []
  // A list that the screen begins with has been looked at.
  if ((await page.locator(choices).count()) > 0) return found
  const openers = page.locator('[aria-modal="true"]:visible, main').last().locator(opensChoices)
  for (let place = 0; place < (await openers.count()); place += 1) {
    // One at a time opens in the larger window; which one changes daily.
    await pretended.look(light, sizes[isPartOfToday(place, 2) ? 2 : 0])
    const opener = openers.nth(place)
    if (!(await opener.isVisible()) || !(await opener.isEnabled())) continue
    await opener.click()
    await pretended.look(light, sizes[0])
    await pretended.settled(4)
    for (const fault of await lastingFaults()) found.push(`${name}, a list of choices at 450×300: ${fault}`)
    // To what has the focus: a dialog below hears of it only where nothing is open above it.
    if ((await page.locator(choices).count()) > 0) await page.keyboard.press('Escape')
    await expect(page.locator(choices)).toHaveCount(0)
  }
  return found
}
