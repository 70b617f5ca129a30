import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { copyTrialElectron } from './electron-trial.mjs'
import { toolsFor } from './linux-packages.mjs'
import { notices } from './notices.mjs'
import { electronVersion, packageVersion, sourceDateEpoch } from './package/build-facts.mjs'
import { makeDeb } from './package/deb.mjs'
import { makeExecutable } from './package/executable.mjs'
import { makeRpm } from './package/rpm.mjs'
import { sbomFile, sbomOf } from './package/sbom.mjs'
import { sizeLines, sizesOf } from './package/sizes.mjs'
import { isForTesting, targetsOf } from './package/targets.mjs'
import { cache, inRoot, root } from './paths.mjs'
import { prepare } from './prepare.mjs'
import { runShown } from './run.mjs'
import { say, stop } from './say.mjs'

/**
 * `npm run package -- --linux dir deb rpm`: passes the options to electron-builder, which makes everything but Debian's and
 * RPM's packages. Without options, makes all of this system's packages.
 */
const targets = targetsOf(process.argv.slice(2), process.platform)
const { isTrial } = await prepare(toolsFor(targets.linux))
if (isTrial && !isForTesting(targets)) {
  stop(
    'Electron’s release site cannot be reached, and only these packages can be made without it, for testing.',
    'npm run package -- --linux dir deb rpm',
  )
}

const version = packageVersion(isTrial)
const epoch = sourceDateEpoch()
for (const arch of process.platform === 'darwin' ? ['arm64', 'x64'] : [process.arch]) {
  makeExecutable(`${process.platform}-${arch}`)
}
checkLicences()
writeWhole(sbomFile, `${JSON.stringify(sbomOf({ version, electron: electronVersion(isTrial), epoch }), null, 2)}\n`)

const builder = inRoot('node_modules', 'electron-builder', 'cli.js')
// With hard links, its default on build machines, setting the fuses would modify the runtime that it copies from.
const env = { ...process.env, USE_HARD_LINKS: 'false', SOURCE_DATE_EPOCH: String(epoch) }
const args = [builder, ...targets.forBuilder, '--publish', 'never', ...(isTrial ? trialOptions() : [])]
const { code } = await runShown(process.execPath, args, { env })
if (code !== 0) process.exit(code)
if (process.platform === 'linux') finishLinux()

/** Makes the packages of which electron-builder made the content. */
function finishLinux() {
  const output = resolve(root, targets.output)
  const unpacked = join(output, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`)
  const facts = { version, epoch, unpacked, output }
  const made = [...targets.linux].map((kind) => (kind === 'deb' ? makeDeb(facts) : makeRpm(facts)))
  for (const line of sizeLines(sizesOf(unpacked))) say(line)
  for (const file of made) say(`${basename(file)}: ${(statSync(file).size / 2 ** 20).toFixed(1)} MB`)
}

/**
 * Renames it into its place, since another run may be reading it. It is not written in out/: electron-builder, which lists that
 * folder in the other run, fails when something vanishes there.
 *
 * @param {string} file
 * @param {string} content
 */
function writeWhole(file, content) {
  const part = join(cache, `${basename(file)}.${process.pid}`)
  writeFileSync(part, content)
  renameSync(part, file)
}

function checkLicences() {
  const unlicensed = notices().filter(({ text }) => text === null)
  if (unlicensed.length === 0) return
  stop(
    `No licence was found for ${unlicensed.map(({ name }) => name).join(', ')}.`,
    'Name another package with the same licence in electron/setup/notices.mjs.',
  )
}

function trialOptions() {
  say('Electron is not available: the package will contain the trial runtime and is for testing only.')
  const dist = copyTrialElectron(join(cache, 'electron-trial-clean'))
  return [`-c.electronDist=${dist}`, '--config', withoutNewerFuse()]
}

/** The Electron of the trial runtime does not have this fuse, and the builder would fail. */
function withoutNewerFuse() {
  const config = readFileSync(inRoot('electron-builder.yml'), 'utf8')
  const file = join(cache, 'electron-builder-trial.yml')
  writeWhole(file, config.replace(/^ +grantFileProtocolExtraPrivileges:.*$/mu, ''))
  return file
}
