import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** `test/bench/<name>-process.ts` as plain Node runs it; inside the checkout, so that native modules are found beside it. */
export function bundled(name) {
  const built = join(root, 'node_modules', '.cache', 'latchkey', `bench-${name}`)
  const script = join(root, 'test', 'support', 'make-bundle.mjs')
  execFileSync(process.execPath, [script, `test/bench/${name}-process.ts`, built], { cwd: root })
  return join(built, 'bundle.cjs')
}
