import { chmodSync, existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from './paths.mjs'
import { run } from './run.mjs'
import { say, stop } from './say.mjs'

const stamp = inRoot('out', '.built')
const sources = ['electron', 'renderer', 'shared', 'package-lock.json', 'package.json']
/** These never end up in a build. */
const besides = new Set([inRoot('electron', 'setup'), inRoot('electron', 'build')])

/** Builds when a source is newer than the last build. */
export function build() {
  const newest = Math.max(...sources.map((name) => newestIn(inRoot(name))))
  if (existsSync(stamp) && newest <= statSync(stamp).mtimeMs) return
  say('Building …')
  const begun = new Date()
  rmSync(inRoot('out'), { recursive: true, force: true })
  const vite = inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const { code, output } = run(process.execPath, [vite, 'build', '--config', 'electron/electron.vite.config.ts'], {
    quiet: true,
  })
  if (code !== 0) stop(`The build failed.\n${output.trim().slice(-3000)}`, 'Run “npm run check” to see why.')
  chmodSync(inRoot('out', 'cli', 'latchkey.cjs'), 0o755)
  writeFileSync(stamp, '')
  // A source saved meanwhile is newer than this.
  utimesSync(stamp, begun, begun)
}

/**
 * A folder counts too: a file taken away changes only that. Not electron/ itself, where the build puts its own for a moment.
 *
 * @param {string} path
 * @returns {number} The time of the newest file, in milliseconds.
 */
function newestIn(path) {
  if (besides.has(path)) return 0
  const own = statSync(path)
  if (!own.isDirectory()) return own.mtimeMs
  const time = path === inRoot('electron') ? 0 : own.mtimeMs
  return Math.max(time, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}

if (process.argv[1] === import.meta.filename) {
  rmSync(stamp, { force: true })
  build()
}
