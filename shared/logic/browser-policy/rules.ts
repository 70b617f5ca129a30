import type { Host } from '../../model/host'
import { hostHeader } from '../address'

/** The name of the policy in Chrome, Chromium and Edge. */
export const policyName = 'AutoSelectCertificateForUrls'

export type PolicySite = Pick<Host, 'hostname' | 'port'>

/**
 * The entries of the policy: a JSON text for each site. `issuer` is the Common Name of the CA that signed the certificates
 * (https://chromeenterprise.google/policies/#AutoSelectCertificateForUrls). Without this filter, the browser would present any
 * certificate that the server accepts. A pattern without a port would match every port of the host.
 */
export function policyEntries(sites: readonly PolicySite[], issuer: string): string[] {
  const patterns = sites.map((site) => `https://${hostHeader(site)}${site.port === 443 ? ':443' : ''}`)
  return [...new Set(patterns)].map((pattern) => JSON.stringify({ pattern, filter: { ISSUER: { CN: issuer } } }))
}
