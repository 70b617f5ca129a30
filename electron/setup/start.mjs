import { build } from './build.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { forUnattended, forWindow, installPackages } from './linux-packages.mjs'
import { installModules } from './modules.mjs'
import { checkNode } from './node-version.mjs'
import { root } from './paths.mjs'
import { runShown } from './run.mjs'
import { say } from './say.mjs'
import { hasDisplay, inPrivateSession } from './session.mjs'

/** `npm start`: everything a fresh clone needs, then the app. Without a screen, the practice journey on its own. */
checkNode()
installModules()
installPackages(forWindow, ...(hasDisplay() ? [] : [forUnattended]))
const { executable, isTrial } = electronRuntime()
build()

// Chromium's sandbox does not work for root.
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
// The trial runtime finds the app by itself (resources/app).
const app = isTrial ? [] : [root]

if (hasDisplay()) {
  const { code } = await runShown(executable, [...app, ...asRoot, ...process.argv.slice(2)], { timeoutMs: 2 ** 31 - 1 })
  process.exit(code)
}
say('No screen here: running the practice journey in a window nobody sees.')
const { code } = await inPrivateSession(executable, [...app, ...asRoot, '--guided-lab'], { timeoutMs: 600_000 })
process.exit(code)
