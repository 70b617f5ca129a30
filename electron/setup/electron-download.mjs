import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cache, inRoot } from './paths.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'

const failure = join(cache, 'no-electron-download')
const retryAfterMs = 86_400_000
const answerWithinMs = 8_000
const downloadWithinMs = 900_000

/** The executable that the `electron` package has downloaded, or null. */
export function ownElectron() {
  const folder = inRoot('node_modules', 'electron')
  try {
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}

/** Electron has no install script any more; its installer runs here. A release site out of reach is asked once a day. */
export async function downloadElectron() {
  if (failedLately()) return null
  if (await isReachable()) {
    say('Downloading Electron …')
    const installer = inRoot('node_modules', 'electron', 'install.js')
    const { code } = run(process.execPath, [installer], { quiet: true, timeoutMs: downloadWithinMs })
    if (code === 0 && ownElectron() !== null) {
      rmSync(failure, { force: true })
      return ownElectron()
    }
  }
  writeFileSync(failure, 'Delete this file to try again at once.\n')
  say('Electron’s release site cannot be reached.')
  return null
}

function failedLately() {
  return existsSync(failure) && Date.now() - statSync(failure).mtimeMs < retryAfterMs
}

/** Behind a proxy only the installer itself can tell. */
async function isReachable() {
  if (process.env.ELECTRON_GET_USE_PROXY) return true
  const site = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/'
  return fetch(site, { method: 'HEAD', signal: AbortSignal.timeout(answerWithinMs) }).then(
    () => true,
    () => false,
  )
}
