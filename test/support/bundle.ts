import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** One module with everything it imports as a CommonJS file that plain Node runs, as the app's own build makes it. */
export interface Bundle {
  path: string
  remove(): Promise<void>
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const script = fileURLToPath(new URL('make-bundle.mjs', import.meta.url))

export async function bundle(entry: string): Promise<Bundle> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-bundle-'))
  // The installed Node, not this process' own executable: Electron's Node may be too old for the bundler.
  await promisify(execFile)('node', [script, entry, folder], { cwd: root, timeout: 100_000 })
  return { path: join(folder, 'bundle.cjs'), remove: () => rm(folder, { recursive: true, force: true }) }
}
