import type { Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { type CertificateStore, type InstallOptions, type StoredIdentity, unnoted } from '#electron/stores/store'
import { AppError, errorCodes } from '#shared/errors'
import { StoreId } from '#shared/model/ids'
import { StoreState, TrustState } from '#shared/model/store'
import { Undo } from '#shared/model/undo'
import { makeStoreFixtures } from '../support/store-fixtures'
import { isWineInstalled, prepareWine, type Wine } from '../support/wine'
import { storeSuite } from './suite'
import { windowsFormats } from './windows-formats'
import { windowsPolicy } from './windows-policy'

/** One key container for all, and no elliptic curves: limits of Wine, not of Windows. */
const capabilities = {
  several: false,
  elliptic: false,
  leafTrust: 'not-needed',
  versionOneTrust: 'not-needed',
  authorityTrust: true,
} as const

const Reply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), code: z.enum(errorCodes).nullable(), detail: z.string().nullable() }),
])
/** As `JSON.stringify` writes a Buffer. */
const SentBuffer = z
  .object({ type: z.literal('Buffer'), data: z.array(z.number()) })
  .transform(({ data }) => Buffer.from(data))
const Stored = z.object({
  sha256: z.string(),
  label: z.string(),
  commonName: z.string(),
  notBefore: z.string().nullable(),
  notAfter: z.string().nullable(),
  keyPresent: z.boolean(),
  chainPresent: z.boolean(),
  issuers: z.array(z.string()),
  chain: z.array(SentBuffer),
  trust: TrustState,
})
const Noted = z.object({ undo: Undo })
const StoredKey = z.object({ certificates: z.array(Stored), privateKey: z.enum(['present', 'absent', 'unknown']) })
const RemovedKey = z.object({ certificates: z.array(Stored), privateKey: z.enum(['removed', 'absent', 'unknown']) })

if (await isWineInstalled()) {
  let wine: Wine
  let script: string
  let first: Session
  beforeAll(async () => {
    wine = await prepareWine()
    script = await wine.bundle(join(import.meta.dirname, '..', 'support', 'wine-driver.ts'))
    first = openSession(await wine.start(script))
  }, 180_000)
  afterAll(async () => {
    await first.stop()
    await wine.remove()
  })

  storeSuite('the Windows certificate store (Wine)', () => emptied(first), capabilities)

  windowsFormats((method, payload) => first.send(method, payload))

  windowsPolicy({ read: () => first.send('policy', {}), regedit: (path) => wine.run('reg', ['import', path]) })

  it('names computer and account by the registry', async () => {
    const named = z.tuple([z.literal('win32'), z.string(), z.string()])
    const [, machine, account] = named.parse(JSON.parse(z.string().parse(await first.send('machine-account', {}))))
    const key = 'HKLM\\SOFTWARE\\Microsoft\\Cryptography'
    const printed = await wine.run('reg', ['query', key, '/v', 'MachineGuid', '/reg:64'])
    expect(printed).toMatch(/REG_SZ/u)
    expect(printed.toLowerCase()).toContain(machine.toLowerCase())
    expect(account).not.toBe('')
  })

  it('shows another process what was installed', async () => {
    const fixtures = await makeStoreFixtures()
    const { store } = await emptied(first)
    const { p12, password, options, sha256 } = fixtures.ada
    await store.install(p12, password, options)
    const second = openSession(await wine.start(script))
    try {
      expect(await second.store.find(sha256)).toMatchObject({ keyPresent: true, label: options.label })
      await second.store.removeCertificate(options.certificate)
      expect(await store.list()).toEqual([])
    } finally {
      await second.stop()
      await fixtures.remove()
    }
  })
} else {
  it.skip('the Windows certificate store needs Wine (Debian: wine and wine64)')
}

interface Session {
  store: CertificateStore
  send(method: string, payload: object): Promise<unknown>
  empty(): Promise<void>
  stop(): Promise<void>
}

async function emptied(session: Session) {
  await session.empty()
  return { store: session.store, remove: async () => {} }
}

/** The store as seen from a process under Wine. */
function openSession({ socket, stop }: { socket: Socket; stop(): Promise<void> }): Session {
  const lines = createInterface({ input: socket })
  const replies = lines[Symbol.asyncIterator]()

  async function send(method: string, payload: object = {}): Promise<unknown> {
    socket.write(`${JSON.stringify({ method, ...payload })}\n`)
    const line = await replies.next()
    if (line.done === true) throw new Error('Node under Wine went away')
    const reply = Reply.parse(JSON.parse(line.value))
    if (reply.ok) return reply.value
    throw reply.code === null ? new Error(reply.detail ?? '') : new AppError(reply.code, reply.detail)
  }

  const store: CertificateStore = {
    id: StoreId.parse('windows-user'),
    describe: async () => StoreState.parse(await send('describe')),
    list: async (): Promise<StoredIdentity[]> => z.array(Stored).parse(await send('list')),
    find: async (sha256) => Stored.nullable().parse(await send('find', { sha256 })),
    async install(p12, password, options, note = unnoted) {
      const answer = await send('install', { p12: base64(p12), password, options: portable(options) })
      for (const step of Noted.parse(answer).undo.steps) await note(step)
    },
    async setTrust(options, trust, note = unnoted) {
      const answer = await send('setTrust', { options: portable(options), trust })
      const { undo, result } = Noted.extend({ result: TrustState }).parse(answer)
      for (const step of undo.steps) await note(step)
      return result
    },
    keysOf: async (certificates) =>
      z.array(StoredKey).parse(await send('keysOf', { certificates: certificates.map(base64) })),
    async removeCertificate(certificate) {
      await send('removeCertificate', { certificate: base64(certificate) })
    },
    removeKey: async (certificate) => RemovedKey.parse(await send('removeKey', { certificate: base64(certificate) })),
    async undo(undo) {
      await send('undo', { undo })
      return []
    },
  }
  const empty = async () => void (await send('empty'))
  return { store, send, empty, stop }
}

function portable({ label, certificate, chain }: InstallOptions) {
  return { label, certificate: base64(certificate), chain: chain.map(base64) }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
