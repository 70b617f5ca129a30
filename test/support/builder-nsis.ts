import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram } from './packaged-cli'

/** Where Debian's NSIS is. */
const nsis = '/usr/share/nsis'
const templates = join('node_modules', 'app-builder-lib', 'templates', 'nsis')
const plugIn = /\b(UAC|StdUtils|WinShell|nsProcess|Nsis7z|SpiderBanner)::(\w+)/gu

/**
 * Compiles electron-builder's own installer and uninstaller with what Latchkey adds, every warning an error. Its tools come from a
 * release site and are stood in for: makensis is Debian's, the plug-ins only have the names of functions, and what would pack the
 * files or run the installer for its uninstaller writes anything. So the result can be compiled, and not run.
 */
export function compileBuilderNsis(folder: string): ReturnType<typeof runProgram> & { installer: string } {
  const at = (...path: string[]) => join(folder, ...path)
  for (const path of ['app', 'tools/linux', 'resources/plugins/x86-unicode', 'programs', 'out'])
    mkdirSync(at(path), { recursive: true })
  writeFileSync(at('app', 'Latchkey.exe'), 'the window')
  for (const name of readdirSync(nsis)) symlinkSync(join(nsis, name), at('tools', name))
  symlinkSync('/usr/bin/makensis', at('tools', 'linux', 'makensis'))
  for (const [name, functions] of plugIns())
    writeFileSync(at('resources', 'plugins', 'x86-unicode', `${name}.dll`), libraryWith(name, functions))
  const script = (name: string, text: string) =>
    writeFileSync(at('programs', name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  script('7za', 'for one; do case "$one" in *.7z) echo files > "$one";; esac; done')
  // Given the installer that writes its uninstaller beside itself.
  script(
    'wine',
    `case "$1" in *.exe) cp "$1" "${at('out')}/$(basename "$1" .exe).__uninstaller.exe";; *) echo wine-8.0;; esac`,
  )

  const cli = join('node_modules', 'electron-builder', 'cli.js')
  const options = [`-c.directories.output=${at('out')}`, '-c.nsis.installerLanguages=en_US', '--publish', 'never']
  const run = runProgram(process.execPath, [cli, '--win', 'nsis', '--x64', '--prepackaged', at('app'), ...options], {
    PATH: `${at('programs')}:${process.env['PATH']}`,
    ELECTRON_BUILDER_NSIS_DIR: at('tools'),
    ELECTRON_BUILDER_NSIS_RESOURCES_DIR: at('resources'),
    ELECTRON_BUILDER_7ZIP_PATH: at('programs', '7za'),
  })
  const installer = readdirSync(at('out')).find((name) => name.endsWith('.exe')) ?? ''
  return { ...run, installer }
}

/** The functions that electron-builder's scripts call, by their plug-in. */
function plugIns(): Map<string, Set<string>> {
  const scripts = readdirSync(templates, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.ns[hi]$/u.test(name),
  )
  const found = new Map<string, Set<string>>()
  for (const name of scripts)
    for (const [, library = '', called = ''] of readFileSync(join(templates, name), 'utf8').matchAll(plugIn))
      found.set(library, (found.get(library) ?? new Set()).add(called))
  return found
}

const FILE_ALIGNMENT = 0x200
const SECTION = 0x1000

/** A library of 32-bit Windows (Microsoft, "PE Format") with nothing but a table of exported names. */
function libraryWith(name: string, functions: ReadonlySet<string>): Buffer {
  const names = [...functions].sort()
  const tables = 40 + names.length * 10
  const texts = [`${name}.dll`, ...names].map((text) => Buffer.from(`${text}\0`))
  const places = texts.map((_, index) => SECTION + tables + Buffer.concat(texts.slice(0, index)).length)
  const size = tables + Buffer.concat(texts).length
  const exported = Buffer.alloc(Math.ceil(size / FILE_ALIGNMENT) * FILE_ALIGNMENT)
  const [ownName = 0, ...namePlaces] = places
  const [addresses, pointers, ordinals] = [40, 40 + names.length * 4, 40 + names.length * 8]
  const head = [ownName, 1, names.length, names.length, SECTION + addresses, SECTION + pointers, SECTION + ordinals]
  for (const [index, value] of head.entries()) exported.writeUInt32LE(value, 12 + index * 4)
  for (const [index, place] of namePlaces.entries()) {
    exported.writeUInt32LE(SECTION, addresses + index * 4)
    exported.writeUInt32LE(place, pointers + index * 4)
    exported.writeUInt16LE(index, ordinals + index * 2)
  }
  Buffer.concat(texts).copy(exported, tables)

  const header = Buffer.alloc(FILE_ALIGNMENT)
  header.write('MZ')
  header.writeUInt32LE(0x40, 0x3c)
  header.write('PE\0\0', 0x40)
  // The file: i386, one section, the size of the next header, a library.
  for (const [value, offset] of [
    [0x14c, 0x44],
    [1, 0x46],
    [0xe0, 0x54],
    [0x2102, 0x56],
  ] as const)
    header.writeUInt16LE(value, offset)
  const optional = 0x58
  header.writeUInt16LE(0x10b, optional)
  const long = [
    [28, 0x10000000],
    [32, SECTION],
    [36, FILE_ALIGNMENT],
    [56, 2 * SECTION],
    [60, FILE_ALIGNMENT],
    [92, 16],
    [96, SECTION],
    [100, size],
  ] as const
  for (const [offset, value] of long) header.writeUInt32LE(value, optional + offset)
  const section = optional + 0xe0
  header.write('.edata', section)
  for (const [index, value] of [size, SECTION, exported.length, FILE_ALIGNMENT].entries())
    header.writeUInt32LE(value, section + 8 + index * 4)
  header.writeUInt32LE(0x40000040, section + 36)
  return Buffer.concat([header, exported])
}
