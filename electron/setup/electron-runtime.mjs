import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { trialElectron } from './electron-trial.mjs'
import { cache, inRoot, root } from './paths.mjs'
import { run } from './run.mjs'
import { say, stop } from './say.mjs'

/**
 * @typedef {object} Runtime
 * @property {string} executable
 * @property {boolean} isTrial
 */

/**
 * The executable to run: Electron's own, or the trial runtime.
 *
 * @returns {Promise<Runtime>}
 */
export async function electronRuntime() {
  mkdirSync(cache, { recursive: true })
  const own = ownElectron() ?? (await downloadElectron())
  if (own !== null) return { executable: own, isTrial: false }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    stop('Electron could not be downloaded.', 'Allow access to github.com, or set ELECTRON_MIRROR, and try again.')
  }
  return { executable: trialElectron(), isTrial: true }
}

/**
 * The arguments that start the app in this repository. The trial runtime needs none, because it has the app in resources/app.
 *
 * @param {Runtime} runtime
 */
export const appArguments = ({ isTrial }) => (isTrial ? [] : [root])

const failure = join(cache, 'no-electron-download')
const retryAfterMs = 86_400_000
const reachTimeoutMs = 8_000
const downloadTimeoutMs = 900_000

/** The executable that the `electron` package has downloaded, or null. */
function ownElectron() {
  const folder = inRoot('node_modules', 'electron')
  try {
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}

/** Runs Electron's installer, since the package no longer has an install script. After a failure, retries once a day. */
async function downloadElectron() {
  if (hasFailedRecently()) return null
  if (await isReachable()) {
    say('Downloading Electron …')
    const installer = inRoot('node_modules', 'electron', 'install.js')
    const { code } = run(process.execPath, [installer], { quiet: true, timeoutMs: downloadTimeoutMs })
    if (code === 0 && ownElectron() !== null) {
      rmSync(failure, { force: true })
      return ownElectron()
    }
  }
  writeFileSync(failure, 'Delete this file to retry immediately.\n')
  say('Electron’s release site cannot be reached.')
  return null
}

function hasFailedRecently() {
  return existsSync(failure) && Date.now() - statSync(failure).mtimeMs < retryAfterMs
}

/** Behind a proxy, only the installer itself can find out. */
async function isReachable() {
  if (process.env.ELECTRON_GET_USE_PROXY) return true
  const site = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/'
  return fetch(site, { method: 'HEAD', signal: AbortSignal.timeout(reachTimeoutMs) }).then(
    () => true,
    () => false,
  )
}
