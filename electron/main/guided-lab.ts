import type { BrowserWindow } from 'electron'
import { z } from 'zod'

const steps = ['lab', 'request', 'issue', 'install', 'test-direct', 'test-browser', 'remove'] as const

const StepResult = z.object({ state: z.enum(['idle', 'running', 'done', 'failed', 'missing']), sentence: z.string() })

/** As the page states it; see renderer/src/app/start-state.ts. */
const StartState = z.enum(['answered', 'failed'])

const stepTimeoutMs = 120_000

/**
 * The practice journey without a person: presses the very buttons of the Practice screen and prints what each step says.
 * `openPractice` does what the menu does. Exit code 0 only if every step held.
 */
export async function runGuidedLab(window: BrowserWindow, openPractice: () => void): Promise<number> {
  try {
    return await walk(window, openPractice)
  } catch (error) {
    // A process that waits forever would report nothing.
    console.log(`✗ ${error instanceof Error ? error.message : String(error)}`)
    return 1
  }
}

async function walk(window: BrowserWindow, openPractice: () => void): Promise<number> {
  await loaded(window)
  const state = StartState.parse(await inPage(window, started))
  if (state === 'failed') throw new Error('The start failed. Open Latchkey in a window to see why.')
  openPractice()
  await inPage(window, practice)
  let failures = 0
  for (const step of steps) {
    const { state, sentence } = StepResult.parse(await inPage(window, pressAndWait(step)))
    if (state !== 'done') failures += 1
    console.log(`${state === 'done' ? '✓' : '✗'} ${step.padEnd(13)} ${sentence}`)
    if (state !== 'done') break
  }
  console.log(failures === 0 ? 'Every step of the practice journey passed.' : 'The practice journey failed.')
  return failures === 0 ? 0 : 1
}

function loaded(window: BrowserWindow): Promise<void> {
  if (!window.webContents.isLoading()) return Promise.resolve()
  return new Promise((resolve) => window.webContents.once('did-finish-load', () => resolve()))
}

function inPage(window: BrowserWindow, script: string): Promise<unknown> {
  return window.webContents.executeJavaScript(script, true)
}

/** Waits for a condition in the page with a MutationObserver, so that nothing depends on a pause being long enough. */
const waitFor = `
  const waitFor = (find) => new Promise((resolve, reject) => {
    const timer = setTimeout(() => { watcher.disconnect(); reject(new Error('No answer within two minutes.')) }, ${stepTimeoutMs})
    const look = () => {
      const found = find()
      if (!found) return
      clearTimeout(timer); watcher.disconnect(); resolve(found)
    }
    const watcher = new MutationObserver(look)
    watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    look()
  });`

const started = `(async () => {${waitFor}
  const page = document.documentElement
  return waitFor(() => ['answered', 'failed'].find((state) => state === page.dataset.start))
})()`

const practice = `(async () => {${waitFor}
  await waitFor(() => document.querySelector('[data-step="lab"]'))
})()`

const pressAndWait = (step: (typeof steps)[number]) => `(async () => {${waitFor}
  const find = () => document.querySelector('[data-step="${step}"]')
  const button = await waitFor(() => find()?.querySelector('button:not([disabled]):not([data-disabled])')).catch(() => null)
  if (button === null) return { state: 'missing', sentence: 'There is nothing to press.' }
  button.click()
  const ended = await waitFor(() => ['done', 'failed'].includes(find()?.dataset.state) ? find() : null).catch(() => null)
  if (ended === null) return { state: 'failed', sentence: 'No answer within two minutes.' }
  return { state: ended.dataset.state, sentence: ended.querySelector('[data-step-result]')?.textContent ?? '' }
})()`
