import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type CopyFacts, updateChannelOf } from '#electron/main/updates/channel'
import { temporaryFolder } from '../../../../support/home'

const facts = (folder: string, more: Partial<CopyFacts>): CopyFacts => ({
  platform: 'linux',
  program: join(folder, 'latchkey-desktop'),
  resources: join(folder, 'resources'),
  isPackage: true,
  appImage: null,
  hasFeed: true,
  ...more,
})

it.each(['deb', 'rpm'] as const)('what %s installed is left to the package manager', (kind) => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'resources'))
  writeFileSync(join(folder, 'resources', 'package-type'), `${kind}\n`)
  expect(updateChannelOf(facts(folder, {}))).toBe(kind)
  expect(updateChannelOf(facts(folder, { hasFeed: false }))).toBe(kind)
  // Started from a program that is an AppImage itself.
  expect(
    updateChannelOf(facts(folder, { appImage: { file: '/home/ada/Other.AppImage', mount: '/tmp/.mount_Other' } })),
  ).toBe(kind)
})

it('a folder that nobody installed is nobody’s to replace', () => {
  const folder = temporaryFolder()
  expect(updateChannelOf(facts(folder, {}))).toBe('folder')
  mkdirSync(join(folder, 'resources'))
  writeFileSync(join(folder, 'resources', 'package-type'), 'snap')
  expect(updateChannelOf(facts(folder, {}))).toBe('folder')
})

it('an AppImage replaces itself where its build has a feed', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'Latchkey.AppImage')
  writeFileSync(file, '')
  const appImage = { file, mount: folder }
  expect(updateChannelOf(facts(folder, { appImage }))).toBe('feed')
  expect(updateChannelOf(facts(folder, { appImage, hasFeed: false }))).toBe('none')
  expect(updateChannelOf(facts(folder, { appImage: { file: join(folder, 'gone', 'a'), mount: folder } }))).toBe(
    'read-only',
  )
})

it('on Windows what the installer installed replaces itself, and what the MSI installed never does', () => {
  const folder = temporaryFolder()
  const windows = facts(folder, { platform: 'win32', program: join(folder, 'Latchkey.exe') })
  expect(updateChannelOf(windows)).toBe('msi')
  writeFileSync(join(folder, 'Uninstall Latchkey.exe'), '')
  expect(updateChannelOf(windows)).toBe('feed')
  expect(updateChannelOf({ ...windows, hasFeed: false })).toBe('none')
})

it('on a Mac the app replaces itself; what runs from its sources never does', () => {
  const folder = temporaryFolder()
  expect(updateChannelOf(facts(folder, { platform: 'darwin' }))).toBe('feed')
  expect(updateChannelOf(facts(folder, { platform: 'darwin', hasFeed: false }))).toBe('none')
  expect(updateChannelOf(facts(folder, { isPackage: false }))).toBe('sources')
})
