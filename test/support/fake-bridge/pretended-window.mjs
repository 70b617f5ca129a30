import { fileURLToPath } from 'node:url'
import { _electron } from '@playwright/test'
import { build, preview } from 'vite'

/** The same screens in every run: its clock stands still, and its random numbers are the same. */
const now = new Date('2027-03-10T10:00:00Z')
function countIds() {
  let count = 0
  crypto.randomUUID = () => {
    count += 1
    return `${count.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`
  }
}

/** A scene starts in a window that remembers nothing; loaded again, it has what it kept. */
function forgetEarlierScenes() {
  const [{ type }] = performance.getEntriesByType('navigation')
  if (type !== 'reload') localStorage.clear()
}

/** The real screens in a real window, with the pretended back end behind them. */
export async function openPretendedWindow([executablePath, ...args]) {
  const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url))
  await build({ configFile, logLevel: 'warn' })
  const server = await preview({ configFile, logLevel: 'warn', preview: { port: 0, strictPort: false } })
  const [address] = server.resolvedUrls.local
  // Dates and numbers are the same on every computer.
  const env = { ...process.env, TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' }
  const app = await _electron.launch({ executablePath, args, env, timeout: 120_000 })
  app.context().setDefaultTimeout(120_000)
  const page = await app.firstWindow()
  await page.addInitScript(countIds)
  await page.addInitScript(forgetEarlierScenes)
  await page.clock.setFixedTime(now)

  /** A media feature that is not named keeps what it was. */
  async function look(media, [width, height]) {
    await page.emulateMedia({ reducedMotion: 'reduce', ...media })
    await page.setViewportSize({ width, height })
  }

  /** Goes the whole way to a screen, from its scene's start; nothing in the back end takes longer than it must. */
  async function show({ scene, steps }) {
    await page.goto(`${address}?scene=${scene}&pace=fast`)
    await page.waitForSelector('html:is([data-start="answered"], [data-start="failed"])', { state: 'attached' })
    await steps?.(page)
    // Nothing is under the pointer, so nothing is lit up by it.
    await page.mouse.move(0, 0)
  }

  /** Every call is answered, every part of the page has been loaded, no animation runs, and for some frames nothing in the page has moved. */
  async function settled(frames) {
    await page.evaluate(async (frames) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      // One without an end shows that something is waited for, and would be waited for here as well.
      const isMoving = ({ playState, effect }) =>
        playState === 'running' && effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY
      const isWaiting = () => window.latchkey.pending() > 0 || document.querySelector('[data-waiting]') !== null
      const isBusy = () => isWaiting() || document.getAnimations().some(isMoving)
      const look = () => `${document.body.innerHTML} ${document.documentElement.clientWidth}`
      let before = look()
      for (let quiet = 0; quiet < frames; ) {
        await frame()
        const seen = look()
        quiet = seen === before && !isBusy() ? quiet + 1 : 0
        before = seen
      }
    }, frames)
  }

  async function close() {
    await app.close()
    await new Promise((resolve) => server.httpServer.close(resolve))
  }

  return { page, look, show, settled, close }
}
