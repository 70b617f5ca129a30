import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyTrialElectron } from './electron-trial.mjs'
import { notices } from './notices.mjs'
import { cache, inRoot } from './paths.mjs'
import { prepare } from './prepare.mjs'
import { runShown } from './run.mjs'
import { say, stop } from './say.mjs'

/** `npm run package -- --linux dir`: passes the options to electron-builder. Without options, builds this system's targets. */
const { isTrial } = await prepare()

const unlicensed = notices().filter(({ text }) => text === null)
if (unlicensed.length > 0) {
  const names = unlicensed.map(({ name }) => name).join(', ')
  stop(
    `No licence was found for ${names}.`,
    'Name another package with the same licence in electron/setup/notices.mjs.',
  )
}

const options = process.argv.slice(2)
const own = isTrial ? trialOptions(options) : []
const builder = inRoot('node_modules', 'electron-builder', 'cli.js')
// With hard links, its default on build machines, setting the fuses would modify the runtime that it copies from.
const env = { ...process.env, USE_HARD_LINKS: 'false' }
const { code } = await runShown(process.execPath, [builder, ...options, '--publish', 'never', ...own], { env })
process.exit(code)

/**
 * With the trial runtime, only an unpacked folder can be built, never an installer.
 *
 * @param {string[]} given
 */
function trialOptions(given) {
  if (!given.includes('dir')) {
    stop(
      'Building installers requires Electron, whose release site cannot be reached.',
      'To build an unpacked folder for testing: npm run package -- --linux dir',
    )
  }
  say('Electron is not available: the folder will contain the trial runtime and is for testing only.')
  const dist = copyTrialElectron(join(cache, 'electron-trial-clean'))
  return [`-c.electronDist=${dist}`, '--config', withoutNewerFuse()]
}

/** The Electron of the trial runtime does not have this fuse, and the builder would fail. */
function withoutNewerFuse() {
  const config = readFileSync(inRoot('electron-builder.yml'), 'utf8')
  const file = join(cache, 'electron-builder-trial.yml')
  writeFileSync(file, config.replace(/^ +grantFileProtocolExtraPrivileges:.*$/mu, ''))
  return file
}
