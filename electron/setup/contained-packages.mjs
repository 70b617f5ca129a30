import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { inRoot, root } from './paths.mjs'

/** The builds write here which packages each bundle contains: a list of folders, relative to the root (`bundled-packages.ts`). */
const bundledFolder = inRoot('out', '.bundled')

/**
 * @typedef {object} Manifest What is read of a package.json.
 * @property {string} version
 * @property {unknown} [license]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 *
 * @typedef {object} ContainedPackage
 * @property {string} folder
 * @property {string} name
 * @property {Manifest} manifest
 * @property {string[]} parts What contains it: the name of a bundle, or `packaged`.
 */

/**
 * Every package whose code is bundled or packaged, in the order of their names.
 *
 * @returns {ContainedPackage[]}
 */
export function containedPackages() {
  /** @type {Map<string, string[]>} */
  const parts = new Map()
  for (const [part, folders] of [...bundledPackages(), /** @type {const} */ (['packaged', packagedPackages()])]) {
    for (const folder of folders) parts.set(folder, [...(parts.get(folder) ?? []), part])
  }
  return [...parts]
    .map(([folder, found]) => ({ folder, name: nameOf(folder), manifest: manifestOf(folder), parts: found }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

/** @param {ContainedPackage} contained */
const keyOf = ({ name, manifest, folder }) => `${name} ${manifest.version} ${folder}`

/** @returns {[string, string[]][]} */
function bundledPackages() {
  return readdirSync(bundledFolder)
    .sort()
    .map((file) => {
      /** @type {string[]} */
      const folders = JSON.parse(readFileSync(join(bundledFolder, file), 'utf8'))
      return [file.replace(/\.json$/u, ''), folders.map((folder) => join(root, folder))]
    })
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

/**
 * @param {string} folder
 * @returns {Manifest}
 */
const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** @param {string} folder */
const nameOf = (folder) =>
  relative(inRoot('node_modules'), folder).replaceAll('\\', '/').split('node_modules/').at(-1) ?? ''

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
