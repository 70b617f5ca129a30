import { existsSync } from 'node:fs'
import { lstat, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '#electron/platform/log'
import type { StatFileSystem } from '#electron/platform/private-folders'
import { CommandMissing, createRun, type Run } from '#electron/platform/run'
import { createNssDatabase } from '#electron/stores/nss'
import { makeStoreFixtures, type StoreFixtures } from '../support/store-fixtures'

const ext4: StatFileSystem = async () => ({ type: 0xef53 })

describe.runIf(process.platform === 'linux')(
  'a key on its way into NSS, where the temporary folder is on a disk',
  () => {
    let fixtures: StoreFixtures
    let home: string
    beforeAll(async () => {
      fixtures = await makeStoreFixtures()
    })
    afterAll(() => fixtures.remove())
    beforeEach(async () => {
      home = await mkdtemp(join(tmpdir(), 'latchkey-nss-'))
    })
    afterEach(() => rm(home, { recursive: true, force: true }))

    /** What lies in the folder of a command's own file when the command begins. */
    interface Seen {
      folder: string
      files: { name: string; kind: 'file' | 'pipe'; content: Buffer }[]
    }

    async function look(path: string): Promise<Seen> {
      const folder = dirname(path)
      const names = (await readdir(folder)).sort()
      const files = names.map(async (name) => {
        const isPipe = (await lstat(join(folder, name))).isFIFO()
        const content = isPipe ? Buffer.alloc(0) : await readFile(join(folder, name))
        return { name, kind: isPipe ? ('pipe' as const) : ('file' as const), content }
      })
      return { folder, files: await Promise.all(files) }
    }

    const run = createRun(silentLog)

    function database(watched: Run) {
      const folder = () => join(home, 'nssdb')
      return createNssDatabase({
        run: watched,
        folder,
        home,
        temporaryPrefix: 'latchkey-store-test',
        statFileSystem: ext4,
      })
    }

    it('never lies beside its password: that travels through a pipe', async () => {
      const seen: Seen[] = []
      const nss = database(async (command, args, options) => {
        if (command === 'pk12util') seen.push(await look(args[1] ?? ''))
        return run(command, args, options)
      })
      await nss.create()
      const { p12, password } = fixtures.ada
      await nss.importPkcs12(p12, password)
      expect((await nss.certificates()).map(({ keyPresent }) => keyPresent)).toEqual([true])
      const [before] = seen
      expect(before?.folder.startsWith(tmpdir())).toBe(true)
      expect(before?.files.map(({ name, kind }) => [name, kind])).toEqual([
        ['identity.p12', 'file'],
        ['secret', 'pipe'],
      ])
      for (const { content } of before?.files ?? []) expect(content.includes(password)).toBe(false)
      expect(existsSync(before?.folder ?? '')).toBe(false)
    })

    it('does not set out where there is neither a pipe nor a folder in memory', async () => {
      const asked: string[] = []
      const nss = database(async (command, args, options) => {
        asked.push(command)
        if (command === 'mkfifo') throw new CommandMissing(command)
        return run(command, args, options)
      })
      await nss.create()
      const importing = nss.importPkcs12(fixtures.ada.p12, fixtures.ada.password)
      await expect(importing).rejects.toMatchObject({ code: 'store-unavailable' })
      expect(asked).not.toContain('pk12util')
    })
  },
)
