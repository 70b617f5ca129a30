import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openConnection } from '#electron/database/connection'
import { type Computer, canMount, discard, newComputer, runCli } from '../support/crash'
import { isSoak, partOfToday } from '../support/rounds'

/** A folder that cannot be used as it is: every command says what is wrong with which folder, and what to do. */

const environment = { LATCHKEY_KEYRING: 'none', LATCHKEY_PASSPHRASE: 'correct horse battery staple' }

/** A folder as one request has left it. */
let model: Computer
let here: Computer

beforeAll(async () => {
  model = newComputer()
  const { code, stderr } = await runCli(model, ['request', 'Ada'], { environment })
  expect(code, stderr).toBe(0)
})
afterAll(() => discard(model))
beforeEach(() => {
  here = newComputer()
  cpSync(model.latchkey, here.latchkey, { recursive: true })
})
afterEach(() => discard(here))

type Options = Parameters<typeof runCli>[2]

async function failureOf(args: string[], options: Options = {}) {
  const { code, stdout, stderr } = await runCli(here, [...args, '--json'], {
    ...options,
    environment: { ...environment, ...options.environment },
  })
  expect(stderr).not.toMatch(/^ +at |This is a bug/mu)
  expect(code, stdout + stderr).toBe(3)
  return JSON.parse(stdout).error
}

const unusable = (what: string) => ({ code: 'home-unusable', detail: `The folder is ${here.latchkey}. ${what}` })
const inside = (name: string) => join(here.latchkey, name)

function replace(name: string, place: (path: string) => void): void {
  rmSync(inside(name), { recursive: true, force: true })
  place(inside(name))
}

const databaseFiles = ['latchkey.db', 'operations.lock'].flatMap((name) =>
  ['', '-wal', '-shm', '-journal'].map((end) => `${name}${end}`),
)
const files = [...databaseFiles, 'preferences.json', 'practice.json', 'vault/header.json']

const makeFolder = (path: string) => mkdirSync(path)
const makePipe = (path: string) => execFileSync('mkfifo', [path])
const linkToNothing = (path: string) => symlinkSync(join(here.folder, 'not there'), path)
const linkToItself = (path: string) => symlinkSync(path, path)

/** One of each kind; the others of its kind are opened in the same way. */
const usualFiles = ['latchkey.db', 'latchkey.db-wal', 'operations.lock', 'vault/header.json']

const today = isSoak ? files : partOfToday(usualFiles, 2)

describe.each(today)('in the place of %s', (name) => {
  it.each<[string, (path: string) => void, string]>([
    ['a folder', makeFolder, 'is a folder, not a file. Move it away.'],
    ['a pipe', makePipe, 'is not a regular file. Move it away.'],
    [
      'a link to nothing',
      linkToNothing,
      'is a link that leads nowhere. Connect the disk that it leads to, or remove it.',
    ],
    ['a link to itself', linkToItself, 'is behind a link that leads round in a circle. Remove the link.'],
  ])('%s', async (_what, place, why) => {
    replace(name, place)
    const before = readdirSync(here.latchkey)
    expect(await failureOf(['list'])).toMatchObject(unusable(`“${name}” in it ${why}`))
    expect(readdirSync(here.latchkey)).toEqual(before)
  })
})

it.each<[string, (path: string) => void, string]>([
  ['a file', (path) => writeFileSync(path, ''), 'is a file, not a folder. Move it away.'],
  [
    'a link to nothing',
    linkToNothing,
    'is a link that leads nowhere. Connect the disk that it leads to, or remove it.',
  ],
  ['a link to itself', linkToItself, 'is behind a link that leads round in a circle. Remove the link.'],
])('in the place of the vault: %s', async (_what, place, why) => {
  replace('vault', place)
  expect(await failureOf(['request', 'Grace'])).toMatchObject(unusable(`“vault” in it ${why}`))
})

it.each<[string, (path: string) => void, string]>([
  ['a file', (path) => writeFileSync(path, ''), 'It is a file, not a folder.'],
  [
    'a link to nothing',
    linkToNothing,
    'It is a link that leads nowhere. Connect the disk that it leads to, or remove it.',
  ],
  ['a link to itself', linkToItself, 'It is behind a link that leads round in a circle. Remove the link.'],
])('in the place of the folder itself: %s', async (_what, place, why) => {
  rmSync(here.latchkey, { recursive: true })
  place(here.latchkey)
  expect(await failureOf(['list'])).toMatchObject(unusable(why))
})

it('is said in words, with the remedy', async () => {
  replace('latchkey.db-wal', makeFolder)
  const { code, stdout, stderr } = await runCli(here, ['list'], { environment })
  expect([code, stdout]).toEqual([3, ''])
  expect(stderr).toBe(`Latchkey’s folder cannot be used.
Latchkey keeps its data there. The details name the folder and what is wrong with it.
  (The folder is ${here.latchkey}. “latchkey.db-wal” in it is a folder, not a file. Move it away.)
Correct what the details name, or set LATCHKEY_HOME to another folder. Then try again.
`)
})

it('under the home of the person is named without the name of the account', async () => {
  const own = join(here.home, '.config', 'Latchkey')
  mkdirSync(join(own, 'latchkey.db'), { recursive: true })
  const { detail } = await failureOf(['list'], { environment: { LATCHKEY_HOME: '' } })
  expect(detail).toContain('The folder is ~/.config/Latchkey. ')
})

it('a log that is a pipe, a folder or a link to nothing keeps nobody from working', async () => {
  for (const place of [makePipe, makeFolder, linkToNothing]) {
    replace('latchkey.log', place)
    // The command writes a line to the log.
    chmodSync(inside('latchkey.db'), 0o644)
    const { code, stderr } = await runCli(here, ['list'], { environment })
    expect(code, stderr).toBe(0)
  }
})

it('folders with the names of leftovers stay where they are', async () => {
  const names = ['latchkey.db.before-3.99999999', 'latchkey.db.before-1', '.practice.json.0123456789abcdef.tmp']
  for (const name of names) mkdirSync(inside(name))
  const { code, stderr } = await runCli(here, ['list'], { environment })
  expect(code, stderr).toBe(0)
  expect(readdirSync(here.latchkey)).toEqual(expect.arrayContaining(names))
})

describe('a damaged database', () => {
  const path = () => inside('latchkey.db')
  const bytes = () => readFileSync(path())
  const overwrite = (from: number, to: number) => writeFileSync(path(), bytes().fill(0x58, from, to))
  const sql = (file: string, script: string) => {
    const connection = openConnection(file, { busyMs: 0 })
    connection.script(script)
    connection.close()
  }

  it.each<[string, () => void, string]>([
    ['a header of other bytes', () => overwrite(0, 100), 'SQLITE_NOTADB'],
    ['a first page of other bytes', () => overwrite(100, 4096), 'SQLITE_CORRUPT'],
    ['a header and nothing of its own behind it', () => overwrite(4096, bytes().length), 'SQLITE_CORRUPT'],
    ['half a file', () => truncateSync(path(), bytes().length / 2), 'SQLITE_CORRUPT'],
    ['one page', () => truncateSync(path(), 4096), 'SQLITE_CORRUPT'],
    ['a text', () => writeFileSync(path(), 'hello '.repeat(2000)), 'SQLITE_NOTADB'],
    ['a short text', () => writeFileSync(path(), 'hello'), 'SQLITE_NOTADB'],
    ['a missing table', () => sql(path(), 'DROP TABLE installs'), 'no such table: installs'],
    [
      'the database of another program',
      () => {
        rmSync(path())
        sql(path(), 'CREATE TABLE identities (a)')
      },
      'table identities already exists',
    ],
    [
      'a record that does not fit',
      () => sql(path(), "UPDATE identities SET subject = '{}', created_at = 'yesterday'"),
      'A record does not fit: ',
    ],
  ])('%s', async (_what, damage, why) => {
    damage()
    const error = await failureOf(['list'])
    expect(error.code).toBe('database-damaged')
    expect(error.detail).toContain(`“latchkey.db” in ${here.latchkey}: ${why}`)
    expect(error.remedy).toContain('Restore latchkey.db from a backup')
  })

  it('of which nothing is left is a lost database: the keys without a record are reported', async () => {
    truncateSync(path(), 0)
    const { code, stderr } = await runCli(here, ['list'], { environment })
    expect(code, stderr).toBe(0)
    expect(stderr).toContain('Keys in the vault without records: 1.')
  })

  it('in a part that the command does not need keeps it from nothing, its end included', async () => {
    sql(path(), 'DROP TABLE hosts')
    const { code, stderr } = await runCli(here, ['list'], { environment })
    expect(code, stderr).toBe(0)
  })

  it('its log of other bytes is passed over, as SQLite does', async () => {
    writeFileSync(`${path()}-wal`, 'x'.repeat(5000), { mode: 0o600 })
    writeFileSync(`${path()}-shm`, 'x'.repeat(5000), { mode: 0o600 })
    const { code, stdout } = await runCli(here, ['list', '--json'], { environment })
    expect([code, JSON.parse(stdout).total]).toEqual([0, 1])
  })
})

it('a lock of other bytes holds no data, and is to be removed', async () => {
  writeFileSync(inside('operations.lock'), 'hello '.repeat(2000))
  expect(await failureOf(['request', 'Grace'])).toMatchObject(
    unusable('“operations.lock” in it is damaged. Remove it; it holds no data.'),
  )
})

it('a vault header of other bytes is named with its folder', async () => {
  writeFileSync(inside('vault/header.json'), '{{{')
  const { code, stdout } = await runCli(here, ['request', 'Grace', '--json'], { environment })
  expect(code).toBe(1)
  expect(JSON.parse(stdout).error).toMatchObject({
    code: 'vault-damaged',
    detail: `“header.json” in ${inside('vault')} cannot be read.`,
  })
})

describe.skipIf(!canMount())('a disk', () => {
  const readOnly = () => `mount --bind '${here.latchkey}' '${here.latchkey}'
mount -o remount,bind,ro '${here.latchkey}'`
  /** With so many KiB to spare. */
  const almostFull = (spare: number) => `mount -t tmpfs -o size=4m,mode=700 tmpfs '${here.latchkey}'
cp -a '${model.latchkey}/.' '${here.latchkey}'
head -c $(($(df -k --output=avail '${here.latchkey}' | tail -n 1) - ${spare}))k /dev/zero >'${inside('filler')}'`

  it.each([[['list']], [['request', 'Grace']], [['interrupted']], [['diagnostics']], [['ca', 'list']]])(
    'that is read-only: %s',
    async (args) => {
      expect(await failureOf(args, { mounts: readOnly() })).toMatchObject(unusable('It is on a read-only file system.'))
    },
  )

  it('that is read-only has no room for a new folder', async () => {
    const options = { mounts: readOnly(), environment: { LATCHKEY_HOME: join(here.latchkey, 'a', 'b') } }
    expect(await failureOf(['list'], options)).toMatchObject({
      code: 'home-unusable',
      detail: `The folder is ${join(here.latchkey, 'a', 'b')}. It could not be created. “${here.latchkey}” is on a read-only file system.`,
    })
  })

  it.each([0, 16, 64])('that is full but for %i KiB', async (spare) => {
    expect(await failureOf(['request', 'Grace'], { mounts: almostFull(spare) })).toMatchObject({
      code: 'disk-full',
      detail: `The folder is ${here.latchkey}.`,
    })
  })

  it('without room for another file', async () => {
    const mounts = `mount -t tmpfs -o nr_inodes=2,mode=700 tmpfs '${here.latchkey}'`
    expect((await failureOf(['list'], { mounts })).code).toBe('disk-full')
  })
})

describe.skipIf(process.getuid?.() !== 0)('without permission', () => {
  const ada = 65_534
  beforeEach(() => {
    execFileSync('chown', ['-R', `${ada}:${ada}`, here.folder])
  })

  it.each<[string, string, number, string]>([
    ['to write to the folder', '', 0o500, 'it'],
    ['to read the folder', '', 0o300, 'it'],
    ['to write to the vault', 'vault', 0o500, '“vault” in it'],
    ['to write to the database', 'latchkey.db', 0o400, '“latchkey.db” in it'],
    ['to read the database', 'latchkey.db', 0o000, '“latchkey.db” in it'],
    ['to write to the lock', 'operations.lock', 0o400, '“operations.lock” in it'],
    ['to read the vault’s header', 'vault/header.json', 0o000, '“vault/header.json” in it'],
  ])('%s', async (_what, name, mode, it) => {
    chmodSync(inside(name), mode)
    const error = await failureOf(['list'], { user: ada })
    expect(error).toMatchObject(unusable(`You do not have permission to read and write ${it}.`))
    chownSync(here.latchkey, ada, ada)
  })
})
