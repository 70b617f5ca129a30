import { sandboxArguments } from './chromium-sandbox.mjs'
import { appArguments } from './electron-runtime.mjs'
import { forUnattended, forWindow } from './linux-packages.mjs'
import { prepare } from './prepare.mjs'
import { runShown } from './run.mjs'
import { say } from './say.mjs'
import { hasDisplay, inPrivateSession } from './session.mjs'

/** `npm start`: everything a fresh clone needs, then the app. Without a screen, the practice journey on its own. */
const runtime = await prepare(forWindow, ...(hasDisplay() ? [] : [forUnattended]))
const { executable } = runtime
const app = [...appArguments(runtime), ...sandboxArguments(executable)]

if (hasDisplay()) {
  const { code } = await runShown(executable, [...app, ...process.argv.slice(2)], { timeoutMs: null })
  process.exit(code)
}
say('No screen here: running the practice journey in a window nobody sees.')
const { code, output } = await inPrivateSession(executable, [...app, '--guided-lab'], {
  timeoutMs: 600_000,
  // What it is asked to say comes on stdout; the rest is Chromium's, and of interest only when something is wrong.
  shows: (_line, stream) => stream === 'stdout',
})
if (code !== 0) console.error(output.trim().slice(-4000))
process.exit(code)
