import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeNotices } from './notices.mjs'
import { inRoot } from './paths.mjs'
import { run } from './run.mjs'
import { say, stop } from './say.mjs'
import { updateFeed } from './update-feed.mjs'

const stamp = inRoot('out', '.built')
const sources = ['electron', 'renderer', 'shared', 'package-lock.json', 'package.json']
/** Folders that do not affect the build. */
const ignored = new Set([inRoot('electron', 'setup'), inRoot('electron', 'build')])

/** Builds if a source file is newer than the last build, or that one has another feed of updates. */
export function build() {
  const feed = JSON.stringify(updateFeed())
  const newest = Math.max(...sources.map((name) => newestIn(inRoot(name))))
  if (existsSync(stamp) && newest <= statSync(stamp).mtimeMs && readFileSync(stamp, 'utf8') === feed) return
  say('Building …')
  const started = new Date()
  rmSync(inRoot('out'), { recursive: true, force: true })
  const vite = inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const { code, output } = run(process.execPath, [vite, 'build', '--config', 'electron/electron.vite.config.ts'], {
    quiet: true,
  })
  if (code !== 0) stop(`The build failed.\n${output.trim().slice(-3000)}`, 'Run “npm run check” to see why.')
  chmodSync(inRoot('out', 'cli', 'latchkey.cjs'), 0o755)
  writeNotices()
  writeFileSync(stamp, feed)
  // The start of the build, so that a source saved during the build is newer.
  utimesSync(stamp, started, started)
}

/**
 * Folders count too, because deleting a file changes only its folder. Except electron/, where the build creates temporary files.
 *
 * @param {string} path
 * @returns {number} The modification time of the newest file or folder, in milliseconds.
 */
function newestIn(path) {
  if (ignored.has(path)) return 0
  const own = statSync(path)
  if (!own.isDirectory()) return own.mtimeMs
  const time = path === inRoot('electron') ? 0 : own.mtimeMs
  return Math.max(time, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}

if (process.argv[1] === import.meta.filename) {
  rmSync(stamp, { force: true })
  build()
}
