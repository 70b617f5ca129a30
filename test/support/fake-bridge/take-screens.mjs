import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openPretendedWindow } from './pretended-window.mjs'
import { screens } from './screens.mjs'

/** Started by `npm run screens`: a picture of every screen in every size and colour scheme, into the folder that is given. */
const [folder, ...wanted] = process.argv.slice(2)

const sizes = [
  [450, 300],
  [900, 600],
  [1440, 900],
]
const colorSchemes = ['light', 'dark']

mkdirSync(folder, { recursive: true })
const { page, look, show, settled, close } = await openPretendedWindow(JSON.parse(process.env.LATCHKEY_SCREENS_COMMAND))

const failed = []
for (const screen of screens.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  try {
    await look({ colorScheme: 'light' }, [900, 600])
    await show(screen)
    for (const colorScheme of colorSchemes) for (const size of sizes) await take(screen.name, colorScheme, size)
    console.log(`✓ ${screen.name}`)
  } catch (error) {
    failed.push(screen.name)
    console.log(`✗ ${screen.name}: ${String(error).split('\n')[0]}`)
  }
}
await close()
process.exit(failed.length === 0 ? 0 : 1)

async function take(name, colorScheme, size) {
  await look({ colorScheme }, size)
  await settled(15)
  await page.screenshot({ path: join(folder, `${name}-${size.join('x')}-${colorScheme}.png`), scale: 'css' })
}
