import { existsSync, statSync } from 'node:fs'
import { build } from './build.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { installPackages } from './linux-packages.mjs'
import { inRoot } from './paths.mjs'
import { npm } from './run.mjs'
import { say, stop } from './say.mjs'

/**
 * Prepares a fresh clone: npm packages, system packages, Electron and the build. Fast if everything is up to date. Returns the
 * Electron to run.
 *
 * @param {...import('./linux-packages.mjs').Packages} packages
 */
export async function prepare(...packages) {
  prepareModules()
  installPackages(...packages)
  const runtime = await electronRuntime()
  build()
  return runtime
}

/** Checks the version of Node, and runs npm ci if the lockfile is newer than the last install. */
export function prepareModules() {
  checkNode()
  // npm writes this file at the end of every install.
  const installed = inRoot('node_modules', '.package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(inRoot('package-lock.json')).mtimeMs) return
  say('Installing packages (npm ci) …')
  const { code, output } = npm(['ci', '--loglevel=error'])
  if (code !== 0)
    stop(`The packages could not be installed.\n${output.trim().slice(-2000)}`, 'Check the network and try again.')
}

/** Required by Vite 8 and vitest 4. */
const [minMajor, minMinor] = [20, 19]

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < minMajor || (major === minMajor && minor < minMinor)) {
    stop(`Node ${process.versions.node} is too old.`, `Install Node ${minMajor}.${minMinor} or newer.`)
  }
}
