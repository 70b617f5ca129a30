import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { effectiveUser } from '#electron/platform/home'
import { closeFolder, closeOwnFiles } from '#electron/platform/home-folder'
import { temporaryFolder } from '../../../support/home'

const me = effectiveUser()
const modeOf = (path: string) => statSync(path).mode & 0o7777
let home: string
beforeEach(() => {
  home = temporaryFolder()
})

function file(mode: number, ...names: string[]): string {
  const path = join(home, ...names)
  writeFileSync(path, '')
  chmodSync(path, mode)
  return path
}
const close = (isGiven = true) => closeOwnFiles(home, isGiven, { me })

describe.skipIf(me === null)('files and folders of Latchkey’s own', () => {
  it('that are closed are left as they are', async () => {
    file(0o600, 'latchkey.db')
    expect(await close()).toEqual({ closed: 0, openness: 'closed', keepsModes: true })
  })

  it('that others could read are closed, as after a restored backup', async () => {
    mkdirSync(join(home, 'vault'))
    chmodSync(join(home, 'vault'), 0o755)
    const id = '1e0b4418-568f-483f-9ea5-e94440a9d12b'
    const own = [
      file(0o644, 'latchkey.db'),
      file(0o640, 'latchkey.db-wal'),
      file(0o604, 'latchkey.db.before-7'),
      file(0o620, 'latchkey.log'),
      file(0o644, 'vault', 'header.json'),
      file(0o644, 'vault', `private-key-${id}.sealed`),
    ]
    const other = file(0o644, 'notes.txt')
    expect(await close()).toEqual({ closed: 7, openness: 'closed', keepsModes: true })
    expect(own.map(modeOf)).toEqual(own.map(() => 0o600))
    expect(modeOf(join(home, 'vault'))).toBe(0o700)
    expect(modeOf(other)).toBe(0o644)
    expect(await close()).toMatchObject({ closed: 0 })
  })

  it('are not followed elsewhere, nor touched where they are another’s', async () => {
    const elsewhere = join(temporaryFolder(), 'file')
    writeFileSync(elsewhere, '')
    chmodSync(elsewhere, 0o644)
    symlinkSync(elsewhere, join(home, 'latchkey.log'))
    expect(await close()).toMatchObject({ closed: 0, keepsModes: true })
    expect(modeOf(elsewhere)).toBe(0o644)
  })
})

describe.skipIf(me === null)('the folder', () => {
  it('that Latchkey made is closed at once, and a given one only when it is asked for', async () => {
    chmodSync(home, 0o777)
    expect(await close(true)).toEqual({ closed: 0, openness: 'open', keepsModes: true })
    expect(modeOf(home)).toBe(0o777)
    expect(await closeFolder(home)).toBe('closed')
    expect(modeOf(home)).toBe(0o755)
    chmodSync(home, 0o770)
    expect(await close(false)).toEqual({ closed: 1, openness: 'closed', keepsModes: true })
    expect(modeOf(home)).toBe(0o700)
  })

  it('that is everybody’s stays so', async () => {
    chmodSync(home, 0o1777)
    expect(await close()).toMatchObject({ openness: 'shared' })
    expect(await closeFolder(home)).toBe('shared')
    expect(modeOf(home)).toBe(0o1777)
  })
})

describe.skipIf(process.platform !== 'linux')('a file system without modes', () => {
  const named: [string, number][] = [
    ['vfat', 0x4d44],
    ['exFAT', 0x2011bab0],
    ['CIFS', 0xff534d42],
    ['CIFS, as a signed number', 0xff534d42 | 0],
    ['SMB 2', 0xfe534d42],
  ]
  it.each(named)('is known by its type: %s', async (_name, type) => {
    const statFileSystem = async () => ({ type })
    expect(await closeOwnFiles(home, true, { me, statFileSystem })).toMatchObject({ keepsModes: false })
  })

  it('of any other type is known by a mode that does not change', async () => {
    file(0o644, 'latchkey.db')
    const changeMode = async () => undefined
    expect(await closeOwnFiles(home, true, { me, changeMode })).toEqual({
      closed: 0,
      openness: 'closed',
      keepsModes: false,
    })
  })

  it('that cannot be asked is judged by its modes', async () => {
    const statFileSystem = () => Promise.reject(new Error('ENOSYS'))
    expect(await closeOwnFiles(home, true, { me, statFileSystem })).toMatchObject({ keepsModes: true })
  })
})

it('claims nothing where modes say nothing', async () => {
  chmodSync(home, 0o777)
  expect(await closeOwnFiles(home, false, { me: null })).toEqual({ closed: 0, openness: 'closed', keepsModes: true })
})

it.skipIf(me !== 0)('leaves a file of another account to that account', async () => {
  const theirs = file(0o644, 'latchkey.log')
  chownSync(theirs, 65_534, 65_534)
  expect(await close()).toMatchObject({ closed: 0, keepsModes: true })
  expect(modeOf(theirs)).toBe(0o644)
})
