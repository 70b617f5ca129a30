import { expect, type Page, test } from '@playwright/test'
import { z } from 'zod'
import { dropFiles } from '../support/drop'
import { openPretendedWindow, type PretendedWindow } from '../support/fake-bridge/pretended-window.mjs'
import { screens } from '../support/fake-bridge/screens.mjs'
import { chosenFaults } from '../support/layout'
import { actByPalette } from './steps'

/** Where the focus is: what a person who uses the keyboard sees of the window. Real Chromium, the pretended back end. */
let pretended: PretendedWindow
let page: Page
test.beforeAll(async () => {
  const command = z.array(z.string()).parse(JSON.parse(process.env['LATCHKEY_SCREENS_COMMAND'] ?? '[]'))
  pretended = await openPretendedWindow(command)
  page = pretended.page
})
test.afterAll(() => pretended.close())

const show = async (scene: string) => {
  await pretended.look({ colorScheme: 'light', forcedColors: 'none' }, [900, 600])
  await pretended.show({ name: scene, scene })
}
const focused = () => page.locator(':focus')

test('a dialog starts in its first field, and gives the focus back to the button that opened it', async () => {
  await show('full')
  const opener = page.getByRole('button', { name: 'New', exact: true })
  await opener.press('Enter')
  await expect(page.getByLabel('Common Name')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(opener).toBeFocused()
})

test('the focus goes back to the menu’s button after a dialog that the menu opened', async () => {
  await show('full')
  const menu = page.getByRole('button', { name: 'More actions' })
  for (const item of ['Export…', 'Delete…']) {
    await menu.press('Enter')
    await page.getByRole('menuitem', { name: item }).press('Enter')
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(menu).toBeFocused()
  }
})

test('the palette gives the focus back, and a dialog that it opened does as well', async () => {
  await show('full')
  const row = page.getByRole('listitem').first().getByRole('button')
  await row.focus()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: /^Search certificates, sites/u })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(row).toBeFocused()

  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: /^Search certificates, sites/u })).toBeFocused()
  await page.keyboard.type('new certificate')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Common Name')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(row).toBeFocused()
})

test('the palette ticks the option that stands on the screen', async () => {
  await pretended.look({ colorScheme: 'light', forcedColors: 'none' }, [900, 600])
  const review = screens.find(({ name }) => name === 'issue-review')
  if (review === undefined) throw new Error('There is no screen on which requests are reviewed.')
  await pretended.show(review)
  await actByPalette(page, 'Keep the key unlocked for 5 minutes')
  await expect(page.getByRole('checkbox', { name: /^Keep the key unlocked for 5 minutes/u })).toBeChecked()
})

test('the palette does not take the place of a form that is being filled in', async () => {
  await show('full')
  await page.getByRole('button', { name: 'New', exact: true }).click()
  await page.getByLabel('Common Name').fill('Half of a na')
  await page.keyboard.press('ControlOrMeta+K')
  await expect(page.getByLabel('Common Name')).toHaveValue('Half of a na')
  await expect(page.getByRole('combobox', { name: /^Search certificates, sites/u })).toHaveCount(0)
})

test('Enter does the main thing once a certificate was added', async () => {
  await show('full')
  await dropFiles(page, [{ name: 'client.pem', content: Buffer.from('-----BEGIN CERTIFICATE-----\n') }])
  await expect(page.getByRole('dialog', { name: 'Certificate added' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Continue' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(focused()).toHaveCount(1)
})

test('a dialog that waits for its content starts in it, and not on the button that closes it', async () => {
  await show('full')
  await dropFiles(page, [{ name: 'ada.csr', content: Buffer.from('-----BEGIN CERTIFICATE REQUEST-----\n') }])
  await expect(page.getByRole('button', { name: 'Review' })).toBeFocused()
  await page.keyboard.press('Escape')
  await dropFiles(page, [{ name: 'ada.p12', content: Buffer.from('sealed') }])
  await expect(page.getByLabel('Password of the file', { exact: true })).toBeFocused()
})

test('sending an incomplete form leads to the field that is wrong or empty', async () => {
  await show('full')
  await page.getByRole('button', { name: 'New', exact: true }).click()
  const name = page.getByLabel('Common Name')
  await name.fill('')
  await page.getByRole('combobox', { name: 'Key type' }).focus()
  await page.getByRole('button', { name: 'Create key and request' }).click()
  await expect(name).toBeFocused()
  await expect(name).toHaveAttribute('aria-invalid', 'true')

  await show('locked')
  const unlock = page.getByRole('button', { name: 'Unlock', exact: true })
  await expect(unlock).toBeDisabled()
  await unlock.press('Enter')
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeFocused()
})

test('a deletion that was not confirmed leads to its tick, and Enter there deletes', async () => {
  await show('full')
  await page.getByRole('button', { name: 'More actions' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Delete…' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Delete' }).press('Enter')
  const tick = dialog.getByRole('checkbox')
  await expect(tick).toBeFocused()
  await tick.press('Space')
  await expect(tick).toBeChecked()
  await tick.press('Enter')
  await expect(dialog).toHaveCount(0)
})

test('a password field in focus has a ring around it', async () => {
  await show('locked')
  const field = page.getByLabel('Passphrase', { exact: true })
  await field.press('a')
  const ring = await field.evaluate((input) => {
    for (let here: Element | null = input; here !== null; here = here.parentElement) {
      const { outlineStyle, outlineWidth } = getComputedStyle(here)
      if (outlineStyle !== 'none' && outlineWidth !== '0px') return { outlineWidth, width: here.clientWidth }
    }
    return null
  })
  expect(ring).toEqual({ outlineWidth: '2px', width: expect.any(Number) })
})

test('what is typed into a password field is shown and hidden with the keyboard', async () => {
  await show('locked')
  const field = page.getByLabel('Passphrase', { exact: true })
  const eye = page.getByRole('button', { name: 'Show what is typed' })
  await field.fill('correct horse')
  await expect(field).toHaveAttribute('type', 'password')
  await field.press('Tab')
  await expect(eye).toBeFocused()
  await eye.press('Space')
  await expect(field).toHaveAttribute('type', 'text')
  await expect(eye).toHaveAttribute('aria-pressed', 'true')
  await eye.press('Enter')
  await expect(field).toHaveAttribute('type', 'password')
  await expect(field).toHaveValue('correct horse')
})

test('in every dialog at 900×600 the buttons are in sight without scrolling', async () => {
  await show('full')
  await page.getByRole('button', { name: 'New', exact: true }).click()
  await page.getByRole('button', { name: 'More fields' }).click()
  await pretended.settled(3)
  for (const name of ['Create key and request', 'Cancel']) {
    const button = page.getByRole('dialog').getByRole('button', { name })
    await expect(button).toBeInViewport({ ratio: 1 })
  }
})

test('“Copied” moves nothing beside it', async () => {
  await show('full')
  await page.getByRole('listitem').filter({ hasText: 'Ada Lovelace (2027)' }).getByRole('button').click()
  const copy = page.getByRole('button', { name: 'Copy request' })
  const next = page.getByRole('button', { name: 'Save request' }).last()
  await copy.scrollIntoViewIfNeeded()
  await pretended.settled(3)
  const before = await next.boundingBox()
  await copy.click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await next.boundingBox()).toEqual(before)
})

test('a fingerprint is broken between two octets only', async () => {
  await show('full')
  await expect(page.getByText('SHA-256').first()).toBeAttached()
  const broken = await page.evaluate(() => {
    const marks = [...document.querySelectorAll('dd span')].filter(({ textContent }) =>
      /^([0-9A-F]{2}:){19}/u.test(textContent ?? ''),
    )
    return marks.map((mark) => {
      const octets = [...mark.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
      const lines = octets.map((octet) => {
        const range = document.createRange()
        range.selectNodeContents(octet)
        return range.getClientRects().length
      })
      return lines.some((count) => count > 1)
    })
  })
  expect(broken.length).toBeGreaterThan(0)
  expect(broken).not.toContain(true)
})

test('a field for fingerprints breaks them between two octets only', async () => {
  const make = screens.find(({ name }) => name === 'setup-make')
  if (make === undefined) throw new Error('There is no screen on which a set-up file is made.')
  await pretended.look({ colorScheme: 'light', forcedColors: 'none' }, [900, 600])
  await pretended.show(make)
  const field = page.getByLabel('Fingerprints of your CAs')
  // More than its largest height shows, where it scrolls.
  await field.fill(Array.from({ length: 4 }, () => Array.from({ length: 32 }, () => 'AB').join(':')).join('\n'))
  for (const [width, height, whole] of [
    [900, 600, 72],
    [450, 300, 48],
  ] as const) {
    await pretended.look({ colorScheme: 'light', forcedColors: 'none' }, [width, height])
    const characters = await field.evaluate((area) => {
      const { font, paddingLeft, paddingRight } = getComputedStyle(area)
      const context = document.createElement('canvas').getContext('2d')
      if (context === null) return null
      context.font = font
      const room = area.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)
      return Math.floor(room / (context.measureText('0'.repeat(100)).width / 100))
    })
    // Of whole octets, with colons or without.
    expect(characters).toBe(whole)
  }
})

test('with colours of the system, what is chosen looks chosen', async () => {
  await show('full')
  await pretended.look({ colorScheme: 'light', forcedColors: 'active' }, [900, 600])
  const groundOf = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor)
  const row = '[role="listitem"] button'
  expect(await groundOf(`${row}[aria-current="true"]`)).not.toBe(await groundOf(`${row}:not([aria-current])`))
  const entry = 'nav button'
  expect(await groundOf(`${entry}[aria-current="page"]`)).not.toBe(await groundOf(`${entry}:not([aria-current])`))
})

test('with colours of the system, a dialog has an edge, and marks and switches can be seen', async () => {
  await show('full')
  await pretended.look({ colorScheme: 'light', forcedColors: 'active' }, [900, 600])
  await page.getByRole('listitem').filter({ hasText: 'ada-ci-runner' }).getByRole('button').click()
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Renew…' }).click()
  await expect(page.getByRole('radio', { name: 'A new key, EC P-256' })).toBeChecked()
  expect(await chosenFaults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page
    .getByRole('button', { name: /^(Everything|All fields)/u })
    .first()
    .click()
  const bytes = page.getByRole('switch', { name: 'Show the bytes of each field' })
  await expect(bytes).toBeVisible()
  expect(await chosenFaults(page)).toEqual([])
  await bytes.press('Space')
  await expect(bytes).toBeChecked()
  await pretended.settled(3)
  expect(await chosenFaults(page)).toEqual([])
})

test('the request is not what is open once its certificate has come', async () => {
  await show('full')
  await page.getByRole('listitem').filter({ hasText: 'Ada Lovelace (2027)' }).getByRole('button').click()
  await expect(page.getByRole('tab', { name: 'Request' })).toHaveAttribute('aria-selected', 'true')
  await dropFiles(page, [{ name: 'client.pem', content: Buffer.from('-----BEGIN CERTIFICATE-----\n') }])
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('tab', { name: 'Details' })).toHaveAttribute('aria-selected', 'true')
})

test('one button installs, and the other ways stand beside', async () => {
  await show('full')
  await page.getByRole('listitem').filter({ hasText: 'ada-tablet' }).getByRole('button').click()
  const place = page.locator('[data-store="nss-user"]')
  await expect(page.getByRole('button', { name: 'Install on this computer' })).toBeVisible()
  await expect(place.getByRole('button', { name: 'Other ways to install in Chrome and Chromium' })).toBeVisible()
  await expect(place.getByRole('button', { name: /^Install in/u })).toHaveCount(0)

  // The palette does the same, and offers it no longer once it is done.
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: /^Search certificates, sites/u })).toBeFocused()
  await page.keyboard.type('install')
  await expect(page.getByRole('option', { selected: true })).toHaveText('Install on this computer')
  await page.keyboard.press('Enter')
  await expect(place.getByText('Installed', { exact: true })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('install')
  await expect(page.getByRole('option', { name: 'Install on this computer' })).toHaveCount(0)
})
