import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { readSecret } from '#electron/cli/secrets'

const password = 'pässwörd €'
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-secret-'))
})
afterAll(() => rm(folder, { recursive: true }))
afterEach(() => vi.unstubAllEnvs())

const variable = 'LATCHKEY_PASSWORD'
const fromFile = async (bytes: Uint8Array) => {
  const file = join(folder, 'secret')
  await writeFile(file, bytes)
  return readSecret({ file, variable, question: '' })
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le')
const mark = '\ufeff'

describe('a password file', () => {
  it.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from(password)],
    ['UTF-8 with a line break', Buffer.from(`${password}\n`)],
    ['UTF-8 with a second line', Buffer.from(`${password}\r\nsecond\r\n`)],
    ['UTF-8 with a byte order mark, as Notepad writes it', Buffer.from(`${mark}${password}\r\n`)],
    ['UTF-16, as PowerShell’s > writes it', utf16(`${mark}${password}\r\n`)],
    ['UTF-16 with the other byte order', utf16(`${mark}${password}\r\n`).swap16()],
    ['UTF-16 without a byte order mark', utf16(`${password}\r\n`)],
    ['UTF-16 without a byte order mark, in the other order', utf16(`${password}\r\n`).swap16()],
  ])('in %s', async (_, bytes) => {
    expect(await fromFile(bytes)).toBe(password)
  })

  it('that is empty is an empty password', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('\n'), Buffer.from(mark), utf16(`${mark}\r\n`)])
      expect(await fromFile(bytes)).toBe('')
  })

  it('keeps blanks', async () => {
    expect(await fromFile(Buffer.from(' a b \n'))).toBe(' a b ')
  })
})

describe('the environment', () => {
  it.each([`${password}\n`, 'two\nlines', ' blank ', ''])('gives %j as it is', async (secret) => {
    vi.stubEnv(variable, secret)
    expect(await readSecret({ file: undefined, variable, question: '' })).toBe(secret)
  })
})
