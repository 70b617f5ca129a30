import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, type Page } from '@playwright/test'

/** What a screen reader is told of each screen, at 900×600: reviewed text, one file for each. */
const fileOf = (screen: string) => fileURLToPath(new URL(`../e2e/trees/${screen}.txt`, import.meta.url))

/**
 * Empty where the page is read out as it was reviewed. With LATCHKEY_UPDATE=1 the file is written instead; the change is then to be
 * reviewed as what it is: other words for whoever does not see the window.
 */
export async function treeFaults(page: Page, screen: string): Promise<string[]> {
  const seen = `${await treeOf(page)}\n`
  const path = fileOf(screen)
  if (process.env['LATCHKEY_UPDATE'] === '1') {
    await mkdir(new URL('../e2e/trees/', import.meta.url), { recursive: true })
    await writeFile(path, seen)
    return []
  }
  const reviewed = await readFile(path, 'utf8').catch(() => '')
  if (seen === reviewed) return []
  const [before, now] = firstDifference(reviewed, seen)
  return [`${screen} is read as “${now}”, reviewed was “${before}” (LATCHKEY_UPDATE=1 writes it anew)`]
}

/** Of the topmost layer: a dialog, a menu, or the screen without the side bar, which is the same beside all of them. */
async function treeOf(page: Page): Promise<string> {
  const layers = page.locator('[aria-modal="true"]:visible, [role="menu"]:visible, [role="listbox"]:visible')
  const top = (await layers.count()) > 0 ? layers.last() : page.locator('main, #root').last()
  await expect(top).toBeVisible()
  return top.ariaSnapshot()
}

function firstDifference(before: string, now: string): [string, string] {
  const [old, fresh] = [before.split('\n'), now.split('\n')]
  const place = fresh.findIndex((line, index) => line !== old[index])
  return [old[place]?.trim() ?? '', fresh[place]?.trim() ?? '']
}
