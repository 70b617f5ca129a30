import { scryptSync } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inlineJobs } from '#electron/jobs/inline'
import type { Jobs } from '#electron/jobs/jobs'
import { createJobs } from '#electron/jobs/pool'
import { integer, nothing, octetString, oid, sequence } from '#electron/pki/der'
import { describeKey } from '#electron/pki/keys'
import { readRequest } from '#electron/pki/request'
import { forkChannel, type ProcessChannel } from '#electron/platform/channel'
import { RequestDraft } from '#shared/model/identity'
import { type Bundle, bundle } from '../../../support/bundle'

const entry = fileURLToPath(new URL('../../../../electron/jobs/process.ts', import.meta.url))
const derivation = {
  passphrase: 'correct horse ✓',
  salt: Uint8Array.of(1, 2, 3),
  cost: 2 ** 15,
  blockSize: 8,
  parallel: 1,
}

const prf = sequence(oid('1.2.840.113549.2.11'), nothing)
const rounds = sequence(octetString(Buffer.alloc(8)), integer(10_000_000), prf)
const scheme = sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(Buffer.alloc(16)))
const slow = sequence(sequence(oid('1.2.840.113549.1.5.12'), rounds), scheme)
/** An encrypted PKCS#8 key, as slow to open as one may be. */
const slowFile = sequence(sequence(oid('1.2.840.113549.1.5.13'), slow), octetString(Buffer.alloc(64)))

let built: Bundle
let forked: Jobs
const channels: ProcessChannel[] = []
beforeAll(async () => {
  built = await bundle(entry)
  forked = createJobs(() => {
    const channel = forkChannel(built.path)
    channels.push(channel)
    return channel
  })
})
afterAll(async () => {
  await forked.close()
  await built.remove()
})

describe.each<[string, () => Jobs]>([
  ['in a process of their own', () => forked],
  ['inline', () => inlineJobs()],
])('jobs %s', (_, make) => {
  it('make a key and a request', async () => {
    const jobs = make()
    const { pkcs8, spki } = await jobs.run('generate-key', { algorithm: 'p-256' })
    expect(describeKey(spki)).toBe('EC P-256')
    const draft = RequestDraft.parse({ subject: { commonName: 'John Doe' } })
    const { der } = await jobs.run('create-request', { draft, pkcs8 })
    expect(await readRequest(der)).toMatchObject({ commonName: 'John Doe', unproven: null })
  })

  it('derive the key that scrypt derives', async () => {
    const { key } = await make().run('derive-key', derivation)
    const { passphrase, salt, cost: N, blockSize: r, parallel: p } = derivation
    const expected = scryptSync(passphrase, salt, 32, { N, r, p, maxmem: 256 * 1024 * 1024 })
    expect(Buffer.from(key).equals(expected)).toBe(true)
  })

  it('fail with foreseen errors', async () => {
    const input = { name: 'empty.pem', bytes: new Uint8Array(), password: null }
    await expect(make().run('open-file', input)).rejects.toMatchObject({ code: 'file-empty', detail: 'empty.pem' })
  })

  it('tell their phase', async () => {
    const phases: string[] = []
    await make().run('generate-key', { algorithm: 'p-256' }, { onProgress: ({ phase }) => void phases.push(phase) })
    expect(phases).toEqual(['Making your key'])
  })
})

describe('a process of its own', () => {
  it('is kept warm', async () => {
    const before = channels.length
    await forked.run('generate-key', { algorithm: 'p-256' })
    await forked.run('generate-key', { algorithm: 'p-256' })
    expect(channels.length - before).toBeLessThanOrEqual(1)
  })

  it('ends when its job is cancelled, in the middle of a native call', async () => {
    const ending = new AbortController()
    const job = forked.run('derive-key', { ...derivation, cost: 2 ** 20 }, { signal: ending.signal })
    const ended = new Promise<void>((resolve) => channels.at(-1)?.onExit(() => resolve()))
    ending.abort()
    await expect(job).rejects.toMatchObject({ code: 'cancelled' })
    await ended
  })

  it('ends when a file that takes ten million rounds is given up', async () => {
    const ending = new AbortController()
    const job = forked.run(
      'open-file',
      { name: 'slow.p8', bytes: slowFile, password: 'password' },
      { signal: ending.signal },
    )
    const ended = new Promise<void>((resolve) => channels.at(-1)?.onExit(() => resolve()))
    ending.abort()
    await expect(job).rejects.toMatchObject({ code: 'cancelled' })
    await ended
  })

  it('fails its job when it is killed from outside', async () => {
    const jobs = createJobs(() => {
      const channel = forkChannel(built.path)
      channels.push(channel)
      return channel
    })
    const job = jobs.run('derive-key', { ...derivation, cost: 2 ** 20 })
    channels.at(-1)?.kill()
    await expect(job).rejects.toMatchObject({ code: 'internal' })
    await jobs.close()
  })

  it('that cannot be started fails its job', async () => {
    const jobs = createJobs(() => forkChannel('/nowhere/job-process.cjs'))
    await expect(jobs.run('generate-key', { algorithm: 'p-256' })).rejects.toMatchObject({ code: 'internal' })
    await jobs.close()
  })

  it('does not inherit the passphrase variable', async () => {
    const { childEnvironment } = await import('#electron/platform/environment')
    expect(childEnvironment({}, { PATH: '/bin', LATCHKEY_PASSPHRASE: 'x', LATCHKEY_PASSWORD: 'y' })).toEqual({
      PATH: '/bin',
      LC_ALL: 'C',
    })
  })
})
