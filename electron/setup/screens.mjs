import { resolve } from 'node:path'
import { sandboxArguments } from './chromium-sandbox.mjs'
import { pretendedApp } from './driven-app.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { forUnattended, forWindow, installPackages } from './linux-packages.mjs'
import { inRoot } from './paths.mjs'
import { prepareModules } from './prepare.mjs'
import { stop } from './say.mjs'
import { inPrivateSession } from './session.mjs'

/** `npm run screens [-- folder [screen …]]`: takes pictures of every screen, with the fake back end in test/support/fake-bridge. */
const [folder = inRoot('out', 'screens'), ...wanted] = process.argv.slice(2)

if (folder.startsWith('-')) stop('The pictures need a folder.', 'npm run screens -- FOLDER [SCREEN …]')

prepareModules()
installPackages(forWindow, forUnattended)
const runtime = await electronRuntime()
const command = [...pretendedApp(runtime), ...sandboxArguments(runtime.executable)]

const driver = inRoot('test', 'support', 'fake-bridge', 'take-screens.mjs')
const { code, output } = await inPrivateSession(process.execPath, [driver, resolve(folder), ...wanted], {
  env: { LATCHKEY_SCREENS_COMMAND: JSON.stringify(command), TZ: 'UTC' },
  shows: (_line, stream) => stream === 'stdout',
})
if (code !== 0) console.error(output.trim().slice(-4000))
else console.log(resolve(folder))
process.exit(code)
