import { spawnSync } from 'node:child_process'
import { inRoot } from './paths.mjs'

/** `npm run soak`: the tests that kill the app, many more times than `npm test` does. */
const { status } = spawnSync(
  process.execPath,
  [inRoot('electron', 'setup', 'test.mjs'), 'crash', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, LATCHKEY_SOAK: '1' } },
)
process.exit(status ?? 1)
