import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../support/home'
import { memoryKeyring } from '../../../support/keyring'
import { openVault } from '../../../support/vault'

const secret = Buffer.from('the private key of a test')
const failing = (code: string) => expect.objectContaining({ code })

let home: string
let memory: ReturnType<typeof memoryKeyring>
const id = randomUUID()

beforeEach(() => {
  home = temporaryFolder()
  memory = memoryKeyring()
})

const vault = () => openVault(home, memory.keyring)
const folder = () => join(home, 'vault')
const sealedPath = (of = id) => join(folder(), `private-key-${of}.sealed`)

describe('a secret', () => {
  it('comes back in a later process, and no file holds it in the clear', async () => {
    await vault().seal('private-key', id, secret)
    expect(Buffer.from(await vault().open('private-key', id))).toEqual(secret)
    const [key] = [...memory.entries.values()]
    for (const name of readdirSync(folder())) {
      const path = join(folder(), name)
      const content = readFileSync(path)
      expect(content.includes(secret)).toBe(false)
      expect(content.includes(Buffer.from(key ?? '', 'base64'))).toBe(false)
      expect(statSync(path).mode & 0o777).toBe(0o600)
    }
    expect(statSync(folder()).mode & 0o777).toBe(0o700)
  })

  it('is replaced, listed by kind and deleted, which may be done twice', async () => {
    const one = vault()
    await one.seal('private-key', id, secret)
    await one.seal('private-key', id, Buffer.from('newer'))
    await one.seal('api-token', id, Buffer.from('token'))
    expect(Buffer.from(await one.open('private-key', id)).toString()).toBe('newer')
    expect(Buffer.from(await one.open('api-token', id)).toString()).toBe('token')
    expect(await one.ids('private-key')).toEqual([id])
    await one.delete('private-key', id)
    await one.delete('private-key', id)
    expect(await one.has('private-key', id)).toBe(false)
    expect(await one.has('api-token', id)).toBe(true)
    await expect(one.open('private-key', id)).rejects.toThrow(failing('not-found'))
  })

  it('never becomes a path of somebody’s choosing', async () => {
    await expect(vault().seal('private-key', '../../escape', secret)).rejects.toThrow()
    expect(existsSync(join(home, 'escape'))).toBe(false)
  })

  it('sealed twice looks different each time', async () => {
    const one = vault()
    await one.seal('private-key', id, secret)
    const first = readFileSync(sealedPath())
    await one.seal('private-key', id, secret)
    expect(readFileSync(sealedPath()).equals(first)).toBe(false)
  })
})

describe('a damaged file', () => {
  it('is also what something other than a file is', async () => {
    const one = vault()
    await one.seal('private-key', id, secret)
    for (const place of [(path: string) => mkdirSync(path), (path: string) => execFileSync('mkfifo', [path])]) {
      rmSync(sealedPath(), { recursive: true })
      place(sealedPath())
      await expect(one.open('private-key', id)).rejects.toThrow(failing('vault-damaged'))
    }
  })

  it('is told at every single bit', async () => {
    const one = vault()
    await one.seal('private-key', id, secret)
    const whole = readFileSync(sealedPath())
    for (let at = 0; at < whole.length; at += 1) {
      const altered = Buffer.from(whole)
      altered.writeUInt8(whole.readUInt8(at) ^ (1 << (at % 8)), at)
      writeFileSync(sealedPath(), altered)
      // The fourth octet is the version: with this bit it names one that may exist one day.
      const code = at === 3 ? 'vault-too-new' : 'vault-damaged'
      await expect(one.open('private-key', id), `byte ${at}`).rejects.toThrow(failing(code))
    }
    writeFileSync(sealedPath(), whole)
    expect(Buffer.from(await one.open('private-key', id))).toEqual(secret)
  })

  it('is told at every length it may be cut to', async () => {
    const one = vault()
    await one.seal('private-key', id, secret)
    const whole = readFileSync(sealedPath())
    for (let length = 0; length < whole.length; length += 1) {
      writeFileSync(sealedPath(), whole.subarray(0, length))
      await expect(one.open('private-key', id), `${length} bytes`).rejects.toThrow(failing('vault-damaged'))
    }
  })

  it('is told when it is another record’s, or of another kind', async () => {
    const one = vault()
    const other = randomUUID()
    await one.seal('private-key', id, secret)
    await one.seal('private-key', other, Buffer.from('another'))
    await one.seal('api-token', id, Buffer.from('token'))
    const own = readFileSync(sealedPath())
    writeFileSync(sealedPath(), readFileSync(sealedPath(other)))
    await expect(one.open('private-key', id)).rejects.toThrow(failing('vault-damaged'))
    writeFileSync(join(folder(), `api-token-${id}.sealed`), own)
    await expect(one.open('api-token', id)).rejects.toThrow(failing('vault-damaged'))
  })

  it.each(['', '{', '{}', 'null', '[1]'])('is told when it is the header: %s', async (text) => {
    await vault().seal('private-key', id, secret)
    writeFileSync(join(folder(), 'header.json'), text)
    await expect(vault().state()).rejects.toThrow(failing('vault-damaged'))
    await expect(vault().seal('private-key', id, secret)).rejects.toThrow(failing('vault-damaged'))
  })
})

describe('what a killed writer left', () => {
  it('is swept once it is old, and neither listed nor counted before', async () => {
    await vault().seal('private-key', id, secret)
    const [old, young] = [`.private-key-${id}.sealed.aaaaaaaaaaaa.tmp`, `.private-key-${id}.sealed.bbbbbbbbbbbb.tmp`]
    for (const name of [old, young]) writeFileSync(join(folder(), name), 'half')
    utimesSync(join(folder(), old), new Date(0), new Date(0))
    expect(await vault().state()).toMatchObject({ sealedFiles: 1 })
    expect(existsSync(join(folder(), old))).toBe(false)
    expect(existsSync(join(folder(), young))).toBe(true)
  })
})
