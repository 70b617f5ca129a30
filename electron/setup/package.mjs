import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyTrialElectron } from './electron-trial.mjs'
import { cache, inRoot } from './paths.mjs'
import { prepare } from './prepare.mjs'
import { runShown } from './run.mjs'
import { say, stop } from './say.mjs'

/** `npm run package -- --linux dir`: what follows goes to electron-builder; nothing at all makes this system's targets. */
const { isTrial } = await prepare()

const options = process.argv.slice(2)
const own = isTrial ? trialOptions(options) : []
const builder = inRoot('node_modules', 'electron-builder', 'cli.js')
// Hard links, its habit on build machines, would let it set the fuses of the runtime that it copies from.
const env = { ...process.env, USE_HARD_LINKS: 'false' }
const { code } = await runShown(process.execPath, [builder, ...options, '--publish', 'never', ...own], { env })
process.exit(code)

/**
 * The trial runtime makes a folder to try; never something to hand out.
 *
 * @param {string[]} given
 */
function trialOptions(given) {
  if (!given.includes('dir')) {
    stop(
      'Installers need Electron itself, and its release site cannot be reached.',
      'For a folder to try: npm run package -- --linux dir',
    )
  }
  say('Electron itself is not here: the folder gets the trial runtime, and is for trying only.')
  const dist = copyTrialElectron(join(cache, 'electron-trial-clean'))
  return [`-c.electronDist=${dist}`, '--config', withoutNewerFuse()]
}

/** Its Electron does not know this fuse yet, and the builder would stop over it. */
function withoutNewerFuse() {
  const config = readFileSync(inRoot('electron-builder.yml'), 'utf8')
  const file = join(cache, 'electron-builder-trial.yml')
  writeFileSync(file, config.replace(/^ +grantFileProtocolExtraPrivileges:.*$/mu, ''))
  return file
}
