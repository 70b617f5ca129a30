import { existsSync, statSync } from 'node:fs'
import { inRoot } from './paths.mjs'
import { npm } from './run.mjs'
import { say, stop } from './say.mjs'

/** npm ci when the lockfile is newer than what is installed. npm writes this file at the end of every install. */
export function installModules() {
  const installed = inRoot('node_modules', '.package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(inRoot('package-lock.json')).mtimeMs) return
  say('Installing packages (npm ci) …')
  const { code, output } = npm(['ci', '--loglevel=error'])
  if (code !== 0)
    stop(`Packages could not be installed.\n${output.trim().slice(-2000)}`, 'Check the network and run it again.')
}
