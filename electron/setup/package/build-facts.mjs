import { readFileSync } from 'node:fs'
import { inRoot } from '../paths.mjs'
import { run } from '../run.mjs'
import { stop } from '../say.mjs'

/**
 * When this version was written, in seconds: SOURCE_DATE_EPOCH (reproducible-builds.org), or the time of the last commit. It
 * takes the place of the time of the build, so that two builds are the same.
 */
export function sourceDateEpoch() {
  const { code, output } = run('git', ['log', '-1', '--format=%ct'], { quiet: true })
  const given = process.env.SOURCE_DATE_EPOCH ?? (code === 0 ? output.trim() : '')
  if (/^\d+$/u.test(given)) return Number(given)
  return stop('There is no git history to date this package by.', 'Set SOURCE_DATE_EPOCH to a time in seconds.')
}

/**
 * Packages with the trial runtime are marked, and never released. For dpkg and rpm alike, `1.0.0+trial` is newer than `1.0.0`
 * and older than `1.0.1`.
 *
 * @param {boolean} isTrial
 */
export function packageVersion(isTrial) {
  const { version } = manifest('package.json')
  return isTrial ? `${version}+trial` : version
}

/** @param {boolean} isTrial */
export const electronVersion = (isTrial) =>
  isTrial ? '25.1.1' : manifest('node_modules/electron/package.json').version

/**
 * @param {string} path
 * @returns {{ version: string }}
 */
const manifest = (path) => JSON.parse(readFileSync(inRoot(path), 'utf8'))
