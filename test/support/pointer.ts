import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Locator } from '@playwright/test'
import type { RunningApp } from './app'
import { programOf } from './servers/packages'

const execute = promisify(execFile)

/**
 * The pointer of the virtual screen, moved by xdotool: what Playwright sends to the page never reaches the system, which drags
 * files.
 */
export async function takePointer({ app, page }: RunningApp) {
  const { command, env } = await programOf('usr/bin/xdotool', 'pointer')
  const run = (...args: (string | number)[]) => execute(command, args.map(String), { env })
  const [left = 0, top = 0] = await app.evaluate(({ BrowserWindow }) => {
    const { x, y } = BrowserWindow.getAllWindows()[0]?.getContentBounds() ?? { x: 0, y: 0 }
    return [x, y]
  })

  return {
    /** To the middle of what is in the window, in steps, as a hand would. */
    async moveTo(target: Locator) {
      await target.scrollIntoViewIfNeeded()
      const box = await target.boundingBox()
      if (box === null) throw new Error('It is not in the window.')
      const [x, y] = [left + box.x + box.width / 2, top + box.y + box.height / 2]
      for (const off of [24, 12, 6, 0]) await run('mousemove', Math.round(x - off), Math.round(y - off))
      await page.evaluate(() => new Promise(requestAnimationFrame))
    },
    press: () => run('mousedown', 1),
    release: () => run('mouseup', 1),
  }
}
