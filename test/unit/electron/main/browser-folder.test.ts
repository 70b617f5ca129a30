import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { type Claim, claimBrowserFolder } from '#electron/main/browser-folder'
import type { HomePaths } from '#electron/platform/home'
import { AppError } from '#shared/errors'
import { temporaryFolder } from '../../../support/home'

let paths: HomePaths
let temporary: string
let used: string[]
let atQuit: (() => void)[]

beforeEach(() => {
  const home = temporaryFolder()
  paths = { home, isGiven: true, log: join(home, 'latchkey.log'), refusal: null }
  temporary = temporaryFolder()
  used = []
  atQuit = []
})

/** `locks`: whether the lock is taken, of one folder after the other. */
function claim(locks: boolean[], temporaryPlaces = [temporary], canBeTold = true): Claim {
  return claimBrowserFolder(paths, {
    use: (folder) => used.push(folder),
    takeLock: () => locks.shift() ?? false,
    canBeTold,
    onQuit: (act) => atQuit.push(act),
    lookAtHome: () => paths,
    temporaryPlaces,
  })
}

const lockedBy = (holder: string) => {
  mkdirSync(join(paths.home, 'browser'), { recursive: true })
  symlinkSync(holder, join(paths.home, 'browser', 'SingletonLock'))
}
const noProcess = 2 ** 22 + 1

it('is in Latchkey’s own folder', () => {
  expect(claim([true])).toMatchObject({ kind: 'first', paths })
  expect(used).toEqual([join(paths.home, 'browser')])
})

it.skipIf(process.platform === 'win32')('belongs to the process that holds its lock', () => {
  lockedBy(`${hostname()}-${process.pid}`)
  expect(claim([false])).toEqual({ kind: 'second' })
  expect(readdirSync(temporary)).toEqual([])
})

it.skipIf(process.platform === 'win32')('is not asked for by a start that its process cannot be told of', () => {
  const locks = [true]
  expect(claim(locks, [temporary], false)).toMatchObject({ kind: 'first' })
  expect(locks).toEqual([])
  lockedBy(`${hostname()}-${process.pid}`)
  locks.push(true)
  expect(claim(locks, [temporary], false)).toEqual({ kind: 'second' })
  expect(locks).toEqual([true])
})

it.skipIf(process.platform === 'win32').each([
  ['of nobody', () => undefined],
  ['of a process that is gone', () => lockedBy(`${hostname()}-${noProcess}`)],
  ['of another computer', () => lockedBy(`${hostname()}.elsewhere-${process.pid}`)],
])('with a lock that cannot be taken, and is %s, is refused', (_whose, place) => {
  place()
  const claimed = claim([false, true])
  expect(claimed).toMatchObject({ kind: 'first', paths: { refusal: { code: 'home-unusable' } } })
  expect(JSON.stringify(claimed)).toContain('Move it away; it holds none of your data.')
  const [, instead = ''] = used
  expect(existsSync(instead)).toBe(true)
  expect(instead.startsWith(temporary)).toBe(true)
  for (const act of atQuit) act()
  expect(readdirSync(temporary)).toEqual([])
})

it('is looked at again: a folder that was put right is no longer refused', () => {
  writeFileSync(join(paths.home, 'browser'), '')
  const claimed = claim([true])
  if (claimed.kind !== 'first') throw new Error(claimed.kind)
  expect(claimed.lookAgain().refusal?.code).toBe('home-unusable')
  rmSync(join(paths.home, 'browser'))
  expect(claimed.lookAgain().refusal).toBeNull()
})

it('is looked at again: one that could not be locked has to be another one', () => {
  const claimed = claim([false, true])
  if (claimed.kind !== 'first') throw new Error(claimed.kind)
  expect(claimed.lookAgain().refusal?.code).toBe('home-unusable')
  renameSync(join(paths.home, 'browser'), join(paths.home, 'moved'))
  expect(claimed.lookAgain().refusal).toBeNull()
})

it('is not made in a folder that is refused', () => {
  paths = { ...paths, refusal: new AppError('home-not-yours') }
  expect(claim([true])).toMatchObject({ kind: 'first', paths })
  expect(readdirSync(paths.home)).toEqual([])
})

it('is not looked for where Latchkey’s folder is a file', () => {
  paths = { ...paths, home: join(paths.home, 'file'), refusal: new AppError('home-unusable') }
  writeFileSync(paths.home, '')
  const claimed = claim([true])
  if (claimed.kind !== 'first') throw new Error(claimed.kind)
  expect(claimed.lookAgain().refusal?.code).toBe('home-unusable')
})

it('that is a file is refused', () => {
  writeFileSync(join(paths.home, 'browser'), '')
  expect(claim([true])).toMatchObject({ kind: 'first', paths: { refusal: { code: 'home-unusable' } } })
})

it('is the next place for temporary files where the first one cannot be written', () => {
  paths = { ...paths, refusal: new AppError('home-not-yours') }
  expect(claim([true], ['/nowhere', temporary]).kind).toBe('first')
  expect(used[0]?.startsWith(temporary)).toBe(true)
})

it('is nowhere where nothing can be written at all', () => {
  const refusal = new AppError('home-not-yours')
  paths = { ...paths, refusal }
  expect(claim([true], ['/nowhere'])).toEqual({ kind: 'nowhere', refusal })
  expect(used).toEqual([])
})
