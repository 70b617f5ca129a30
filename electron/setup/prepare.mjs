import { build } from './build.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { installPackages } from './linux-packages.mjs'
import { installModules } from './modules.mjs'
import { checkNode } from './node-version.mjs'

/**
 * Everything a fresh clone needs, in order; costs next to nothing when it is there. Returns the Electron to run.
 *
 * @param {...import('./linux-packages.mjs').Packages} packages
 */
export async function prepare(...packages) {
  checkNode()
  installModules()
  installPackages(...packages)
  const runtime = await electronRuntime()
  build()
  return runtime
}
