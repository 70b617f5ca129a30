import { directly, type ProxyAnswer } from '#electron/probe/proxies'
import type { Host } from '#shared/model/host'
import type { NetworkChoice } from './connection-test'

/** The proxy for a site, by the environment and the system's settings. */
export type ProxyFor = (site: Pick<Host, 'hostname' | 'port'>) => Promise<ProxyAnswer>

type Site = Pick<Host, 'hostname' | 'port'> & Partial<Pick<Host, 'practice' | 'useProxy'>>

/**
 * The proxy for one test, decided here for every kind of test: what a person says for this test comes first, then what the
 * list of sites says, then the computer. What stays on this computer goes through no proxy.
 */
export async function chooseProxy(site: Site, { proxy }: NetworkChoice, proxyFor: ProxyFor): Promise<ProxyAnswer> {
  if (proxy === 'off') return directly
  if (proxy !== undefined) return { proxy, unused: null }
  return site.practice === true || site.useProxy === false ? directly : proxyFor(site)
}
