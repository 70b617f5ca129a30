import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { installPackages } from './linux-packages.mjs'
import { cache, inRoot } from './paths.mjs'
import { prepareModules } from './prepare.mjs'
import { run } from './run.mjs'
import { stop } from './say.mjs'

/**
 * `npm run fuzz -- [READER] [--minutes N] [--seed N]`: every reader of foreign files with inputs that were changed at random
 * (test/fuzz/). The minutes are shared by the readers. Exits with 1 if anything was found.
 */
prepareModules()
installPackages({ libraries: ['python3-cryptography-vectors'], commands: { openssl: 'openssl' } })

const built = join(cache, 'fuzz')
const bundle = inRoot('test', 'support', 'make-bundle.mjs')
const { code, output } = run(process.execPath, [bundle, 'test/fuzz/fuzz-process.ts', built], { quiet: true })
if (code !== 0) stop('The fuzzer could not be built.', output)
const { status } = spawnSync(process.execPath, [join(built, 'bundle.cjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
