import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { containedPackages } from './contained-packages.mjs'
import { inRoot } from './paths.mjs'

/** The licences of everything of others that a package contains, beside Electron's own. The build writes it. */
const noticesFile = inRoot('out', 'LICENSES.third-party.txt')

/**
 * Packages without a licence file, and another of the same author under the same licence that has one. The first two are the
 * other's binaries for this system.
 *
 * @type {[RegExp, string][]}
 */
const sameLicence = [
  [/^@koromix\/koffi-/u, 'koffi'],
  [/^@libsql\//u, 'libsql'],
  [/^lazy-val$/u, 'electron-updater'],
  [/^react-remove-scroll-bar$/u, 'react-remove-scroll'],
  [/^tiny-case$/u, 'yup'],
]

/**
 * @typedef {object} Notice
 * @property {string} name
 * @property {string} version
 * @property {string | null} text Null where no licence was found.
 */

/**
 * Every package whose code is bundled or packaged, with its licence, in the order of their names.
 *
 * @returns {Notice[]}
 */
export function notices() {
  return containedPackages().map(noticeOf)
}

export function writeNotices() {
  const parts = notices().map(({ name, version, text }) => `${name} ${version}\n\n${text ?? '(no licence found)'}\n`)
  const line = `\n${'─'.repeat(80)}\n\n`
  writeFileSync(noticesFile, `Latchkey contains these packages, under these licences.\n${line}${parts.join(line)}`)
}

/**
 * @param {import('./contained-packages.mjs').ContainedPackage} contained
 * @returns {Notice}
 */
function noticeOf({ folder, name, manifest }) {
  const [, other] = sameLicence.find(([pattern]) => pattern.test(name)) ?? []
  const text = licenceIn(folder) ?? (other === undefined ? null : licenceIn(inRoot('node_modules', other)))
  return { name, version: manifest.version, text }
}

/**
 * @param {string} folder
 * @returns {string | null}
 */
function licenceIn(folder) {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)([.-].*)?$/iu.test(name))
  const texts = names.sort().map((name) => ownPart(readFileSync(join(folder, name), 'utf8')))
  return texts.length === 0 ? null : texts.join('\n\n')
}

/**
 * Without the licences of what a package bundles for itself and Latchkey does not contain: Vite's helper is its own code.
 *
 * @param {string} text
 */
const ownPart = (text) => (text.split(/^# Licenses of bundled dependencies$/mu)[0] ?? '').trim()
