import type { Random } from '#electron/platform/random'
import { AppError } from '#shared/errors'
import { policyFile } from '#shared/logic/browser-policy/files'
import { type PolicySystem, policyPlaces } from '#shared/logic/browser-policy/places'
import { type PolicySite, policyEntries } from '#shared/logic/browser-policy/rules'
import type { IdentityDetail } from '#shared/model/identity'
import type { HostId, IdentityId } from '#shared/model/ids'

export interface BrowserPolicyPorts {
  detail(id: IdentityId): Promise<Pick<IdentityDetail, 'certificate'>>
  site(id: HostId): Promise<PolicySite>
  random: Pick<Random, 'uuid'>
}

/**
 * The policy by which a browser picks the certificates of one issuer for these sites without asking. Errors: `not-found`, also
 * where there is no certificate yet or its issuer has no Common Name, by which alone browsers can be told of it.
 */
export function createBrowserPolicy({ detail, site, random }: BrowserPolicyPorts) {
  return async (
    identity: IdentityId,
    hosts: readonly HostId[],
    system: PolicySystem,
  ): Promise<{ name: string; content: string | Uint8Array }> => {
    const issuer = (await detail(identity)).certificate?.issuerCommonName ?? null
    if (issuer === null) throw new AppError('not-found', 'The issuer of this certificate has no Common Name.')
    const entries = policyEntries(await Promise.all(hosts.map(site)), issuer)
    const content = policyFile(system, entries, () => random.uuid().toUpperCase())
    return { name: policyPlaces[system].file, content }
  }
}
