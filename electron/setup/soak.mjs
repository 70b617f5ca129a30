import { spawnSync } from 'node:child_process'
import { inRoot } from './paths.mjs'

/** The suites with randomized tests. */
const areas = ['crash', 'e2e']

/**
 * `npm run soak`: repeats the tests that kill the app many more times than `npm test` does. For another suite:
 * `npm run soak -- e2e test/e2e/crash.test.ts`.
 */
const [first = 'crash', ...others] = process.argv.slice(2)
const args = areas.includes(first) ? [first, ...others] : ['crash', first, ...others]
const { status } = spawnSync(process.execPath, [inRoot('electron', 'setup', 'test.mjs'), ...args], {
  stdio: 'inherit',
  env: { ...process.env, LATCHKEY_SOAK: '1' },
})
process.exit(status ?? 1)
