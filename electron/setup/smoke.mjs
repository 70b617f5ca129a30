import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { root } from './paths.mjs'
import { run } from './run.mjs'
import { say, stop } from './say.mjs'

/**
 * `npm run smoke -- FOLDER`: starts the program that `npm run package` made, in the folder of packages, on an empty home. It loads its
 * code from the archive, whose hash it checks on Windows and macOS, looks for what expires, and ends without a window.
 */
const folder = resolve(root, process.argv[2] ?? 'dist')
const places = {
  linux: ['linux-unpacked/latchkey-desktop', 'linux-arm64-unpacked/latchkey-desktop'],
  win32: ['win-unpacked/Latchkey.exe'],
  darwin: ['mac-arm64/Latchkey.app/Contents/MacOS/Latchkey', 'mac/Latchkey.app/Contents/MacOS/Latchkey'],
}
const candidates = places[/** @type {keyof typeof places} */ (process.platform)]
const programs = candidates.map((path) => join(folder, path)).filter((path) => existsSync(path))
if (programs.length === 0) stop(`There is no packaged program in ${folder}.`, 'npm run package')

for (const program of programs) {
  const home = mkdtempSync(join(tmpdir(), 'latchkey-smoke-'))
  const args = ['--check-expiry', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const env = { ...process.env, LATCHKEY_HOME: join(home, 'latchkey') }
  const { code, output } = run(program, args, { quiet: true, env, timeoutMs: 120_000 })
  const hasWorked = code === 0 && existsSync(join(home, 'latchkey'))
  rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  if (!hasWorked) stop(`${program} ended with ${code}.\n${output.trim().slice(-2000)}`, 'npm run package')
  say(`${program} starts.`)
}
