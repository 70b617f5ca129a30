import type { Database } from '#electron/database/database'
import type { IdentityRow } from '#electron/database/identity-rows'
import { certificateMd5, certificateSha256 } from '#electron/pki/x509/read'
import type { Clock } from '#electron/platform/clock'
import type { Vault } from '#electron/vault/vault'
import { isAppError } from '#shared/errors'
import { allRows } from '#shared/logic/all-rows'
import { isGated } from '#shared/logic/verdict-groups'
import type { AccessCa } from '#shared/model/access-account'
import type { Host } from '#shared/model/host'
import type { ProbeReport } from '#shared/model/probe'
import { describeTested, type NetworkChoice } from '../connection-test'
import type { FileIdentity } from '../file-test'
import { issuedCertificates } from '../issued-certificates'

/** What a test of one hostname with a certificate of one CA showed. */
export interface CaTest {
  hostname: string
  ca: string
  /** The name of the certificate that is shown; null where this computer has none of that CA with its key. */
  certificate: string | null
  /** `not-tested`: without such a certificate, or where its key or the practice site cannot be reached now. */
  outcome: 'let-in' | 'not-let-in' | 'not-tested'
  /** What the test came to or why there was none, in a sentence; null without a certificate. */
  sentence: string | null
}

type Site = Pick<Host, 'hostname' | 'port' | 'path' | 'connectTo' | 'pinnedKey' | 'practice'>

export interface CaTestOptions {
  isPractice: boolean
  signal?: AbortSignal | undefined
}

interface CaTestPorts {
  database: Pick<Database, 'identities' | 'certificates' | 'hosts'>
  vault: Pick<Vault, 'open'>
  /** False where the keys cannot be opened without asking somebody. */
  unlock(): Promise<boolean>
  /** One test on sockets of its own; nothing is kept. */
  run(site: Site, identity: FileIdentity, choice: NetworkChoice, signal?: AbortSignal): Promise<ProbeReport>
  /** The running practice site's root, PEM; null where none runs. */
  practiceRoot(): Promise<string | null>
  clock: Clock
}

/**
 * Tests a hostname with a certificate of a CA, where this computer holds one with its key: the proof that both CAs of a
 * roll-over work, instead of somebody's word.
 */
export function createCaTester({ database, vault, unlock, run, practiceRoot, clock }: CaTestPorts) {
  /** Of those that are valid now, the one that expires last, with its certificates (DER). */
  async function holderOf({ fingerprint, bundle }: AccessCa) {
    const now = clock.now().toISOString()
    const { rows } = await allRows((page) => database.identities.list({ ...page, search: '' }))
    const found: { row: IdentityRow; certificates: Uint8Array[]; ends: string }[] = []
    for (const { id } of rows) {
      const row = await database.identities.get(id)
      if (row === null || !row.keyInVault) continue
      const [leaf, issuer, ...others] = await issuedCertificates(database, row)
      if (leaf === undefined || issuer === undefined || leaf.notAfter <= now || leaf.notBefore > now) continue
      const md5 = certificateMd5(issuer.der)
      if (md5 !== fingerprint && bundle?.includes(md5) !== true) continue
      found.push({ row, certificates: [leaf, issuer, ...others].map(({ der }) => der), ends: leaf.notAfter })
    }
    return found.sort((one, other) => other.ends.localeCompare(one.ends))[0] ?? null
  }

  async function siteFor(hostname: string, isPractice: boolean): Promise<{ site: Site; choice: NetworkChoice } | null> {
    const plain: Site = { hostname, port: 443, path: '/', connectTo: null, pinnedKey: null, practice: isPractice }
    if (!isPractice) return { site: plain, choice: {} }
    const [host, root] = [await database.hosts.practice(), await practiceRoot()]
    if (host === null || root === null || host.hostname !== hostname) return null
    const { port, connectTo } = host
    const roots = { certificates: [root], from: 'Root of the practice site' }
    return { site: { ...plain, port, connectTo }, choice: { proxy: 'off', roots } }
  }

  return async (hostname: string, ca: AccessCa, { isPractice, signal }: CaTestOptions): Promise<CaTest> => {
    const untested: CaTest = { hostname, ca: ca.name, certificate: null, outcome: 'not-tested', sentence: null }
    const holder = await holderOf(ca)
    if (holder === null) return untested
    const { row, certificates } = holder
    const without = (sentence: string): CaTest => ({ ...untested, certificate: row.name, sentence })
    const place = await siteFor(hostname, isPractice)
    if (place === null) return without('The practice site is not running on this hostname.')
    if (!(await unlock())) return without('The keys are locked.')
    const [leaf] = certificates
    const tested = describeTested(row.name, certificates, [], clock.now())
    const pkcs8 = await keyOf(row)
    if (leaf === undefined || tested === null || pkcs8 === null) return without('Its private key cannot be opened.')
    const presented = { certificates, pkcs8, sha256: certificateSha256(leaf) }
    try {
      const { verdict } = await run(
        place.site,
        { id: null, presented, tested, wipe: () => pkcs8.fill(0) },
        place.choice,
        signal,
      )
      const outcome = isGated(verdict.kind) ? 'let-in' : 'not-let-in'
      return { hostname, ca: ca.name, certificate: row.name, outcome, sentence: verdict.sentence }
    } finally {
      pkcs8.fill(0)
    }
  }

  async function keyOf({ id }: IdentityRow): Promise<Uint8Array | null> {
    return vault.open('private-key', id).catch((error: unknown) => {
      if (isAppError(error)) return null
      throw error
    })
  }
}

export type CaTester = ReturnType<typeof createCaTester>
