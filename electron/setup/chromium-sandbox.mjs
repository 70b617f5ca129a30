import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from './run.mjs'
import { stop } from './say.mjs'

/**
 * Root has to run without Chromium's sandbox. Other users need user namespaces or the setuid helper, owned by root.
 *
 * @param {string} executable Electron's executable.
 */
export function sandboxArguments(executable) {
  if (process.platform !== 'linux') return []
  if (process.getuid?.() === 0) return ['--no-sandbox']
  const helper = join(dirname(executable), 'chrome-sandbox')
  if (!isRootOwned(helper) && run('unshare', ['-Ur', 'true'], { quiet: true }).code !== 0) {
    stop(
      'This system does not allow Chromium to create its sandbox.',
      `sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
    )
  }
  return []
}

/** @param {string} helper */
function isRootOwned(helper) {
  const status = statSync(helper, { throwIfNoEntry: false })
  return status !== undefined && status.uid === 0 && (status.mode & 0o4755) === 0o4755
}
