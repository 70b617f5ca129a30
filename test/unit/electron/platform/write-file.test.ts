import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sweepPrivateFolders, withPrivateFolder } from '#electron/platform/private-folders'
import { sweepUnfinished, writePrivateFile } from '#electron/platform/write-file'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-private-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const isPosix = process.platform !== 'win32'
const modeOf = async (path: string) => (await stat(path)).mode & 0o777

describe('writePrivateFile', () => {
  it('writes a file for its owner alone, and replaces an older one', async () => {
    const path = join(folder, 'secret')
    await writeFile(path, 'old', { mode: 0o644 })
    await writePrivateFile(path, Buffer.from('new'))
    expect(await readFile(path, 'utf8')).toBe('new')
    if (isPosix) expect(await modeOf(path)).toBe(0o600)
    expect(await readdir(folder)).toEqual(['secret'])
  })

  it('leaves nothing behind when it cannot finish', async () => {
    const path = join(folder, 'occupied')
    await mkdir(path)
    await expect(writePrivateFile(path, 'x')).rejects.toThrow()
    expect(await readdir(folder)).toEqual(['occupied'])
  })
})

describe('withPrivateFolder', () => {
  it('gives a folder for its owner alone and removes it', async () => {
    const path = await withPrivateFolder('latchkey-unit', async (made) => {
      if (isPosix) expect(await modeOf(made)).toBe(0o700)
      await writeFile(join(made, 'secret'), 'x')
      return made
    })
    expect(existsSync(path)).toBe(false)
  })

  it('removes it after a failure too, and passes the failure on', async () => {
    let path = ''
    const work = withPrivateFolder('latchkey-unit', async (made) => {
      path = made
      throw new Error('mishap')
    })
    await expect(work).rejects.toThrow('mishap')
    expect(existsSync(path)).toBe(false)
  })
})

describe('sweepUnfinished', () => {
  it('removes what a killed writer left an hour ago, and nothing else', async () => {
    const old = [
      '.practice.json.0123456789ab.tmp',
      '.other.json.0123456789ab.tmp',
      '.practice.json.tmp',
      'practice.json',
    ]
    for (const name of [...old, '.practice.json.ba9876543210.tmp']) await writeFile(join(folder, name), 'half')
    for (const name of old) await utimes(join(folder, name), new Date(0), new Date(0))
    await sweepUnfinished(folder, /^practice\.json$/u, new Date())
    expect((await readdir(folder)).sort()).toEqual([...old.slice(1), '.practice.json.ba9876543210.tmp'].sort())
    await sweepUnfinished(join(folder, 'missing'), /./u, new Date())
  })
})

describe('sweepPrivateFolders', () => {
  it('removes what a dead process left, and keeps what a live one uses', async () => {
    const prefix = `latchkey-sweep-${process.pid}`
    const dead = spawnSync(process.execPath, ['-e', ''], { env: { ELECTRON_RUN_AS_NODE: '1' } }).pid
    await withPrivateFolder(prefix, async (live) => {
      const left = join(dirname(live), `${prefix}-${dead}-abcdef`)
      const foreign = join(dirname(live), `${prefix}-notes`)
      await mkdir(left, { mode: 0o700 })
      await writeFile(join(left, 'password'), 'secret')
      await mkdir(foreign)
      try {
        expect(await sweepPrivateFolders(prefix)).toBe(1)
        expect([live, left, foreign].map((path) => existsSync(path))).toEqual([true, false, true])
      } finally {
        await rm(foreign, { recursive: true })
      }
    })
  })
})
