import type { Page } from '@playwright/test'

/** What is wrong with how the topmost dialog and the forms in sight are left, sent and corrected, in words; empty where nothing is. */
export async function formFaults(page: Page): Promise<string[]> {
  const found = await page.evaluate(findDialogFaults)
  const count = await page.evaluate(() => document.querySelectorAll('form').length)
  for (let place = 0; place < count; place += 1) {
    const form = page.locator('form').nth(place)
    if (!(await form.isVisible()) || !(await page.evaluate(isOnTop, place))) continue
    const fields = form.locator('input:not([type="file"], [type="checkbox"], [type="radio"], [readonly]), textarea')
    for (const field of await fields.all())
      if ((await field.isVisible()) && (await field.isEnabled())) await field.fill('')
    const fault = await page.evaluate(sendFault, place)
    if (fault !== null) found.push(fault)
  }
  return found
}

/** Each has a way out in words beside the cross, and Enter in a field of it does what its main button does. */
function findDialogFaults(): string[] {
  const isSeen = (element: Element) => element.checkVisibility()
  const dialog = [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].filter(isSeen).at(-1)
  // The palette is left with Escape, and what slides in beside a list with its cross: neither asks anything.
  const isAsking = dialog?.matches('.mantine-Modal-content') && dialog.querySelector('.mantine-Modal-close') !== null
  if (dialog === undefined || !isAsking) return []
  const faults: string[] = []
  const title = dialog.querySelector('h2')?.textContent ?? ''
  // The last where something is shown that cannot be shown again.
  const ways = ['Cancel', 'Close', 'Done', 'Not now', 'Continue', 'I have noted the password']
  const buttons = [...dialog.querySelectorAll('.mantine-Modal-body button')].filter(isSeen)
  if (!buttons.some(({ textContent }) => ways.includes(textContent?.trim() ?? '')))
    faults.push(`“${title}” has no Cancel, but: ${buttons.map(({ textContent }) => textContent).join(', ')}`)
  const typed = dialog.querySelectorAll<HTMLInputElement>('input:not([type="file"], [type="checkbox"], [type="radio"])')
  for (const field of [...typed].filter(isSeen))
    if (field.form === null && !field.readOnly)
      faults.push(`“${title}”: Enter does nothing in “${field.labels?.[0]?.textContent}”`)
  for (const form of [...dialog.querySelectorAll('form')].filter(isSeen))
    if (form.querySelector('[type="submit"]') === null) faults.push(`“${title}” has no button that sends it`)
  return faults
}

function isOnTop(place: number): boolean {
  const dialog = [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')]
    .filter((element) => element.checkVisibility())
    .at(-1)
  return dialog === undefined || dialog.contains(document.querySelectorAll('form')[place] ?? null)
}

/** Sends it as Enter would. Where it is not complete, what is missing has the focus afterwards. */
async function sendFault(place: number): Promise<string | null> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const form = document.querySelectorAll('form')[place]
  const button = form?.querySelector<HTMLButtonElement>('[type="submit"]')
  if (form === undefined || button == null) return null
  const words = `“${button.textContent}”`
  if (button.disabled) return `${words} cannot say what is missing`
  const waits = button.getAttribute('aria-disabled') === 'true'
  // From where it is pressed with the keyboard.
  button.focus()
  form.requestSubmit()
  for (let count = 0; count < 4; count += 1) await frame()
  if (!form.isConnected || !(waits || form.querySelector('[aria-invalid="true"]') !== null)) return null
  const at = document.activeElement
  if (at === null || !form.contains(at)) return `${words} leads out of its form`
  if (at.matches('[aria-invalid="true"], button[data-missing]')) return null
  const isField = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement
  if (!isField) return `${words} leads to no field`
  if (at.required || form.querySelector(':is(input, textarea):required:not(:disabled)') === null) return null
  return `${words} leads to “${at.labels?.[0]?.textContent}”, which may be empty`
}
