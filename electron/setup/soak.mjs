import { spawnSync } from 'node:child_process'
import { inRoot } from './paths.mjs'

/** The suites with random inputs or moments. */
const areas = ['unit', 'boring', 'connection', 'stores', 'cli', 'crash', 'e2e', 'package']

/**
 * What belongs together across suites: the suites, and the parts of file names by which their tests are chosen.
 *
 * @type {Record<string, [string, string[]][]>}
 */
const themes = {
  cloudflare: [
    ['unit', ['cloudflare', 'access', 'logic/test/account']],
    ['cli', ['cloudflare']],
    ['e2e', ['test/e2e/access.test.ts']],
  ],
}

/**
 * `npm run soak -- unit`: one suite with far more random inputs and moments than `npm test` tries; `crash` where none is named,
 * and `cloudflare` for everything about Access in all suites. What follows is handed to its runner: `npm run soak -- e2e
 * test/e2e/crash.test.ts`.
 */
const [first = 'crash', ...others] = process.argv.slice(2)
const suite = areas.includes(first) ? [first, ...others] : ['crash', first, ...others]
const runs = themes[first]?.map(([name, files]) => [name, ...files]) ?? [suite]
const codes = runs.map((args) => {
  const { status } = spawnSync(process.execPath, [inRoot('electron', 'setup', 'test.mjs'), ...args], {
    stdio: 'inherit',
    env: { ...process.env, LATCHKEY_SOAK: '1' },
  })
  return status ?? 1
})
process.exit(Math.max(...codes))
