import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from './paths.mjs'
import { run } from './run.mjs'
import { say, stop } from './say.mjs'

const stamp = inRoot('out', '.built')
const sources = ['electron', 'renderer', 'shared', 'package-lock.json', 'package.json']

/** Builds when a source is newer than the last build. */
export function build() {
  if (existsSync(stamp) && newest() <= statSync(stamp).mtimeMs) return
  say('Building …')
  rmSync(inRoot('out'), { recursive: true, force: true })
  const vite = inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const { code, output } = run(process.execPath, [vite, 'build', '--config', 'electron/electron.vite.config.ts'], {
    quiet: true,
  })
  if (code !== 0) stop(`The build failed.\n${output.trim().slice(-3000)}`, 'Run “npm run check” to see why.')
  writeFileSync(stamp, '')
}

function newest() {
  return Math.max(...sources.map((name) => newestIn(inRoot(name))))
}

function newestIn(path) {
  const own = statSync(path)
  if (!own.isDirectory()) return own.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}
