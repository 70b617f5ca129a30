import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sandboxArguments } from './chromium-sandbox.mjs'
import { trialElectronFor } from './electron-trial.mjs'
import { forTests, forUnattended, forWindow } from './linux-packages.mjs'
import { cache, inRoot } from './paths.mjs'
import { prepare } from './prepare.mjs'
import { inPrivateSession } from './session.mjs'

/** `npm run bench`: compares the app with other programs, as ratios measured in the same run. */
const { executable, isTrial } = await prepare(forWindow, forUnattended, forTests)

const app = join(cache, 'bench-app')
rmSync(app, { recursive: true, force: true })
mkdirSync(app, { recursive: true })
writeFileSync(join(app, 'package.json'), '{ "name": "latchkey-bench", "version": "0.0.0", "main": "measured.cjs" }')
for (const name of ['measured.cjs', 'list.cjs']) cpSync(inRoot('test', 'bench', name), join(app, name))

const command = isTrial ? [trialElectronFor(app, join(cache, 'electron-trial-bench'))] : [executable, app]
const { code } = await inPrivateSession(process.execPath, [inRoot('test', 'bench', 'bench.mjs')], {
  env: {
    LATCHKEY_BENCH_COMMAND: JSON.stringify([...command, ...sandboxArguments(executable)]),
    LATCHKEY_BENCH_APP: inRoot('out', 'main', 'index.cjs'),
  },
  shows: (_line, stream) => stream === 'stdout',
})
process.exit(code)
