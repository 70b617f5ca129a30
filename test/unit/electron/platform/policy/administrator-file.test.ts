import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { readAdministratorFile } from '#electron/platform/policy/administrator-file'
import { temporaryFolder } from '../../../../support/home'

const me = { uid: process.getuid?.() ?? 0 }
let folder: string
let path: string

beforeEach(() => {
  folder = join(temporaryFolder(), 'latchkey')
  path = join(folder, 'policy.json')
  mkdirSync(folder, { mode: 0o755 })
  writeFileSync(path, '{"version":1}', { mode: 0o644 })
})

it('is read where nobody but its owner can have written it', async () => {
  expect(await readAdministratorFile(path, me)).toEqual({ kind: 'read', bytes: Buffer.from('{"version":1}') })
})

it.each(['the file', 'its folder'])('is absent where %s is', async (what) => {
  renameSync(what === 'the file' ? path : folder, `${folder}-gone`)
  expect(await readAdministratorFile(path, me)).toEqual({ kind: 'absent' })
})

it.each<[string, () => void, string]>([
  ['belongs to somebody else', () => undefined, 'Its folder does not belong to root.'],
  ['can be changed by its group', () => chmodSync(path, 0o664), 'It can be changed by others than root.'],
  ['can be changed by everybody', () => chmodSync(path, 0o646), 'It can be changed by others than root.'],
  [
    'lies in a folder that others can change',
    () => chmodSync(folder, 0o777),
    'Its folder can be changed by others than root.',
  ],
  [
    'is a link',
    () => {
      renameSync(path, join(folder, 'other.json'))
      symlinkSync(join(folder, 'other.json'), path)
    },
    'It is a link.',
  ],
  [
    'lies in a folder that is a link',
    () => {
      renameSync(folder, `${folder}-real`)
      symlinkSync(`${folder}-real`, folder)
    },
    'Its folder is a link or a file.',
  ],
  [
    'is a folder',
    () => {
      renameSync(path, `${path}.old`)
      mkdirSync(path)
    },
    'It is not a file.',
  ],
  [
    'is a named pipe',
    () => {
      renameSync(path, `${path}.old`)
      execFileSync('mkfifo', ['-m', '644', path])
    },
    'It is not a file.',
  ],
  ['is too large', () => writeFileSync(path, ' '.repeat(512 * 1024 + 1)), 'It is too large.'],
])('is refused where it %s', async (name, make, why) => {
  make()
  const owner = name === 'belongs to somebody else' ? { uid: me.uid + 1 } : me
  expect(await readAdministratorFile(path, owner)).toEqual({ kind: 'refused', why })
})

/** As an account that is not root's: root may read everything. */
async function asSomebodyElse<Result>(act: () => Promise<Result>): Promise<Result> {
  if (process.getuid?.() !== 0) return act()
  process.seteuid?.(65_534)
  try {
    return await act()
  } finally {
    process.seteuid?.(0)
  }
}

it.runIf(process.platform !== 'win32').each(['it', 'its folder'])(
  'is refused, and not absent, where this account may not read %s',
  async (what) => {
    chmodSync(dirname(folder), 0o755)
    chmodSync(what === 'it' ? path : folder, 0)
    try {
      const found = await asSomebodyElse(() => readAdministratorFile(path, me))
      expect(found).toEqual({ kind: 'refused', why: 'This account may not read it.' })
    } finally {
      chmodSync(folder, 0o755)
    }
  },
)
