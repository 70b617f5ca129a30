import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { requireFree, writeNew } from '#electron/cli/output-files'
import { temporaryFolder } from '../../../support/home'

const folder = temporaryFolder()
const at = (...names: string[]) => join(folder, ...names)
const file = (path: string, secret = false) => ({ path, bytes: 'new', secret })

it('writes what is secret for its owner only', async () => {
  await writeNew([file(at('a-key.pem'), true), file(at('a.pem'))], false)
  expect([readFileSync(at('a.pem'), 'utf8'), readFileSync(at('a-key.pem'), 'utf8')]).toEqual(['new', 'new'])
  if (process.platform !== 'win32') expect(statSync(at('a-key.pem')).mode & 0o777).toBe(0o600)
})

it('writes nothing when one name is taken, and says which', async () => {
  writeFileSync(at('b.pem'), 'old')
  symlinkSync('nowhere', at('b.csr'))
  const taken = { code: 'invalid-input', detail: expect.stringContaining(`${at('b.pem')}, ${at('b.csr')}`) }
  const paths = ['b-key.pem', 'b.pem', 'b.csr'].map((name) => at(name))
  await expect(requireFree(paths, false)).rejects.toMatchObject(taken)
  await expect(
    writeNew(
      paths.map((path) => file(path)),
      false,
    ),
  ).rejects.toMatchObject(taken)
  expect(readFileSync(at('b.pem'), 'utf8')).toBe('old')
  expect([existsSync(at('b-key.pem')), existsSync(at('nowhere'))]).toEqual([false, false])
  await expect(requireFree(paths, true)).resolves.toBeUndefined()
})

it('leaves nothing half-done where a later file cannot be written', async () => {
  const files = [file(at('c-key.pem'), true), file(at('missing', 'c.pem'))]
  await expect(writeNew(files, false)).rejects.toMatchObject({ code: 'file-not-written' })
  expect(existsSync(at('c-key.pem'))).toBe(false)
})

it('overwrites when that is said', async () => {
  writeFileSync(at('d-key.pem'), 'old')
  await writeNew([file(at('d-key.pem'), true)], true)
  expect(readFileSync(at('d-key.pem'), 'utf8')).toBe('new')
})
