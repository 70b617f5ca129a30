import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What each part of an unpacked Linux folder takes, in bytes.
 *
 * @param {string} unpacked
 */
export function sizesOf(unpacked) {
  const resources = join(unpacked, 'resources')
  const commandLine = sizeOf(join(resources, 'bin'))
  const nativeModules = sizeOf(join(resources, 'app.asar.unpacked'))
  const code = sizeOf(join(resources, 'app.asar'))
  const total = sizeOf(unpacked)
  const documents = ['LICENSE', 'LICENSES.third-party.txt', 'sbom.cdx.json'].map((name) => join(resources, name))
  const texts = documents.reduce((sum, path) => sum + sizeOf(path), 0)
  const runtime = total - commandLine - nativeModules - code - texts
  return { runtime, code, nativeModules, texts, commandLine, total }
}

/** @param {ReturnType<typeof sizesOf>} sizes */
export function sizeLines({ runtime, code, nativeModules, texts, commandLine, total }) {
  const rows = [
    ['Electron', runtime],
    ['code of the window', code],
    ['native modules', nativeModules],
    ['licences and SBOM', texts],
    ['command line', commandLine],
    ['total', total],
  ]
  return rows.map(([name, bytes]) => `${String(name).padEnd(20)}${(Number(bytes) / 2 ** 20).toFixed(1).padStart(7)} MB`)
}

/**
 * @param {string} path
 * @returns {number}
 */
function sizeOf(path) {
  const status = lstatSync(path, { throwIfNoEntry: false })
  if (status === undefined) return 0
  if (!status.isDirectory()) return status.size
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}
