import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { msiProjectCreated } from '../../electron/setup/package/msi.mjs'
import { compileBuilderNsis } from '../support/builder-nsis'
import { isSoak } from '../support/rounds'
import { compileMsi, compileNsis, installKey } from '../support/windows-installers'
import { isWineInstalled, prepareWine, type Wine } from '../support/wine'

const isOnWine = isSoak && (await isWineInstalled())

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-installer-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.runIf(process.platform === 'linux')('the parts of the Windows installers', () => {
  it('compile without a warning', () => {
    for (const kind of ['install', 'uninstall'] as const) expect(compileNsis(folder, kind)).toMatchObject({ code: 0 })
    expect(existsSync(compileMsi(folder))).toBe(true)
  })

  it('say at the end of a removal which folder stays, but not in the middle of an update or of a silent removal', () => {
    const text = readFileSync(join('electron', 'build', 'windows', 'installer.nsh'), 'utf8')
    const [, said = ''] =
      /\$\{IfNot\} \$\{isUpdated\}\s+MessageBox \S+ "(.*)" \/SD IDOK\s+\$\{EndIf\}/u.exec(text) ?? []
    expect(said).toContain(String.raw`stay in $LOCALAPPDATA\Latchkey.`)
    expect(said).toContain('cannot be recovered')
  })

  it('list with the program, where the MSI put it, which folder stays', () => {
    const { stdout } = spawnSync('msiinfo', ['export', compileMsi(folder), 'Property'], { encoding: 'utf8' })
    const [, said = ''] = /^ARPCOMMENTS\t(.*?)\r?$/mu.exec(stdout) ?? []
    expect(said).toContain(String.raw`stay in %LOCALAPPDATA%\Latchkey.`)
    expect(said).toContain('cannot be recovered')
  })

  it.runIf(isSoak)('compile within electron-builder’s own installer and uninstaller, without a warning', () => {
    const { code, stdout, installer } = compileBuilderNsis(join(folder, 'builder'))
    expect(code, stdout).toBe(0)
    expect(installer).toMatch(/^Latchkey-Setup-.*\.exe$/u)
  })

  it('are put into the MSI project of electron-builder, each once, and another template is refused', () => {
    const file = join(folder, 'project.wxs')
    copyFileSync(join('node_modules', 'app-builder-lib', 'templates', 'msi', 'template.xml'), file)
    msiProjectCreated(file)
    const project = readFileSync(file, 'utf8')
    for (const group of ['LatchkeyTypes', 'LatchkeyCommand']) {
      expect(project.split(`<ComponentGroup Id="${group}"`)).toHaveLength(2)
      expect(project.split(`<ComponentGroupRef Id="${group}"/>`)).toHaveLength(2)
    }
    expect(project.split('<Property Id="ARPCOMMENTS"')).toHaveLength(2)
    expect(project).toMatch(/<\/Product>\s*<Fragment>.*<\/Fragment>\s*<\/Wix>\s*$/su)
    expect(() => msiProjectCreated(file)).toThrow('2 times')
    writeFileSync(file, '<Wix/>')
    expect(() => msiProjectCreated(file)).toThrow('0 times')
  })
})

/** What somebody else has in this account beforehand, and what of ours is there. */
function accountOf(wine: Wine) {
  const classes = 'HKCU\\Software\\Classes'
  const query = (...args: string[]) => wine.run('reg', ['query', ...args]).catch(() => '')
  const registryValue = async (key: string, name: string) =>
    new RegExp(`^\\s+${name}\\s+(REG_\\w+)\\s+(.*?)\\r?$`, 'imu').exec(await query(key, '/v', name))?.slice(1) ?? null
  return {
    types: async () => keysIn(await query(classes, '/s')),
    path: () => registryValue('HKCU\\Environment', 'PATH'),
    added: () => registryValue('HKCU\\Software\\Latchkey\\Installer', 'PathEntry'),
    ours: () => query('HKCU\\Software\\Latchkey', '/s'),
    async setPath(type: string, value: string) {
      await wine.run('reg', ['add', 'HKCU\\Environment', '/v', 'PATH', '/t', type, '/d', value, '/f'])
    },
    async removePath() {
      await wine.run('reg', ['delete', 'HKCU\\Environment', '/v', 'PATH', '/f']).catch(() => '')
    },
    async addOther() {
      await wine.run('reg', ['add', `${classes}\\.pem`, '/ve', '/d', 'Other.Pem', '/f'])
      await wine.run('reg', ['add', `${classes}\\.pem\\OpenWithProgids`, '/v', 'Other.Pem', '/f'])
    },
    async noteInstalled() {
      await wine.run('reg', ['add', `HKCU\\${installKey}`, '/v', 'InstallLocation', '/d', 'C:\\Latchkey', '/f'])
    },
  }
}

const endings = ['cer', 'crl', 'crt', 'csr', 'der', 'latchkey', 'p10', 'p12', 'p7b', 'p7c', 'pem', 'pfx']

/** The values of each key below the classes, one a line. */
function keysIn(printed: string): Map<string, string> {
  const parts = printed.split(/^HKEY_CURRENT_USER\\Software\\Classes\\?/mu).slice(1)
  return new Map(
    parts.map((part) => {
      const [key = '', ...values] = part.split(/\r?\n/u)
      return [
        key,
        values
          .map((value) => value.trim())
          .filter((value) => value !== '')
          .join('\n'),
      ]
    }),
  )
}

const others: [string, string][] = [
  ['.pem', '(Default)    REG_SZ    Other.Pem'],
  ['.pem\\OpenWithProgids', 'Other.Pem    REG_SZ'],
]

async function expectTypes(account: ReturnType<typeof accountOf>, program: string): Promise<void> {
  const types = await account.types()
  expect(types.get('.pem')).toBe('(Default)    REG_SZ    Other.Pem')
  for (const name of ['Latchkey.Certificate', 'Latchkey.Setup', 'latchkey'])
    expect(types.get(`${name}\\shell\\open\\command`)).toBe(`(Default)    REG_SZ    "${program}" -- "%1"`)
  expect(types.get('latchkey')).toContain('URL Protocol    REG_SZ')
  for (const ending of endings) {
    const progId = ending === 'latchkey' ? 'Latchkey.Setup' : 'Latchkey.Certificate'
    expect([ending, types.get(`.${ending}\\OpenWithProgids`)]).toEqual([ending, expect.stringContaining(progId)])
    if (ending !== 'pem') expect([ending, types.get(`.${ending}`) ?? '']).toEqual([ending, ''])
  }
}

async function expectNoTypes(account: ReturnType<typeof accountOf>): Promise<void> {
  const left = [...(await account.types())].filter(([key, values]) => key !== '' && values !== '')
  expect(left).toEqual(others)
}

describe.runIf(isOnWine)('run on Windows', () => {
  let wine: Wine
  let account: ReturnType<typeof accountOf>
  beforeAll(async () => {
    for (const kind of ['install', 'uninstall'] as const) expect(compileNsis(folder, kind).code).toBe(0)
    wine = await prepareWine()
    account = accountOf(wine)
    await account.addOther()
  }, 400_000)
  afterAll(() => wine.remove())
  const nsis = (kind: 'install' | 'uninstall', ...args: string[]) =>
    wine.run(join(folder, `${kind}.exe`), ['/S', ...args])

  const entry = 'C:\\Latchkey\\resources\\bin'
  const long = Array.from({ length: 400 }, (_, index) => `C:\\folder ${index}\\with a long name`).join(';')

  it('the installer adds Latchkey beside the default of somebody else, and takes nothing but its own away', async () => {
    await nsis('install')
    await expectTypes(account, 'C:\\Latchkey\\Latchkey.exe')
    await nsis('uninstall')
    await expectNoTypes(account)
  })

  it.each([
    ['REG_EXPAND_SZ', '%USERPROFILE%\\tools;C:\\other', `%USERPROFILE%\\tools;C:\\other;${entry}`],
    ['REG_SZ', 'C:\\other', `C:\\other;${entry}`],
    ['REG_SZ', 'C:\\other;', `C:\\other;${entry};`],
    // The command's folder is not this one.
    ['REG_SZ', `${entry}2;D${entry.slice(1)}`, `${entry}2;D${entry.slice(1)};${entry}`],
    // Longer than the strings of NSIS.
    ['REG_EXPAND_SZ', long, `${long};${entry}`],
  ])('it adds its one entry to a PATH, which stays a %s, and takes that one out', async (type, before, after) => {
    await account.setPath(type, before)
    await nsis('install')
    expect(await account.path()).toEqual([type, after])
    expect(await account.added()).toEqual(['REG_SZ', entry])
    // An update ends the version that is there, and installs the next.
    await nsis('uninstall', '--updated')
    await nsis('install', '--updated')
    expect(await account.path()).toEqual([type, after])
    await nsis('uninstall')
    expect(await account.path()).toEqual([type, before])
    expect(await account.ours()).toBe('')
  })

  it('it makes a PATH where there is none, and leaves none', async () => {
    await account.removePath()
    await nsis('install')
    expect(await account.path()).toEqual(['REG_EXPAND_SZ', entry])
    await nsis('uninstall')
    expect(await account.path()).toBeNull()
  })

  it('it leaves an entry alone that somebody has made, and adds none where nobody wants it', async () => {
    const own = `c:\\latchkey\\Resources\\bin;C:\\other`
    await account.setPath('REG_SZ', own)
    await nsis('install')
    await nsis('uninstall')
    expect(await account.path()).toEqual(['REG_SZ', own])
    await account.setPath('REG_SZ', 'C:\\other')
    await nsis('install', '/NOPATH')
    expect(await account.path()).toEqual(['REG_SZ', 'C:\\other'])
    // Also after an update of what was installed without it.
    await account.noteInstalled()
    await nsis('install', '--updated')
    expect(await account.path()).toEqual(['REG_SZ', 'C:\\other'])
    await nsis('uninstall')
  })

  it('the MSI adds the same, and takes the same away', async () => {
    const file = compileMsi(folder)
    await account.setPath('REG_EXPAND_SZ', '%USERPROFILE%\\tools;C:\\other')
    await wine.run('msiexec', ['/i', file, '/qn'])
    await expectTypes(account, 'C:\\Program Files\\Latchkey\\Latchkey.exe')
    expect(await account.path()).toEqual([
      'REG_EXPAND_SZ',
      '%USERPROFILE%\\tools;C:\\other;C:\\Program Files\\Latchkey\\resources\\bin',
    ])
    await wine.run('msiexec', ['/x', file, '/qn'])
    await expectNoTypes(account)
    const [, path] = (await account.path()) ?? []
    // Wine leaves the semicolon.
    expect(path?.replace(/;$/u, '')).toBe('%USERPROFILE%\\tools;C:\\other')
    expect(await account.ours()).toBe('')
    // Where an administrator wants no command on the PATH.
    await wine.run('msiexec', ['/i', file, '/qn', 'ADDLOCAL=ProductFeature'])
    expect((await account.path())?.[1]?.replace(/;$/u, '')).toBe('%USERPROFILE%\\tools;C:\\other')
    await expectTypes(account, 'C:\\Program Files\\Latchkey\\Latchkey.exe')
    await wine.run('msiexec', ['/x', file, '/qn'])
  })
})
