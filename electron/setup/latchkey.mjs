import { spawnSync } from 'node:child_process'
import { build } from './build.mjs'
import { installModules } from './modules.mjs'
import { checkNode } from './node-version.mjs'
import { inRoot } from './paths.mjs'

/** `npm run latchkey -- …`: the terminal, from a clone. */
checkNode()
installModules()
build()
const { status } = spawnSync(process.execPath, [inRoot('out', 'cli', 'latchkey.cjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
