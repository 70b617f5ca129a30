import { execFileSync } from 'node:child_process'
import { symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readIncoming } from '#electron/platform/incoming-file'
import { MAX_FILE_BYTES } from '#shared/logic/file-limits'
import { temporaryFolder } from '../../../support/home'

let home: string
beforeEach(() => {
  home = temporaryFolder()
})
const at = (name: string) => join(home, name)

describe('a file', () => {
  it('is read whole, with its name', async () => {
    const bytes = Buffer.alloc(200_000, 'abc')
    writeFileSync(at('client.pem'), bytes)
    expect(await readIncoming(at('client.pem'), null)).toEqual({ name: 'client.pem', bytes })
    symlinkSync(at('client.pem'), at('link.pem'))
    expect(Buffer.from((await readIncoming(at('link.pem'), null)).bytes)).toEqual(bytes)
  })

  it.skipIf(process.platform === 'win32')('has a name in one line, as which nothing else can be written', async () => {
    const hostile = 'good.pem: PEM\n  Certificate Bob\u202e.pem'
    const shown = String.raw`good.pem: PEM\u000a  Certificate Bob\u202e.pem`
    writeFileSync(at(hostile), '')
    expect((await readIncoming(at(hostile), null)).name).toBe(shown)
    truncateSync(at(hostile), MAX_FILE_BYTES + 1)
    const detail = expect.stringContaining(`${shown}: `)
    await expect(readIncoming(at(hostile), null)).rejects.toMatchObject({ code: 'too-large', detail })
    await expect(readIncoming(at('gone\n'), 'gone\n')).rejects.toMatchObject({ detail: String.raw`gone\u000a: ENOENT` })
  })

  it('may be empty', async () => {
    writeFileSync(at('empty'), '')
    expect((await readIncoming(at('empty'), null)).bytes).toHaveLength(0)
  })

  it('is refused when it is too large, before it is read', async () => {
    writeFileSync(at('huge'), '')
    truncateSync(at('huge'), MAX_FILE_BYTES + 1)
    await expect(readIncoming(at('huge'), null)).rejects.toMatchObject({ code: 'too-large' })
  })

  it('that is missing says so, with its place only where that may be said', async () => {
    await expect(readIncoming(at('gone'), null)).rejects.toMatchObject({ code: 'file-unreadable', detail: 'ENOENT' })
    await expect(readIncoming(at('gone'), 'a/gone')).rejects.toMatchObject({ detail: 'a/gone: ENOENT' })
  })
})

describe.skipIf(process.platform === 'win32')('what is not a regular file is refused and not waited for', () => {
  it.each([
    ['a pipe that nobody writes to', () => execFileSync('mkfifo', [at('pipe')]), () => at('pipe')],
    ['a folder', () => undefined, () => home],
    ['a device without an end', () => undefined, () => '/dev/zero'],
  ])('%s', async (_, prepare, path) => {
    prepare()
    const refused = { code: 'file-unreadable', detail: 'not a regular file' }
    await expect(readIncoming(path(), null)).rejects.toMatchObject(refused)
  })

  it.runIf(process.platform === 'linux')('a file without a size is read to its end', async () => {
    expect(Buffer.from((await readIncoming('/proc/self/stat', null)).bytes).toString()).toContain('(')
  })
})
