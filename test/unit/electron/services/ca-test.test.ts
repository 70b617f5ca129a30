import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { certificateMd5, certificateSha256 } from '#electron/pki/x509/read'
import { type CaTester, createCaTester } from '#electron/services/cloudflare/ca-test'
import { AppError } from '#shared/errors'
import { testWords } from '#shared/logic/access/apply-words'
import type { AccessCa } from '#shared/model/access-account'
import type { VerdictKind } from '#shared/model/probe'
import { ca } from '../../../support/access-accounts'
import { makeSmallPki, type SmallPki } from '../../../support/certificates'
import { temporaryFolder } from '../../../support/home'
import { certificateRow, hostRow, identityRow, reportRow } from '../../../support/rows'

const now = new Date()
let database: Database
let pki: SmallPki
let clients: AccessCa
beforeEach(async () => {
  database = openLocalDatabase(temporaryFolder())
  pki = await makeSmallPki(now)
  clients = ca('Clients', [], { fingerprint: certificateMd5(pki.intermediate.certificate), bundle: null })
})
afterEach(() => database.close())

/** A certificate of the CA whose key is in the vault, or not. */
async function hold(name: string, keyInVault: boolean, daysLeft = 20): Promise<void> {
  const row = identityRow(name, { keyInVault })
  await database.identities.insert(row)
  const rows = [pki.client.certificate, pki.intermediate.certificate].map((der) => ({
    ...certificateRow(name),
    der,
    sha256: certificateSha256(der),
    notBefore: new Date(now.getTime() - 1000).toISOString(),
    notAfter: new Date(now.getTime() + daysLeft * 86_400_000).toISOString(),
  }))
  const [leaf, ...chain] = rows
  if (leaf === undefined) throw new Error('There is a leaf.')
  await database.identities.setCertificate(row.id, leaf, chain, keyInVault, new Date().toISOString())
}

interface Way {
  verdict?: VerdictKind
  isUnlocked?: boolean
  practiceRoot?: string | null
}

function open({ verdict = 'let-in', isUnlocked = true, practiceRoot = null }: Way): {
  test: CaTester
  asked: unknown[]
} {
  const asked: unknown[] = []
  const test = createCaTester({
    database,
    vault: {
      open: async () => {
        if (!isUnlocked) throw new AppError('vault-locked')
        return Uint8Array.from(pki.client.pkcs8)
      },
    },
    unlock: async () => isUnlocked,
    run: async (site, { presented }, choice) => {
      asked.push({ ...site, proxy: choice.proxy ?? null, shown: presented.certificates.length })
      const report = reportRow(hostRow(site.hostname))
      return { ...report, verdict: { ...report.verdict, kind: verdict } }
    },
    practiceRoot: async () => practiceRoot,
    clock: { now: () => now },
  })
  return { test, asked }
}

describe('a test of a CA', () => {
  it('shows a certificate that it has issued, at the hostname itself', async () => {
    await hold('Ada', true)
    const { test, asked } = open({})
    expect(await test('a.example', clients, { isPractice: false })).toMatchObject({
      certificate: 'Ada',
      outcome: 'let-in',
      ca: 'Clients',
    })
    expect(asked).toEqual([
      {
        hostname: 'a.example',
        port: 443,
        path: '/',
        connectTo: null,
        pinnedKey: null,
        practice: false,
        proxy: null,
        shown: 2,
      },
    ])
  })

  it.each<VerdictKind>(['refused', 'open-to-everyone', 'let-in-only-tried', 'unreachable'])(
    'that comes to “%s” does not count as let in',
    async (verdict) => {
      await hold('Ada', true)
      expect(await open({ verdict }).test('a.example', clients, { isPractice: false })).toMatchObject({
        outcome: 'not-let-in',
      })
    },
  )

  it('is none without such a certificate, its key, or a way to open it', async () => {
    const none = { certificate: null, outcome: 'not-tested' }
    expect(await open({}).test('a.example', clients, { isPractice: false })).toMatchObject(none)
    await hold('In the Keychain', false)
    expect(await open({}).test('a.example', clients, { isPractice: false })).toMatchObject(none)
    await hold('Ada', true)
    const locked = await open({ isUnlocked: false }).test('a.example', clients, { isPractice: false })
    expect(locked).toMatchObject({ certificate: 'Ada', outcome: 'not-tested', sentence: 'The keys are locked.' })
    expect(await open({}).test('a.example', ca('Other', []), { isPractice: false })).toMatchObject(none)
  })

  it('is none with a certificate that has expired', async () => {
    await hold('Expired', true, -1)
    expect(await open({}).test('a.example', clients, { isPractice: false })).toMatchObject({ outcome: 'not-tested' })
  })

  it('of the practice site needs that to run, and stays on this computer', async () => {
    await hold('Ada', true)
    const hostname = 'practice.latchkey.localhost'
    const stopped = await open({}).test(hostname, clients, { isPractice: true })
    expect(stopped.outcome).toBe('not-tested')
    expect(testWords(stopped)).toBe(
      `${hostname}: “Ada” of “${clients.name}” was not tested. The practice site is not running on this hostname.`,
    )
    const connectTo = { address: '127.0.0.1', port: 4433 }
    await database.hosts.insert(hostRow(hostname, { practice: true, port: 4433, connectTo }))
    const { test, asked } = open({ practiceRoot: 'PEM' })
    expect(await test(hostname, clients, { isPractice: true })).toMatchObject({ outcome: 'let-in' })
    expect(asked).toMatchObject([{ port: 4433, connectTo, practice: true, proxy: 'off' }])
  })
})
