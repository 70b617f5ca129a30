import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { databaseCopies, setDatabaseAside } from '#electron/database/set-aside'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'latchkey-aside-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const write = (name: string, content: string) => writeFileSync(join(home, name), content)
const read = (name: string) => readFileSync(join(home, name), 'utf8')
const now = new Date('2026-11-25T14:20:00.000Z')
const aside = 'latchkey.db.damaged-20261125142000'

it('keeps the damaged database with its log under another name', async () => {
  for (const end of ['', '-wal', '-shm']) write(`latchkey.db${end}`, `damaged${end}`)
  await setDatabaseAside(home, null, now)
  expect(readdirSync(home).sort()).toEqual([aside, `${aside}-shm`, `${aside}-wal`])
  expect(read(aside)).toBe('damaged')
})

it('puts a copy in its place, for its owner alone, and keeps the copy', async () => {
  write('latchkey.db', 'damaged')
  write('latchkey.db.before-8', 'older')
  write('latchkey.db.before-9', 'newer')
  expect(databaseCopies(home).map(({ version }) => version)).toEqual([9, 8])
  await setDatabaseAside(home, 9, now)
  expect(read('latchkey.db')).toBe('newer')
  expect(read('latchkey.db.before-9')).toBe('newer')
  expect(read(aside)).toBe('damaged')
  expect(statSync(join(home, 'latchkey.db')).mode & 0o077).toBe(0)
})

it('touches nothing where the copy is gone', async () => {
  write('latchkey.db', 'damaged')
  await expect(setDatabaseAside(home, 9, now)).rejects.toMatchObject({ code: 'not-found' })
  expect(readdirSync(home)).toEqual(['latchkey.db'])
})
