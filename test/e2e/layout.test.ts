import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { openPretendedWindow, type PretendedWindow } from '../support/fake-bridge/pretended-window.mjs'
import { type PretendedScreen, screens } from '../support/fake-bridge/screens.mjs'
import { focusFaults, layoutFaults } from '../support/layout'
import { isSoak, partOfToday } from '../support/rounds'
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
const looked = partOfToday(screens, 6)
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
  for (const fault of await focusFaults(pretended.page)) found.push(`${screen.name}: ${fault}`)
  for (const { media, size } of looks) {
    await pretended.look(media, size)
    await pretended.settled(2)
    const where = `${screen.name} at ${size.join('×')}${media === light ? '' : media === dark ? ', dark' : ', forced colours'}`
    for (const fault of await layoutFaults(pretended.page)) found.push(`${where}: ${fault}`)
  }
  return found
}
