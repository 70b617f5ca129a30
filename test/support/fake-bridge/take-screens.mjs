import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron } from '@playwright/test'
import { build, preview } from 'vite'
import { screens } from './screens.mjs'

/** Started by `npm run screens`: a picture of every screen in every size and colour scheme, into the folder that is given. */
const [folder, ...wanted] = process.argv.slice(2)
const [executablePath, ...args] = JSON.parse(process.env.LATCHKEY_SCREENS_COMMAND)

const sizes = [
  [900, 600],
  [1440, 900],
]
const colorSchemes = ['light', 'dark']

/** The same pictures in every run: its clock stands still, and its random numbers are the same. */
const now = new Date('2027-03-10T10:00:00Z')
function countIds() {
  let count = 0
  crypto.randomUUID = () => {
    count += 1
    return `${count.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`
  }
}

mkdirSync(folder, { recursive: true })
const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url))
await build({ configFile, logLevel: 'warn' })
const server = await preview({ configFile, logLevel: 'warn', preview: { port: 0, strictPort: false } })
const [address] = server.resolvedUrls.local

const app = await _electron.launch({ executablePath, args, timeout: 60_000 })
const page = await app.firstWindow()
await page.addInitScript(countIds)
await page.clock.setFixedTime(now)

const failed = []
for (const screen of screens.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  try {
    await show(screen)
    for (const colorScheme of colorSchemes) for (const size of sizes) await take(screen.name, colorScheme, size)
    console.log(`✓ ${screen.name}`)
  } catch (error) {
    failed.push(screen.name)
    console.log(`✗ ${screen.name}: ${String(error).split('\n')[0]}`)
  }
}
await app.close()
await new Promise((resolve) => server.httpServer.close(resolve))
process.exit(failed.length === 0 ? 0 : 1)

async function show({ scene, steps }) {
  await look('light', sizes[0])
  await page.goto(`${address}?scene=${scene}`)
  await page.waitForSelector('html[data-start="answered"]', { state: 'attached' })
  await steps?.(page)
  // Nothing is under the pointer, so nothing is lit up by it.
  await page.mouse.move(0, 0)
}

async function look(colorScheme, [width, height]) {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await app.evaluate(
    ({ BrowserWindow }, [width, height]) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
    },
    [width, height],
  )
  await page.waitForFunction(([width, height]) => innerWidth === width && innerHeight === height, [width, height])
}

async function take(name, colorScheme, size) {
  await look(colorScheme, size)
  await settled()
  await page.screenshot({ path: join(folder, `${name}-${size.join('x')}-${colorScheme}.png`), scale: 'css' })
}

/** Every call is answered, no animation runs, and for a while nothing in the page has moved. */
async function settled() {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const isBusy = () =>
      window.latchkey.pending() > 0 || document.getAnimations().some(({ playState }) => playState === 'running')
    const look = () => `${document.body.innerHTML} ${document.documentElement.clientWidth}`
    let before = look()
    for (let quiet = 0; quiet < 15; ) {
      await frame()
      const seen = look()
      quiet = seen === before && !isBusy() ? quiet + 1 : 0
      before = seen
    }
  })
}
