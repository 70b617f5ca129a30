import type { Database } from '#electron/database/database'
import { formatAddress, parseAddress } from '#shared/logic/address'
import { certificateRow } from './certificate-row'
import type { createHosts } from './hosts'
import type { Operations } from './operations'
import type { PolicyService } from './policy'

/**
 * Adds the sites of the policy that are not in the list. What a person has made of such a site stays; one that was deleted comes
 * back at the next start. Several processes may start at once, so they are looked for again while no other one is at work; where
 * one is, the next start adds them.
 */
export async function addPresetSites(
  { sites }: Pick<PolicyService, 'sites'>,
  hosts: Pick<ReturnType<typeof createHosts>, 'addresses' | 'add'>,
  whenIdle: Operations['whenIdle'],
): Promise<void> {
  async function missing(): Promise<string[]> {
    if (sites.length === 0) return []
    const here = await hosts.addresses()
    return [...new Set(sites.map(asListed))].filter((address) => !here.has(address))
  }

  if ((await missing()).length === 0) return
  await whenIdle(async () => {
    for (const address of await missing()) await hosts.add(address)
  })
}

/** The schema of the policy takes addresses alone. */
function asListed(address: string): string {
  const parsed = parseAddress(address)
  return parsed.ok ? formatAddress(parsed) : address
}

/** The issuers of the policy complete chains like those that came with a certificate. Nothing trusts them for that. */
export function withPresetIssuers(database: Database, { issuers }: Pick<PolicyService, 'issuers'>): Database {
  if (issuers.length === 0) return database
  const preset = issuers.map(certificateRow)
  const { certificates } = database
  return {
    ...database,
    certificates: { ...certificates, authorities: async () => [...(await certificates.authorities()), ...preset] },
  }
}
