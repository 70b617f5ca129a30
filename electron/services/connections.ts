import type { Database, IdentityRow } from '#electron/database/database'
import { viewCertificate } from '#electron/pki/x509/view'
import { throwIfCancelled } from '#electron/platform/cancelled'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import type { Probe, ProbeIdentity, ProbeResult } from '#electron/probe/probe'
import type { Vault } from '#electron/vault/vault'
import { AppError } from '#shared/errors'
import { formatAddress } from '#shared/logic/address'
import { diagnose } from '#shared/logic/diagnosis'
import { hideSecrets, redactReport } from '#shared/logic/redact'
import { reportText } from '#shared/logic/report-text'
import { judge } from '#shared/logic/verdict'
import type { Host } from '#shared/model/host'
import { type HostId, type IdentityId, ReportId, Sha256 } from '#shared/model/ids'
import type { Page } from '#shared/model/page'
import type { ProbeMode, ProbeReport } from '#shared/model/probe'
import type { Changed } from './changes'
import { createCookieMemory } from './cookie-memory'
import { issuedCertificates } from './issued-certificates'

export interface ConnectionsPorts {
  database: Database
  vault: Vault
  clock: Clock
  random: Random
  direct: Probe
  /** Null where there is no window system to be a browser with (the CLI). */
  browser: Probe | null
  /** The running practice site's server: its root for direct mode, its key for browser mode. */
  practiceServer(): Promise<{ serverRootPem: string; serverKeySha256: string } | null>
  changed: Changed
}

const timeoutMs = 15_000

/** The connection test: without and with the certificate, judged, explained, kept without its secrets. */
export function createConnections(ports: ConnectionsPorts) {
  const { database, clock, random } = ports
  const cookies = createCookieMemory()

  async function test(
    host: HostId,
    identity: IdentityId | null,
    mode: ProbeMode,
    signal = new AbortController().signal,
  ): Promise<ProbeReport> {
    const site = await database.hosts.get(host)
    if (site === null) throw new AppError('not-found', 'This site is no longer in the list.')
    const probe = mode === 'direct' ? ports.direct : ports.browser
    if (probe === null) throw new AppError('browser-mode-unavailable')
    const holder = identity === null ? null : await holderOf(identity)
    const presented = holder === null ? null : await presentable(holder, mode)
    const startedAt = clock.now()
    try {
      throwIfCancelled(signal)
      const result = await probe.test({ ...(await forSite(site)), identity: presented, timeoutMs, signal })
      throwIfCancelled(signal)
      return await file(site, holder, mode, startedAt, result)
    } finally {
      presented?.pkcs8?.fill(0)
    }
  }

  async function forSite(host: Host) {
    const practice = host.practice ? await ports.practiceServer() : null
    return {
      host: { ...host, pinnedKey: practice === null ? host.pinnedKey : Sha256.parse(practice.serverKeySha256) },
      extraRoots: practice === null ? [] : [practice.serverRootPem],
    }
  }

  async function holderOf(id: IdentityId): Promise<IdentityRow> {
    const row = await database.identities.get(id)
    if (row === null) throw new AppError('not-found', 'This certificate is no longer here.')
    if (row.certificate === null) throw new AppError('not-found', 'The certificate has not been issued yet.')
    return row
  }

  async function presentable(row: IdentityRow, mode: ProbeMode): Promise<ProbeIdentity> {
    const found = await issuedCertificates(database, row)
    const [leaf] = found
    if (leaf === undefined) throw new AppError('database-damaged', 'A certificate is missing from the database.')
    const certificates = found.map((certificate) => certificate.der)
    if (mode === 'browser') return { certificates, pkcs8: null, sha256: leaf.sha256 }
    if (!row.keyInVault) throw new AppError('key-not-in-vault')
    return { certificates, pkcs8: await ports.vault.open('private-key', row.id), sha256: leaf.sha256 }
  }

  /** Judges and explains, keeps a redacted copy, remembers the cookie values for as long as the app runs. */
  async function file(
    host: Host,
    holder: IdentityRow | null,
    mode: ProbeMode,
    startedAt: Date,
    result: ProbeResult,
  ): Promise<ProbeReport> {
    const attempts = { without: result.without.attempt, with: result.with?.attempt ?? null }
    const context = { identityName: holder?.name ?? null, practice: host.practice }
    const report = hideSecrets({
      id: ReportId.parse(random.uuid()),
      host: host.id,
      identity: holder?.id ?? null,
      identityName: holder?.name ?? null,
      address: formatAddress(host),
      mode,
      startedAt: startedAt.toISOString(),
      ...attempts,
      verdict: judge(attempts.without, attempts.with, context),
      findings: diagnose({ ...attempts, identity: await described(holder), now: clock.now(), mode }),
      rootsFrom: result.rootsFrom,
    })
    cookies.remember(report.id, result)
    await database.reports.add(redactReport(report), clock.now())
    ports.changed('reports', 'hosts', 'identities', 'activity')
    return report
  }

  async function described(row: IdentityRow | null) {
    if (row === null) return null
    const [leaf, ...issuers] = (await issuedCertificates(database, row)).map((certificate) =>
      viewCertificate(certificate.der),
    )
    if (leaf === undefined) return null
    return {
      name: row.name,
      notBefore: leaf.notBefore,
      notAfter: leaf.notAfter,
      issuers: [leaf.issuer, ...issuers.map((issuer) => issuer.issuer)],
      extendedKeyUsage: leaf.extendedKeyUsage,
    }
  }

  async function report(id: ReportId): Promise<ProbeReport> {
    const found = await database.reports.get(id)
    if (found === null) throw new AppError('not-found', 'This report is no longer kept.')
    return found
  }

  return {
    test,
    report,
    reports: (host: HostId | null, page: Page) => database.reports.list(host, page),
    cookie: cookies.value,
    forgetCookies: cookies.forgetAll,
    reportText: async (id: ReportId) => reportText(await report(id)),
  }
}
