import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm, run } from './run.mjs'
import { stop } from './say.mjs'

/**
 * @typedef {object} PinnedPackage A package of the npm registry whose content is known.
 * @property {string} spec Its name and version.
 * @property {string} sha512 The checksum of its archive, in base64.
 */

/**
 * Downloads a package and compares its checksum, or stops.
 *
 * @param {PinnedPackage} pinned
 * @param {string} work The download folder.
 * @returns {string} The archive.
 */
export function fetchPinned({ spec, sha512 }, work) {
  const { code } = npm(['pack', spec, '--pack-destination', work, '--silent'])
  const archive = join(work, `${spec.replace(/^@/u, '').replaceAll(/[/@]/gu, '-')}.tgz`)
  if (code !== 0 || !existsSync(archive)) {
    stop(`${spec} could not be downloaded from the npm registry.`, 'Check the network (npm ping) and try again.')
  }
  const digest = createHash('sha512').update(readFileSync(archive)).digest('base64')
  if (digest !== sha512) stop(`The checksum of ${spec} is wrong.`, 'Do not install software over this network.')
  return archive
}

/**
 * @param {string} archive
 * @param {string} into
 */
export function extract(archive, into) {
  const { code, output } = run('tar', ['-xzf', archive, '-C', into, '--no-same-owner'], { quiet: true })
  if (code !== 0) stop(`${archive} could not be unpacked.\n${output.trim()}`, 'Free 1 GB of disk space.')
}
