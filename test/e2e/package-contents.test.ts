import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { notices } from '../../electron/setup/notices.mjs'
import { newHome, removeHome } from '../support/app'
import { filesInArchive, packageInto } from '../support/packaged'

test.skip(process.platform !== 'linux', 'The folder is packaged on Linux.')

let dist: string
let resources: string

test.beforeAll(() => {
  dist = newHome()
  packageInto(dist)
  resources = join(dist, 'linux-unpacked', 'resources')
})
test.afterAll(() => removeHome(dist))

const read = (...path: string[]) => readFileSync(join(resources, ...path))

/** Of the archive and beside it, where whatever is a program of its own has to lie. */
const packaged = () => filesInArchive(join(resources, 'app.asar'))
const unpacked = () =>
  readdirSync(join(resources, 'app.asar.unpacked'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(resources, 'app.asar.unpacked', name)).isFile(),
  )

/** ELF, PE, Mach-O of one and of several architectures, and what linkers read. */
const programs: [string, string][] = [
  ['7f454c46', 'elf'],
  ['4d5a', 'pe'],
  ['cffaedfe', 'macho'],
  ['cefaedfe', 'macho'],
  ['cafebabe', 'macho'],
  ['213c617263683e', 'library'],
]
const kindOf = (bytes: Buffer) => {
  const start = bytes.subarray(0, 8).toString('hex')
  return programs.find(([magic]) => start.startsWith(magic))?.[1] ?? null
}
/** Of the ELF header's e_machine. */
const machines: Record<string, number> = { x64: 62, arm64: 183 }

test('it holds the binaries of this system and no others', () => {
  const found = unpacked().flatMap((name) => {
    const bytes = read('app.asar.unpacked', name)
    const kind = kindOf(bytes)
    return kind === null ? [] : [{ name, kind, bytes }]
  })
  const target = `linux-${process.arch}`
  expect(found.map(({ name }) => name.replaceAll('\\', '/')).sort()).toEqual([
    `node_modules/@koromix/koffi-${target}/linux_${process.arch}/koffi.node`,
    `node_modules/@libsql/${target}-gnu/index.node`,
    `node_modules/keytar/prebuilds/${target}/keytar.node`,
  ])
  for (const { name, kind, bytes } of found) {
    expect([name, kind, bytes.readUInt16LE(18)]).toEqual([name, 'elf', machines[process.arch]])
    expect([name, bytes.includes('libc.so.6'), bytes.includes('libc.musl-')]).toEqual([name, true, false])
  }
})

test('what is not run is left out: headers, sources, build files and documents', () => {
  const names = packaged()
  expect(names).toContain('out/main/index.cjs')
  expect(names).toContain('node_modules/libsql/index.js')
  const left =
    /\.(?:[chS]|asm|inc|def|cc|hh|cpp|hpp|rs|gypi?|cmake|lib|o|a|ts|map|md|vcxproj)$|(?:^|\/)(?:cnoke\.cjs|\.bundled|\.built)(?:\/|$)|musl/u
  expect(names.filter((name) => left.test(name))).toEqual([])
  expect(names.filter((name) => name.endsWith('.node')).sort()).toEqual(
    unpacked()
      .filter((name) => name.endsWith('.node'))
      .sort(),
  )
})

test('nothing in it leads an API token elsewhere than to Cloudflare', () => {
  const standIn = /^stand-in-.*\.cjs$/u
  // One for the window and one for the terminal, or one for both.
  expect(readdirSync('out/chunks').filter((name) => standIn.test(name))).not.toEqual([])
  expect(packaged().filter((name) => standIn.test(name.split('/').at(-1) ?? ''))).toEqual([])
  const archive = read('app.asar')
  expect(archive.includes('https://api.cloudflare.com/client/v4')).toBe(true)
  expect(archive.includes('A stand-in for the API')).toBe(false)
})

test('the licence of everything in it lies beside it', () => {
  const all = notices()
  expect(all.filter(({ text }) => text === null).map(({ name }) => name)).toEqual([])
  // One of each way in: copied, copied for this system, bundled for the window and for the program behind it.
  const names = all.map(({ name }) => name)
  for (const name of [
    'keytar',
    'koffi',
    'libsql',
    'detect-libc',
    'react',
    '@mantine/core',
    'zod',
    'jose',
    'node-forge',
  ])
    expect(names).toContain(name)
  const file = read('LICENSES.third-party.txt').toString('utf8')
  for (const { name, version, text } of all) expect(file).toContain(`\n${name} ${version}\n\n${text}\n`)
  expect(read('LICENSE').toString('utf8')).toBe(readFileSync('LICENSE', 'utf8'))
  // Nothing was copied that is not named.
  const copied = packaged().flatMap(
    (name) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/u.exec(name)?.[1] ?? [],
  )
  expect(copied.filter((name) => !names.includes(name))).toEqual([])
})
