import { spawnSync } from 'node:child_process'
import { build } from './build.mjs'
import { inRoot } from './paths.mjs'
import { prepareModules } from './prepare.mjs'

/** `npm run latchkey -- …`: runs the CLI from a clone. */
prepareModules()
build()
const { status } = spawnSync(process.execPath, [inRoot('out', 'cli', 'latchkey.cjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
