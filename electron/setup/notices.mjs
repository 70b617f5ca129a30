import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { inRoot, root } from './paths.mjs'

/** The licences of everything of others that a package contains, beside Electron's own. The build writes it. */
const noticesFile = inRoot('out', 'LICENSES.third-party.txt')

/** The build writes here which packages each of its bundles contains: a list of folders, relative to the root. */
const bundledFolder = inRoot('out', '.bundled')

/**
 * Packages without a licence file, and another of the same author under the same licence that has one. The first two are the
 * other's binaries for this system.
 *
 * @type {[RegExp, string][]}
 */
const sameLicence = [
  [/^@koromix\/koffi-/u, 'koffi'],
  [/^@libsql\//u, 'libsql'],
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
  const folders = new Set([...bundledPackages(), ...packagedPackages()])
  return [...folders].map(noticeOf).sort((a, b) => (a.name < b.name ? -1 : 1))
}

export function writeNotices() {
  const parts = notices().map(({ name, version, text }) => `${name} ${version}\n\n${text ?? '(no licence found)'}\n`)
  const line = `\n${'─'.repeat(80)}\n\n`
  writeFileSync(noticesFile, `Latchkey contains these packages, under these licences.\n${line}${parts.join(line)}`)
}

/** @returns {string[]} */
function bundledPackages() {
  const files = readdirSync(bundledFolder).map((name) => join(bundledFolder, name))
  return files.flatMap((file) => JSON.parse(readFileSync(file, 'utf8'))).map((folder) => join(root, folder))
}

/**
 * What electron-builder copies: the dependencies, theirs, and so on, as far as they are installed.
 *
 * @returns {string[]}
 */
function packagedPackages() {
  /** @type {Set<string>} */
  const found = new Set()
  /**
   * @param {string} name
   * @param {string} from The folder of the package that needs it.
   */
  const add = (name, from) => {
    const folder = installed(name, from)
    if (folder === null || found.has(folder)) return
    found.add(folder)
    for (const next of dependenciesOf(folder)) add(next, folder)
  }
  for (const name of dependenciesOf(root)) add(name, root)
  return [...found]
}

/** @param {string} folder */
const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/**
 * @param {string} folder
 * @returns {string[]}
 */
function dependenciesOf(folder) {
  const { dependencies = {}, optionalDependencies = {} } = manifestOf(folder)
  return Object.keys({ ...dependencies, ...optionalDependencies })
}

/**
 * As Node looks for it; null for an optional package of another system.
 *
 * @param {string} name
 * @param {string} from
 */
function installed(name, from) {
  const nested = join(from, 'node_modules', name)
  if (existsSync(nested)) return nested
  const top = inRoot('node_modules', name)
  return existsSync(top) ? top : null
}

/**
 * @param {string} folder
 * @returns {Notice}
 */
function noticeOf(folder) {
  const name = relative(inRoot('node_modules'), folder).replaceAll('\\', '/').split('node_modules/').at(-1) ?? ''
  const [, other] = sameLicence.find(([pattern]) => pattern.test(name)) ?? []
  const text = licenceIn(folder) ?? (other === undefined ? null : licenceIn(inRoot('node_modules', other)))
  return { name, version: manifestOf(folder).version, text }
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
