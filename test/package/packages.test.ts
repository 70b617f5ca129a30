import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runProgram } from '../support/packaged-cli'
import { isSoak } from '../support/rounds'

/** Both packages, made twice from the start: the code and its executable, too. */
describe.runIf(isSoak && process.platform === 'linux')('.deb and .rpm', () => {
  const folders: string[] = []
  beforeAll(() => {
    for (const _ of [1, 2]) {
      const folder = mkdtempSync(join(tmpdir(), 'latchkey-packages-'))
      folders.push(folder)
      rmSync('out', { recursive: true, force: true })
      const args = ['electron/setup/package.mjs', '--linux', 'deb', 'rpm', `-c.directories.output=${folder}`]
      const { code, stderr } = runProgram(process.execPath, args)
      if (code !== 0) throw new Error(stderr)
    }
  }, 1_200_000)
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  const packagesIn = (folder: string) =>
    readdirSync(folder)
      .filter((name) => /\.(?:deb|rpm)$/u.test(name))
      .sort()
  const first = (ending: string) => {
    const [folder = ''] = folders
    return join(folder, packagesIn(folder).find((name) => name.endsWith(ending)) ?? '')
  }

  it('are the same to the octet in two builds', () => {
    const digests = folders.map((folder) =>
      packagesIn(folder).map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
    )
    expect(digests[0]).toHaveLength(2)
    expect(digests[1]).toEqual(digests[0])
  })

  it('install the same files, all owned by root', () => {
    const listed = runProgram('dpkg-deb', ['--contents', first('.deb')])
      .stdout.trim()
      .split('\n')
    expect(listed.filter((line) => !/^\S+ root\/root /u.test(line))).toEqual([])
    const inDeb = listed.flatMap((line) => /^[-l].* \.(\/.+?)(?: -> .*)?$/u.exec(line)?.[1] ?? [])
    const rpm = runProgram('rpm', [
      '-qp',
      '--queryformat',
      '[%{FILEMODES:perms} %{FILEUSERNAME} %{FILENAMES}\n]',
      first('.rpm'),
    ])
    const inRpm = rpm.stdout.trim().split('\n')
    expect(inRpm.filter((line) => !/^\S+ root /u.test(line))).toEqual([])
    const files = inRpm.flatMap((line) => /^[-l]\S+ root (.+)$/u.exec(line)?.[1] ?? [])
    const moved = files.map((name) => name.replace('/zsh/site-functions/', '/zsh/vendor-completions/'))
    expect(moved.sort()).toEqual(inDeb.sort())
    expect(inRpm).toContain('-rwsr-xr-x root /opt/Latchkey/chrome-sandbox')
  })

  it('say in the .rpm what it needs, and touch nothing but its own files', () => {
    const needs = runProgram('rpm', ['-qp', '--requires', first('.rpm')]).stdout
    expect(needs).toContain('libatomic.so.1()(64bit)')
    const scripts = runProgram('rpm', ['-qp', '--scripts', first('.rpm')]).stdout
    expect(scripts).toContain('stay in ~/.config/Latchkey')
    expect(scripts.match(/scriptlet/gu)).toHaveLength(1)
    expect(scripts).not.toMatch(/\brm\b|\bmv\b|update-alternatives|xdg-mime/u)
    const about = runProgram('rpm', [
      '-qp',
      '--queryformat',
      '%{VERSION} %{LICENSE} %{BUILDHOST}',
      first('.rpm'),
    ]).stdout
    expect(about).toMatch(/^\d+\.\d+\.\d+(?:\+trial)? MIT latchkey$/u)
  })
})
