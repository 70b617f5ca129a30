import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { containedPackages } from '../contained-packages.mjs'
import { inRoot } from '../paths.mjs'
import { engine } from './executable.mjs'

/**
 * @typedef {object} SbomFacts
 * @property {string} version Of the package.
 * @property {string} electron The version of the runtime in it.
 * @property {number} epoch When it was built, in seconds (SOURCE_DATE_EPOCH).
 */

/** Where electron-builder.yml looks for it. */
export const sbomFile = inRoot('out', 'sbom.cdx.json')

/**
 * The software bill of materials (CycloneDX 1.6): everything of others in a package. Bundled libraries are development
 * dependencies of this repository, so it is made from what the bundler found and not from package.json.
 *
 * @param {SbomFacts} facts
 */
export function sbomOf({ version, electron, epoch }) {
  const libraries = containedPackages().map(libraryComponent)
  const components = [
    engineComponent('electron', electron, 'window'),
    engineComponent(engine.name, engine.version, 'command line'),
    ...uniqueBy(libraries, (component) => component['bom-ref']),
  ]
  const subject = { type: 'application', 'bom-ref': 'latchkey', name: 'latchkey', version, licenses: [named('MIT')] }
  const content = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { timestamp: new Date(epoch * 1000).toISOString(), component: subject },
    components,
    dependencies: [
      { ref: 'latchkey', dependsOn: components.map((component) => component['bom-ref']) },
      ...components.map((component) => ({ ref: component['bom-ref'] })),
    ],
  }
  return { $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', serialNumber: serialOf(content), ...content }
}

/** @param {import('../contained-packages.mjs').ContainedPackage} contained */
function libraryComponent({ name, manifest, folder, parts }) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${manifest.version}`
  const locked = lockedPackages()[folder.slice(inRoot().length + 1).replaceAll('\\', '/')]
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version: manifest.version,
    ...(typeof manifest.license === 'string' ? { licenses: [licenceOf(manifest.license)] } : {}),
    ...(locked?.integrity === undefined ? {} : { hashes: [hashOf(locked.integrity)] }),
    purl,
    properties: parts.map((part) => ({ name: 'latchkey:part', value: part })),
  }
}

/**
 * @param {string} name
 * @param {string} version
 * @param {string} part
 */
const engineComponent = (name, version, part) => ({
  type: 'framework',
  'bom-ref': `pkg:generic/${name}@${version}`,
  name,
  version,
  licenses: [named('MIT')],
  purl: `pkg:generic/${name}@${version}`,
  properties: [{ name: 'latchkey:part', value: part }],
})

/** @param {string} id */
const named = (id) => ({ license: { id } })

/** @param {string} text As package.json has it: one identifier of SPDX, or an expression. */
const licenceOf = (text) => (/\s/u.test(text) ? { expression: text } : named(text))

/** @param {string} integrity Of the lockfile: the algorithm and the digest in base64. */
function hashOf(integrity) {
  const [, bits = '', digest = ''] = /^sha(\d+)-([^ ]+)/u.exec(integrity) ?? []
  return { alg: bits === '1' ? 'SHA-1' : `SHA-${bits}`, content: Buffer.from(digest, 'base64').toString('hex') }
}

/** @returns {Record<string, { integrity?: string }>} */
const lockedPackages = () => JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages

/**
 * Derived from the content, so that the same package has the same number (RFC 9562 §5.8).
 *
 * @param {object} content
 */
function serialOf(content) {
  const hex = createHash('sha256').update(JSON.stringify(content)).digest('hex')
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * @template T
 * @param {T[]} items
 * @param {(item: T) => string} keyOf
 */
const uniqueBy = (items, keyOf) => [...new Map(items.map((item) => [keyOf(item), item])).values()]
