import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { trialElectronFor } from './electron-trial.mjs'
import { cache, inRoot } from './paths.mjs'

/** Delays `app.whenReady` until Playwright has attached and continues the start. */
const hold = inRoot('node_modules', 'playwright-core', 'lib', 'server', 'electron', 'loader.js')
const ownMain = inRoot('out', 'main', 'index.cjs')

/**
 * The command that starts the app for Playwright, delayed until Playwright has attached.
 *
 * Playwright delays the start itself only if it finds Electron itself. Given an executable, it assumes a packaged app and
 * attaches while the window is being created. If the first navigation commits in between, Chromium's DevTools report the empty
 * page before it but never the navigation, and Playwright waits for that event until it times out.
 *
 * @param {import('./electron-runtime.mjs').Runtime} runtime
 */
export function drivenApp({ executable, isTrial }, { name: kind = 'driven', main = ownMain } = {}) {
  const app = join(cache, `${kind}-app`)
  mkdirSync(app, { recursive: true })
  const { name, productName, version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name, productName, version, main: 'main.cjs' }))
  writeFileSync(join(app, 'main.cjs'), [hold, main].map((path) => `require(${JSON.stringify(path)})\n`).join(''))
  return isTrial ? [trialElectronFor(app, join(cache, `electron-trial-${kind}`))] : [executable, app]
}

/**
 * The same for an empty window, in which the screens run with a pretended back end.
 *
 * @param {import('./electron-runtime.mjs').Runtime} runtime
 */
export const pretendedApp = (runtime) =>
  drivenApp(runtime, { name: 'screens', main: inRoot('test', 'support', 'fake-bridge', 'window.cjs') })
