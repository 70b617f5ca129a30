import { spawnSync } from 'node:child_process'
import { sandboxArguments } from './chromium-sandbox.mjs'
import { forWindow } from './linux-packages.mjs'
import { inRoot, root } from './paths.mjs'
import { prepare } from './prepare.mjs'

/** `npm run dev`: runs the app and reloads its window when a source file changes. */
const { executable, isTrial } = await prepare(forWindow)
const vite = inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
const own = ['dev', '--config', 'electron/electron.vite.config.ts', '--watch']
// electron-vite passes the app folder as an argument. The trial runtime would open it as a file, so it gets a switch instead.
const entry = isTrial ? { ELECTRON_ENTRY: '--app-is-built-in' } : {}
const { status } = spawnSync(process.execPath, [vite, ...own, '--', ...sandboxArguments(executable)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ELECTRON_EXEC_PATH: executable, ...entry, LATCHKEY_DEVTOOLS: '1' },
})
process.exit(status ?? 1)
