import { sandboxArguments } from './chromium-sandbox.mjs'
import { appArguments } from './electron-runtime.mjs'
import { forUnattended, forWindow } from './linux-packages.mjs'
import { prepare } from './prepare.mjs'
import { runShown } from './run.mjs'
import { say } from './say.mjs'
import { hasDisplay, inPrivateSession } from './session.mjs'

/** `npm start`: prepares a fresh clone and starts the app. Without a display, runs the practice journey unattended. */
const runtime = await prepare(forWindow, ...(hasDisplay() ? [] : [forUnattended]))
const { executable } = runtime
const app = [...appArguments(runtime), ...sandboxArguments(executable)]

if (hasDisplay()) {
  const { code } = await runShown(executable, [...app, ...process.argv.slice(2)], { timeoutMs: null })
  process.exit(code)
}
say('No display found. Running the practice journey on a virtual display.')
const { code, output } = await inPrivateSession(executable, [...app, '--guided-lab'], {
  timeoutMs: 600_000,
  // The app reports on stdout. Chromium's messages on stderr are shown only if the run fails.
  shows: (_line, stream) => stream === 'stdout',
})
if (code !== 0) console.error(output.trim().slice(-4000))
process.exit(code)
