import { spawnSync } from 'node:child_process'
import { inRoot } from './paths.mjs'

/** The suites with random inputs or moments. */
const areas = ['unit', 'boring', 'connection', 'stores', 'cli', 'crash', 'e2e']

/**
 * `npm run soak -- unit`: one suite with far more random inputs and moments than `npm test` tries; `crash` where none is named.
 * What follows is handed to its runner: `npm run soak -- e2e test/e2e/crash.test.ts`.
 */
const [first = 'crash', ...others] = process.argv.slice(2)
const args = areas.includes(first) ? [first, ...others] : ['crash', first, ...others]
const { status } = spawnSync(process.execPath, [inRoot('electron', 'setup', 'test.mjs'), ...args], {
  stdio: 'inherit',
  env: { ...process.env, LATCHKEY_SOAK: '1' },
})
process.exit(status ?? 1)
