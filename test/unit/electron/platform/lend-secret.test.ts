import { execFile } from 'node:child_process'
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lendSecret } from '#electron/platform/lend-secret'
import { silentLog } from '#electron/platform/log'
import { isInMemory, memoryFolder, type StatFileSystem, withPrivateFolder } from '#electron/platform/private-folders'
import { CommandMissing, createRun, type Run } from '#electron/platform/run'

const call = promisify(execFile)
const tmpfs: StatFileSystem = async () => ({ type: 0x01021994 })
const ext4: StatFileSystem = async () => ({ type: 0xef53 })
const secret = 'the one-time password of a test'

describe.runIf(process.platform === 'linux')('a secret that is lent', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latchkey-lend-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const run = createRun(silentLog)
  /** A system without `mkfifo`, or on which it fails. */
  const withoutPipes: Run = async (command, args) => {
    if (command === 'mkfifo') throw new CommandMissing(command)
    return run(command, args)
  }
  const failing: Run = async () => ({ exitCode: 1, stdout: '', stderr: 'Operation not supported' })

  it('is read through a pipe, whatever the folder is on', async () => {
    const read = await lendSecret(folder, secret, { run, statFileSystem: ext4 }, async (path) => {
      const found = await lstat(path)
      expect([found.isFIFO(), found.mode & 0o777, found.size]).toEqual([true, 0o600, 0])
      return (await call('head', ['-c', String(secret.length), path])).stdout
    })
    expect(read).toBe(secret)
  })

  it('is gone when nobody has read it, and nobody waits for a reader', async () => {
    await lendSecret(folder, secret, { run }, async () => undefined)
    const { stdout } = await call('timeout', ['0.2', 'cat', join(folder, 'secret')]).catch((error) => error)
    expect(stdout).toBe('')
  })

  it.each([
    ['missing', withoutPipes],
    ['failing', failing],
  ])('without pipes (%s) is a file where that is in memory, and nowhere else', async (_, none) => {
    const read = await lendSecret(folder, secret, { run: none, statFileSystem: tmpfs }, async (path) => {
      expect((await lstat(path)).mode & 0o777).toBe(0o600)
      return (await call('cat', [path])).stdout
    })
    expect(read).toBe(secret)
    await rm(join(folder, 'secret'))
    const refused = lendSecret(folder, secret, { run: none, statFileSystem: ext4 }, async () => 'lent')
    await expect(refused).rejects.toMatchObject({ code: 'store-unavailable' })
    expect(await readdir(folder)).toEqual([])
  })
})

describe.runIf(process.platform === 'linux')('a folder in memory', () => {
  it('is one that the kernel says is, whatever it is called', async () => {
    expect(await memoryFolder(ext4)).toBe(tmpdir())
    expect(await memoryFolder(tmpfs)).not.toBe('')
    expect(await isInMemory(tmpdir(), ext4)).toBe(false)
    expect(await isInMemory(tmpdir(), async () => ({ type: 0x858458f6 }))).toBe(true)
    const { stdout } = await call('stat', ['-f', '-c', '%T', '/dev/shm'])
    expect(await isInMemory('/dev/shm')).toBe(['tmpfs', 'ramfs'].includes(stdout.trim()))
  })

  it('is where private folders are made, if there is one', async () => {
    const made = await withPrivateFolder('latchkey-unit', async (folder) => folder, ext4)
    expect(made.startsWith(tmpdir())).toBe(true)
    const real = await withPrivateFolder('latchkey-unit', async (folder) => [folder, await isInMemory(folder)] as const)
    expect(real[1]).toBe((await memoryFolder()) !== tmpdir() || (await isInMemory(tmpdir())))
  })
})
