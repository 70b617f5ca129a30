import { mkdirSync } from 'node:fs'
import { downloadElectron, ownElectron } from './electron-download.mjs'
import { trialElectron } from './electron-trial.mjs'
import { cache, root } from './paths.mjs'
import { stop } from './say.mjs'

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
    stop('Electron could not be downloaded.', 'Allow access to github.com, or set ELECTRON_MIRROR, and run it again.')
  }
  return { executable: trialElectron(), isTrial: true }
}

/**
 * What starts the app from this repository: the trial runtime finds it by itself (resources/app).
 *
 * @param {Runtime} runtime
 */
export const appArguments = ({ isTrial }) => (isTrial ? [] : [root])
