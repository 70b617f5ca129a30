import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** Which files and links are opened with Latchkey, on each system; `folder.test.ts` has the types of Linux by their endings. */
const builder = readFileSync('electron-builder.yml', 'utf8')
const desktop = readFileSync(join('electron', 'build', 'linux', 'latchkey.desktop'), 'utf8')
const installed = readFileSync(join('electron', 'build', 'windows', 'file-types.nsh'), 'utf8')
const msi = readFileSync(join('electron', 'build', 'windows', 'msi-parts.wxs'), 'utf8')

const endings = ['cer', 'crl', 'crt', 'csr', 'der', 'latchkey', 'p10', 'p12', 'p7b', 'p7c', 'pem', 'pfx']

it('are the same on Linux, in a package and in an AppImage, and a link is passed behind --', () => {
  const [, types = ''] = /^MimeType=(.*);$/mu.exec(desktop) ?? []
  const [, ofAppImage = ''] = /^ {2}mimeTypes:\n((?: {4}- .+\n)+)/mu.exec(builder) ?? []
  const offered = ofAppImage.match(/[a-z-]+\/\S+/gu) ?? []
  expect([...offered, 'x-scheme-handler/latchkey']).toEqual(types.split(';'))
  expect(builder).toContain('executableArgs: ["--no-sandbox", "--"]')
  expect(desktop).toMatch(/^Exec=\S+ -- %U$/mu)
})

it('are the same on macOS, where Latchkey is an alternative for each', () => {
  const entries = builder.match(/^ {4}- \{ ext: .*\}$/gmu) ?? []
  for (const entry of entries) expect(entry).toContain('role: Viewer, rank: Alternate }')
  const offered = entries.flatMap((entry) => /\[(.*)\]/u.exec(entry)?.[1]?.split(', ') ?? [])
  expect(offered.sort()).toEqual(endings)
  expect(builder.match(/schemes: \[latchkey\]/gu)).toHaveLength(2)
})

it('are the same on Windows, for this user, and of no ending or scheme of others the default', () => {
  for (const text of [installed, msi]) {
    const offered = new Set([...text.matchAll(/"(?:Software\\Classes\\)?\.([a-z0-9]+)[\\"]/gu)].map(([, one]) => one))
    expect([...offered].sort()).toEqual(endings)
    expect(text).not.toMatch(/HKLM|HKCR|SHELL_CONTEXT|UserChoice/u)
  }
  // Keys of the types themselves hold what was added to them, and never what opens them.
  for (const [, under] of msi.matchAll(/Key="Software\\Classes\\\.[a-z0-9]+([^"]*)"/gu))
    expect(under).toBe('\\OpenWithProgids')
  // Of the installer's keys, those of types take values below OpenWithProgids alone.
  const ofTypes = installed.match(/^\s+Write\w+ .*Classes\\\$\{EXTENSION\}.*$/gmu) ?? []
  expect(ofTypes.length).toBeGreaterThan(0)
  for (const line of ofTypes) expect(line).toMatch(/\\\$\{EXTENSION\}\\OpenWithProgids" "Latchkey\.\w+" ""$/u)
  // The installer of electron-builder and the MSI would make them defaults.
  expect(builder).not.toMatch(/^fileAssociations:/mu)
  expect(builder).toContain('include: electron/build/windows/installer.nsh')
  expect(builder).toContain('msiProjectCreated: ./electron/setup/package/msi.mjs')
})
