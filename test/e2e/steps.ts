import { expect, type Locator, type Page } from '@playwright/test'

/** What a person does on each screen, found by what a person reads there. */

/** By the side bar; a screen that it does not have, by the palette. Ends when the screen is there: what is looked for next is not found on the one before. */
export async function goTo(page: Page, screen: string): Promise<void> {
  const sideBar = page.getByRole('navigation').getByRole('button')
  await expect(sideBar.first()).toBeVisible()
  const entry = page.getByRole('navigation').getByRole('button', { name: screen })
  if (await entry.isVisible()) await entry.click()
  else {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /^Search certificates, sites/u }).fill(screen)
    await page.keyboard.press('Enter')
  }
  if (['Practice', 'Activity'].includes(screen))
    await expect(page.getByRole('heading', { level: 1, name: new RegExp(screen, 'iu') })).toBeVisible()
  else await expect(entry).toHaveAttribute('aria-current', 'page')
  await expect(page.getByLabel('Loading')).toHaveCount(0)
}

/** By its button; on the first screen, which asks for an address alone, by the palette. */
export async function openNewCertificate(page: Page): Promise<Locator> {
  const button = page.getByRole('button', { name: 'New', exact: true })
  await expect(button.or(page.getByRole('heading', { name: firstQuestion }))).toBeVisible()
  // An empty list gives way to the first screen once it has been read.
  await expect(page.getByLabel('Loading')).toHaveCount(0)
  if (await button.isVisible()) await button.click()
  else {
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('option', { name: /^New certificate/u }).click()
  }
  return page.getByRole('dialog', { name: 'New certificate' })
}

export const firstQuestion = 'Paste the address that refuses you'

/** Makes key and request in the window and returns the request (PEM) as its tab shows it. */
export async function makeRequest(page: Page, commonName: string): Promise<string> {
  const dialog = await openNewCertificate(page)
  await dialog.getByLabel('Common Name').fill(commonName)
  await dialog.getByRole('button', { name: 'Create key and request' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('Your private key stays here; send only this request.')).toBeVisible()
  await page.getByRole('tab', { name: 'Request' }).click()
  const shown = page.getByText('-----BEGIN CERTIFICATE REQUEST-----')
  await expect(shown).toBeVisible()
  return (await shown.textContent()) ?? ''
}

export async function installOnThisComputer(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Install on this computer' }).click()
  const place = page.getByRole('region', { name: 'On this computer' })
  await expect(place.getByText('Installed', { exact: true })).toBeVisible()
  await expect(place.getByText('Key present')).toBeVisible()
}

export async function addSite(page: Page, address: string, connectTo: string): Promise<void> {
  await goTo(page, 'Sites')
  const add = page.getByRole('button', { name: 'Add a site' })
  // On an empty list the form stands on the screen itself.
  await expect(page.getByLabel('Address').or(add).first()).toBeVisible()
  if (!(await page.getByLabel('Address').isVisible())) await add.click()
  // Stray spaces and a missing scheme are what people paste.
  await page.getByLabel('Address').fill(`  ${address.replace('https://', '')} `)
  await page.getByRole('button', { name: 'Advanced' }).click()
  await page.getByLabel('Connect to').fill(connectTo)
  await page.getByRole('button', { name: 'Add this site' }).click()
  await expect(page.getByRole('button', { name: 'Test connection' })).toBeVisible()
}

export async function runTest(page: Page, certificate: string, mode: 'Direct' | 'As the browser'): Promise<void> {
  await page.getByRole('combobox', { name: 'Certificate' }).click()
  await page.getByRole('option', { name: new RegExp(certificate, 'u') }).click()
  await page.getByText(mode, { exact: true }).click()
  await untilTested(page, () => page.getByRole('button', { name: 'Test connection' }).click())
}

/** The report of an earlier test stays on the screen while the next one runs, and often says the same. */
async function untilTested(page: Page, start: () => Promise<void>): Promise<void> {
  const since = new Date().toISOString()
  await start()
  await page.waitForFunction((since) => {
    const shown = document.querySelector<HTMLElement>('[data-started][aria-busy="false"]')
    return (shown?.dataset['started'] ?? '') >= since
  }, since)
}

export async function trustServer(page: Page): Promise<void> {
  await untilTested(page, () => page.getByRole('button', { name: /I know this server/u }).click())
  await page.getByText('You accepted this server’s own key.').waitFor()
}

export const verdictOf = (page: Page): Locator => page.getByRole('status', { name: 'Verdict' })

async function chooseKeyType(page: Page, dialog: Locator, name: RegExp): Promise<void> {
  await dialog.getByRole('combobox', { name: 'Key type' }).click()
  await page.getByRole('option', { name }).click()
}

/** One step of “Set up an issuer in three steps”. `signer`: the issuer above it; null for a root. */
export async function makeIssuer(page: Page, name: string, passphrase: string, signer: string | null): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Set up an issuer in three steps' })
  await dialog.getByLabel('Name (Common Name)').fill(name)
  await chooseKeyType(page, dialog, /P-256/u)
  await dialog.getByLabel('Passphrase for its key', { exact: true }).fill(passphrase)
  await dialog.getByLabel('Confirm passphrase for its key').fill(passphrase)
  if (signer !== null) await dialog.getByLabel(`Passphrase of “${signer}”`).fill(passphrase)
  await dialog.getByRole('button', { name: signer === null ? 'Create the root' : 'Create the intermediate' }).click()
}

/** Goes there with Tab, as whoever has no mouse, or with an arrow key from tab to tab. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'ArrowRight' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible()
  for (let pressed = 0; pressed < 100; pressed += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} does not lead to ${String(target)}`)
}

export async function pressWithEnter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

/** An action of the palette, typed. */
export async function actByPalette(page: Page, words: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('combobox', { name: /^Search certificates, sites/u })).toBeFocused()
  await page.keyboard.type(words)
  await expect(page.getByRole('option', { selected: true })).toContainText(words)
  await page.keyboard.press('Enter')
}

/** Counts what a mouse or a finger does to the page from now on. */
export async function watchPointer(page: Page): Promise<() => Promise<number>> {
  const counted = await page.evaluateHandle(() => {
    const state = { count: 0 }
    for (const type of ['pointerdown', 'mousedown', 'touchstart', 'wheel'])
      window.addEventListener(
        type,
        () => {
          state.count += 1
        },
        { capture: true },
      )
    return state
  })
  return () => counted.evaluate(({ count }) => count)
}
