import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { commandIn, licencesIn } from '#electron/main/package-files'
import { stageLinuxTree } from '../../electron/setup/package/linux-tree.mjs'
import { sizesOf } from '../../electron/setup/package/sizes.mjs'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { runProgram, type Unpacked, unpackedPackage } from '../support/packaged-cli'

let made: Unpacked
let here: Computer
beforeAll(() => {
  made = unpackedPackage()
  here = newComputer()
}, 300_000)
afterAll(() => {
  made.remove()
  discard(here)
})

const ownData = () => ({ HOME: here.home, LATCHKEY_HOME: here.latchkey, XDG_RUNTIME_DIR: here.runtime })
const latchkey = (args: string[], environment: Record<string, string> = {}) =>
  runProgram(made.cli, args, { ...ownData(), ...environment })

describe('the command-line executable', () => {
  it('is this version, and prints its help', () => {
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync('package.json', 'utf8')))
    expect(latchkey(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
    expect(latchkey(['help']).stdout).toContain('Usage: latchkey')
    expect(latchkey(['no-such-command']).code).toBe(2)
  })

  it('makes a key in a process of its own, keeps it under the keyring, and shares it with any other Latchkey', async () => {
    const request = join(here.folder, 'ada.csr')
    const run = latchkey(['request', 'Ada Lovelace', '-o', request])
    expect(run.stderr).toBe('')
    expect(run.code).toBe(0)
    expect(latchkey(['inspect', request]).stdout).toContain('Request (CSR) Ada Lovelace')

    expect((await runCli(here, ['list'])).stdout).toContain('Ada Lovelace')
    const vault = z.object({ diagnostics: z.object({ vault: z.object({ keyring: z.string(), state: z.string() }) }) })
    const { diagnostics } = vault.parse(JSON.parse(latchkey(['diagnostics', '--json']).stdout))
    expect(diagnostics.vault).toMatchObject({ state: 'unlocked', keyring: 'usable' })
  })

  it('takes nothing from its surroundings that makes it run other code', () => {
    const required = join(here.folder, 'required.cjs')
    writeFileSync(required, "process.stdout.write('other code')")
    const { stdout, code } = latchkey(['--version'], {
      NODE_OPTIONS: `--require=${required}`,
      LIBSQL_JS_DEV: here.folder,
      LATCHKEY_TEST: '1',
    })
    expect([code, stdout.includes('other code')]).toEqual([0, false])
    expect(latchkey(['--eval', "process.stdout.write('other code')"]).stdout).not.toContain('other code')
    const armed = { LATCHKEY_TEST: '1', LATCHKEY_FAIL_POINT: 'request:begun' }
    expect(latchkey(['request', 'Grace Hopper', '-o', join(here.folder, 'grace.csr')], armed).code).toBe(0)
    expect(readFileSync(made.cli).includes('A stand-in for the API')).toBe(false)
  })

  it('ends at once where nobody called one of its processes', () => {
    for (const role of ['jobs-process', 'keyring-process']) {
      expect([role, latchkey([role])]).toEqual([role, { code: 0, stdout: '', stderr: '' }])
    }
  })

  it('works for files where the native modules are missing', () => {
    const alone = join(here.folder, 'alone')
    mkdirSync(alone)
    cpSync(made.cli, join(alone, 'latchkey'))
    const run = (...args: string[]) => runProgram(join(alone, 'latchkey'), args, ownData())
    const inspected = run('inspect', join(here.folder, 'ada.csr'))
    expect([inspected.code, inspected.stderr]).toEqual([0, ''])
    const { code, stdout } = run('diagnostics')
    expect(code).toBe(1)
    expect(stdout).toContain('Module: libsql, missing. Install the package again, with what it depends on.\n')
  })

  it('says whether all of the package is there and can be used', () => {
    const { code, stdout } = latchkey(['diagnostics'])
    for (const name of ['libsql', 'keytar', 'koffi']) expect(stdout).toContain(`Module: ${name}, ready\n`)
    // The unpacked folder does not have the helper of the sandbox as a package installs it.
    const possible = runProgram('unshare', ['--user', '--map-root-user', 'true']).code === 0
    expect([possible, /^Sandbox of the window: by user namespaces$/mu.test(stdout), code]).toEqual([
      possible,
      possible,
      possible ? 0 : 1,
    ])
  })
})

describe('what a Linux package installs', () => {
  let tree: string
  beforeAll(() => {
    const facts = { version: '1.2.3+trial', epoch: 1_700_000_000, unpacked: made.folder, output: made.output }
    tree = stageLinuxTree(facts, 'deb')
  })
  const share = (...path: string[]) => join(tree, 'usr', 'share', ...path)
  const entries = () => readdirSync(tree, { recursive: true, withFileTypes: true })

  it('has the command and the window, and opens files without being what opens them by default', () => {
    expect(runProgram('readlink', [join(tree, 'usr/bin/latchkey')]).stdout.trim()).toBe(
      '/opt/Latchkey/resources/bin/latchkey',
    )
    const desktop = readFileSync(share('applications', 'latchkey.desktop'), 'utf8')
    const [, window = ''] = /^Exec=(\S+) -- %U$/mu.exec(desktop) ?? []
    expect(existsSync(join(tree, window))).toBe(true)
    expect(desktop).toMatch(/^MimeType=.*application\/pkcs12;.*x-scheme-handler\/latchkey;/mu)
    // Defaults are written to these files alone (XDG MIME Applications).
    expect(entries().filter(({ name }) => /mimeapps\.list$|^defaults\.list$/u.test(name))).toEqual([])
    expect(runProgram('desktop-file-validate', [share('applications', 'latchkey.desktop')])).toMatchObject({
      code: 0,
      stdout: '',
    })
  })

  it('has metadata that AppStream accepts, and a type for each ending', () => {
    const metainfo = share('metainfo', 'app.latchkey.desktop.metainfo.xml')
    expect(runProgram('appstreamcli', ['validate', '--no-net', metainfo])).toMatchObject({ code: 0 })
    expect(readFileSync(metainfo, 'utf8')).toContain('<release version="1.2.3+trial" date="2023-11-14"/>')
    // With the types of this system, as update-mime-database joins them on a user's.
    const mime = join(here.folder, 'data', 'mime')
    mkdirSync(join(mime, 'packages'), { recursive: true })
    cpSync(share('mime', 'packages', 'latchkey.xml'), join(mime, 'packages', 'latchkey.xml'))
    cpSync('/usr/share/mime/packages/freedesktop.org.xml', join(mime, 'packages', 'freedesktop.org.xml'))
    expect(runProgram('update-mime-database', [mime]).code).toBe(0)
    const globs = readFileSync(join(mime, 'globs'), 'utf8')
    const offered = /^MimeType=(.*);$/mu
      .exec(readFileSync(share('applications', 'latchkey.desktop'), 'utf8'))?.[1]
      ?.split(';')
    for (const ending of ['pem', 'crt', 'cer', 'der', 'p12', 'pfx', 'p7b', 'p7c', 'csr', 'p10', 'crl', 'latchkey']) {
      const type = new RegExp(`^(.+):\\*\\.${ending}$`, 'mu').exec(globs)?.[1]
      expect([ending, offered?.includes(type ?? 'none')]).toEqual([ending, true])
    }
  })

  it('has its manual, completions and licences where each is looked for', () => {
    expect(gunzipSync(readFileSync(share('man', 'man1', 'latchkey.1.gz'))).toString()).toMatch(/^\.TH LATCHKEY 1/u)
    for (const path of [
      'bash-completion/completions/latchkey',
      'zsh/vendor-completions/_latchkey',
      'fish/vendor_completions.d/latchkey.fish',
    ])
      expect([path, readFileSync(share(path), 'utf8').includes('latchkey')]).toEqual([path, true])
    const copyright = readFileSync(share('doc', 'latchkey', 'copyright'), 'utf8')
    const named = copyright.match(/\/(?:opt|usr)\/[^\s,]+/gu) ?? []
    for (const path of named)
      expect([path, lstatSync(join(tree, path), { throwIfNoEntry: false }) !== undefined]).toEqual([path, true])
    expect(named.length).toBeGreaterThan(3)
  })

  it('holds no file that others may write, no header, and one program that gets the rights of root: the sandbox', () => {
    const all = entries().map((entry) => join(entry.parentPath, entry.name))
    const modes = all
      .filter((path) => !lstatSync(path).isSymbolicLink())
      .map((path) => [path, lstatSync(path).mode & 0o7777] as const)
    expect(
      modes.filter(([, mode]) => ![0o755, 0o644].includes(mode)).map(([path, mode]) => [relative(tree, path), mode]),
    ).toEqual([['opt/Latchkey/chrome-sandbox', 0o4755]])
    expect(all.filter((path) => /\.(?:h|hh|hpp|cc|gypi?|map|d\.ts)$/u.test(path))).toEqual([])
    expect(new Set(all.map((path) => lstatSync(path).mtimeMs))).toEqual(new Set([1_700_000_000_000]))
  })
})

const Component = z.looseObject({
  name: z.string(),
  version: z.string(),
  purl: z.string(),
  hashes: z.array(z.unknown()).optional(),
})

/**
 * What is burnt into a program of Electron, one octet for each fuse (Electron, docs/tutorial/fuses.md; the order is that of
 * `FuseV1Options` in @electron/fuses): behind a mark, the version of the list and its length.
 */
function fusesOf(program: string): string {
  const bytes = readFileSync(program)
  const mark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
  const list = bytes.subarray(bytes.indexOf(mark) + mark.length)
  expect([bytes.includes(mark), list[0]]).toEqual([true, 1])
  return list.subarray(2, 2 + (list[1] ?? 0)).toString('latin1')
}

describe('the unpacked folder', () => {
  it('has a program that is no Node, takes no options of Node, and loads nothing but its own archive', () => {
    const fuses = fusesOf(join(made.folder, 'latchkey-desktop'))
    const named: [string, string][] = [
      ['run as Node', '0'],
      ['encrypt cookies', '1'],
      ['NODE_OPTIONS', '0'],
      ['--inspect', '0'],
      ['check the archive', '1'],
      ['load from the archive alone', '1'],
      ['a snapshot of its own', '0'],
      // Not in Electron 25.
      ['more rights for file:', '0'],
    ]
    const known = named.slice(0, fuses.length)
    expect(known.map(([name], place) => [name, fuses[place]])).toEqual(known)
    expect(fuses.length).toBeGreaterThanOrEqual(7)
  })

  it('has the licences and the command where the window looks for them', () => {
    expect(existsSync(licencesIn(made.resources))).toBe(true)
    expect(commandIn(made.resources)).toBe(made.cli)
  })

  it('has a bill of materials that CycloneDX 1.6 accepts, with every package whose licence it has', async () => {
    const text = readFileSync(join(made.resources, 'sbom.cdx.json'), 'utf8')
    expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text)).toBeNull()
    const { components } = z.looseObject({ components: z.array(Component) }).parse(JSON.parse(text))
    const licences = readFileSync(join(made.resources, 'LICENSES.third-party.txt'), 'utf8')
    const named = components.filter(({ purl }) => purl.startsWith('pkg:npm/'))
    for (const { name, version } of named) expect(licences).toContain(`\n${name} ${version}\n`)
    expect(named.length).toBeGreaterThan(40)
    expect(components.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['electron', 'node', 'libsql', 'react', 'zod']),
    )
    // The bundler's own helpers are not in the lockfile under these names alone.
    expect(named.filter(({ hashes }) => hashes === undefined).map(({ name }) => name)).toEqual([])
  })

  it('takes no more than a tenth more than a bare Electron with the native modules, beside the command line', () => {
    const { total, commandLine, runtime, nativeModules } = sizesOf(made.folder)
    expect((total - commandLine) / (runtime + nativeModules)).toBeLessThanOrEqual(1.1)
  })
})
