import type { Database } from '#electron/database/database'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import type { Probe } from '#electron/probe/probe'
import type { CertificateStore } from '#electron/stores/store'
import { AppError } from '#shared/errors'
import { parseAddress } from '#shared/logic/address'
import { allRows } from '#shared/logic/all-rows'
import { issuersAsked, siteNeed } from '#shared/logic/site-fit'
import type { Host } from '#shared/model/host'
import { HostId, ReportId } from '#shared/model/ids'
import type { ProbeReport } from '#shared/model/probe'
import type { SiteCheck } from '#shared/model/site-check'
import { networkFor, testConnection } from './connection-test'
import type { ConnectionsPorts } from './connections'
import { chooseProxy } from './proxy-choice'
import { siteCandidates } from './site-candidates'
import { readStoredIdentities } from './stored-identities'

export interface SiteCheckPorts extends Pick<ConnectionsPorts, 'direct' | 'proxyFor' | 'practiceServer'> {
  database: Pick<Database, 'hosts' | 'identities' | 'certificates'>
  stores: readonly CertificateStore[]
  direct: Probe
  clock: Clock
  random: Random
}

type Site = Pick<Host, 'id' | 'hostname' | 'port' | 'path' | 'connectTo' | 'pinnedKey' | 'useProxy' | 'practice'>

/** Which certificate a site wants, and whether it is on this computer. Nothing is presented to the site, and nothing is kept. */
export function createSiteCheck(ports: SiteCheckPorts) {
  const { database, clock, random } = ports

  /** Errors: `address-invalid`, `cancelled`. */
  async function check(address: string, signal: AbortSignal): Promise<SiteCheck> {
    const { site, isListed } = await siteAt(address)
    const [report, { found, unread }] = await Promise.all([ask(site, signal), readStoredIdentities(ports.stores)])
    const certificates = await siteCandidates(database, found, issuersAsked(report), clock.now())
    return {
      need: siteNeed(report, site, certificates),
      host: isListed ? site.id : null,
      report,
      certificates,
      unreadStores: unread,
    }
  }

  /** As the list of sites has it, with its own way to connect; otherwise as it was typed. */
  async function siteAt(address: string): Promise<{ site: Site; isListed: boolean }> {
    const place = parseAddress(address)
    if (!place.ok) throw new AppError('address-invalid', place.reason)
    const { hostname, port, path } = place
    const { rows } = await allRows((page) => database.hosts.list({ ...page, search: '' }))
    const known = rows.find((row) => row.hostname === hostname && row.port === port && row.path === path)
    if (known !== undefined) return { site: known, isListed: true }
    const id = HostId.parse(random.uuid())
    const asTyped = { id, hostname, port, path, connectTo: null, pinnedKey: null, useProxy: true, practice: false }
    return { site: asTyped, isListed: false }
  }

  async function ask(site: Site, signal: AbortSignal): Promise<ProbeReport> {
    const practice = site.practice ? await ports.practiceServer() : null
    const { report } = await testConnection({
      probe: ports.direct,
      report: ReportId.parse(random.uuid()),
      host: site,
      identity: null,
      mode: 'direct',
      network: networkFor(
        {},
        await chooseProxy(site, {}, ports.proxyFor),
        practice === null ? [] : [practice.serverRootPem],
      ),
      signal,
      clock,
      account: null,
    })
    return report
  }

  return { check }
}
