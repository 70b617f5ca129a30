import type { Database } from '#electron/database/database'
import type { IdentityRow } from '#electron/database/identity-rows'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import type { Probe } from '#electron/probe/probe'
import type { CertificateStore } from '#electron/stores/store'
import type { Vault } from '#electron/vault/vault'
import { AppError } from '#shared/errors'
import { formatAddress, whyNotReadable } from '#shared/logic/address'
import { redactReport } from '#shared/logic/redact-report'
import { reportText } from '#shared/logic/report/text'
import type { AccountFacts } from '#shared/logic/test/input'
import type { Host } from '#shared/model/host'
import { type HostId, type IdentityId, ReportId, Sha256 } from '#shared/model/ids'
import type { Page } from '#shared/model/page'
import type { ProbeMode, ProbeReport } from '#shared/model/probe'
import type { Changed } from './changes'
import {
  type ConnectionTestInput,
  describeTested,
  type NetworkChoice,
  networkFor,
  testConnection,
} from './connection-test'
import { createCookieMemory } from './cookie-memory'
import { issuedCertificates } from './issued-certificates'
import { chooseProxy, type ProxyFor } from './proxy-choice'
import { findStoredIdentity } from './stored-identities'

export interface ConnectionsPorts {
  database: Database
  vault: Vault
  clock: Clock
  random: Random
  direct: Probe
  proxyFor: ProxyFor
  /** Null where there is no window system to be a browser with (the CLI). */
  browser: Probe | null
  /** The running practice site's server: its root for direct mode, its key for browser mode. */
  practiceServer(): Promise<{ serverRootPem: string; serverKeySha256: string } | null>
  /** What a Cloudflare account that was read says of the site. */
  accountFor(site: Host, certificates: Uint8Array[] | null): Promise<AccountFacts | null>
  changed: Changed
  stores: readonly CertificateStore[]
}

interface TestOfSite extends Pick<ConnectionTestInput, 'identity' | 'mode' | 'probe' | 'signal'> {
  site: Host
  choice: NetworkChoice
}

/** The connection test: without and with the certificate, judged, explained, kept without its secrets. */
export function createConnections(ports: ConnectionsPorts) {
  const { database, clock, random } = ports
  const cookies = createCookieMemory()

  async function test(
    host: HostId,
    identity: IdentityId | null,
    mode: ProbeMode,
    signal = new AbortController().signal,
    choice: NetworkChoice = {},
  ): Promise<ProbeReport> {
    const site = await siteOf(host)
    const probe = probeFor(mode)
    const holder = identity === null ? null : await holderOf(identity)
    const shown = holder === null ? null : await shownBy(holder, mode)
    try {
      const tried = holder === null || shown === null ? null : { id: holder.id, ...shown }
      return await run({ site, identity: tried, mode, probe, signal, choice })
    } finally {
      shown?.presented.pkcs8?.fill(0)
    }
  }

  /** With a certificate that only a store of the system has: as the browser, since its key stays there. */
  async function testStored(host: HostId, sha256: Sha256, signal: AbortSignal): Promise<ProbeReport> {
    const site = await siteOf(host)
    const probe = probeFor('browser')
    const stored = await findStoredIdentity(ports.stores, sha256)
    const tested = describeTested(stored.commonName, stored.chain, [], clock.now())
    if (tested === null) throw new AppError('not-found', 'This certificate is no longer in that store.')
    const presented = { certificates: stored.chain, pkcs8: null, sha256 }
    return run({ site, identity: { id: null, tested, presented }, mode: 'browser', probe, signal, choice: {} })
  }

  /** Errors: `address-invalid` for one that an earlier version took and that leads nowhere, or not where it seems to. */
  async function siteOf(host: HostId): Promise<Host> {
    const site = await database.hosts.get(host)
    if (site === null) throw new AppError('not-found', 'This site is no longer in the list.')
    const reason = whyNotReadable(site)
    if (reason !== null) throw new AppError('address-invalid', reason)
    return site
  }

  function probeFor(mode: ProbeMode): Probe {
    const probe = mode === 'direct' ? ports.direct : ports.browser
    if (probe === null) throw new AppError('browser-mode-unavailable')
    return probe
  }

  /** One test, kept without its secrets. */
  async function run({ site, choice, ...test }: TestOfSite): Promise<ProbeReport> {
    const practice = site.practice ? await ports.practiceServer() : null
    const pinnedKey = practice === null ? site.pinnedKey : Sha256.parse(practice.serverKeySha256)
    const { report: made, result } = await testConnection({
      ...test,
      report: ReportId.parse(random.uuid()),
      host: { ...site, pinnedKey },
      network: networkFor(
        choice,
        await chooseProxy(site, choice, ports.proxyFor),
        practice === null ? [] : [practice.serverRootPem],
      ),
      clock,
      account: (certificates) => ports.accountFor(site, certificates),
    })
    cookies.remember(made.id, result)
    await database.reports.add(redactReport(made), clock.now())
    ports.changed('reports', 'hosts', 'identities', 'activity')
    return made
  }

  async function holderOf(id: IdentityId): Promise<IdentityRow> {
    const row = await database.identities.get(id)
    if (row === null) throw new AppError('not-found', 'This certificate is no longer here.')
    if (row.certificate === null) throw new AppError('not-found', 'The certificate has not been issued yet.')
    return row
  }

  async function shownBy(row: IdentityRow, mode: ProbeMode) {
    const found = await issuedCertificates(database, row)
    const [leaf] = found
    if (leaf === undefined) throw new AppError('database-damaged', 'A certificate is missing from the database.')
    const certificates = found.map((certificate) => certificate.der)
    const now = clock.now()
    // Only an expired issuer has a successor to look for.
    const hasExpired = found.some(({ notAfter }) => Date.parse(notAfter) <= now.getTime())
    const known = hasExpired ? (await database.certificates.authorities()).map(({ der }) => der) : []
    const tested = describeTested(row.name, certificates, known, now)
    if (tested === null) throw new AppError('database-damaged', 'A certificate is missing from the database.')
    if (mode === 'browser') return { tested, presented: { certificates, pkcs8: null, sha256: leaf.sha256 } }
    if (!row.keyInVault) throw new AppError('key-not-in-vault')
    const pkcs8 = await ports.vault.open('private-key', row.id)
    return { tested, presented: { certificates, pkcs8, sha256: leaf.sha256 } }
  }

  async function report(id: ReportId): Promise<ProbeReport> {
    const found = await database.reports.get(id)
    if (found === null) throw new AppError('not-found', 'This report is no longer kept.')
    return found
  }

  return {
    test,
    testStored,
    addressOf: async (host: HostId) => formatAddress(await siteOf(host)),
    report,
    reports: (host: HostId | null, page: Page) => database.reports.list(host, page),
    cookie: cookies.value,
    forgetCookies: cookies.forgetAll,
    reportText: async (id: ReportId) => reportText(await report(id)),
  }
}
