import type fc from 'fast-check'
import { canonicalJson } from '#electron/cloudflare/plan/digest'
import { createRoot } from '#electron/pki/authority/root'
import { certificatePem, certificatesIn } from '#electron/pki/x509/pem'
import { certificateMd5 } from '#electron/pki/x509/read'
import type { AccessAccount, Md5 } from '#shared/model/access-account'
import { JsonObject } from '#shared/model/access-rule'
import type { AccessWish } from '#shared/model/access-wish'
import { readAt } from './access-accounts'
import { type AccessApiState, accountOf, stateOf } from './access-api-model'
import { named } from './certificates'
import { anyAccount, hostnames } from './random-access-accounts'
import { anyWish } from './random-access-wishes'

/** An account at Access, as it is read, and what somebody wants of it. */
export interface AccessCase {
  state: AccessApiState
  account: AccessAccount
  /** The PEMs that this computer keeps, by the fingerprints under which Access knows them. */
  bundles: ReadonlyMap<string, Md5[]>
  wish: AccessWish
}

/** A CA that no account has. */
export async function newCaPem(): Promise<string> {
  const root = await createRoot({ algorithm: 'p-256', days: 3650, now: new Date(readAt), subject: named('New CA') })
  return certificatePem(root.certificate)
}

export const fingerprintOf = (pem: string): Md5 =>
  certificatesIn(pem).slice(0, 1).map(certificateMd5)[0] ?? certificateMd5(new Uint8Array())

export function anyAccessCase(pem: string): fc.Arbitrary<AccessCase> {
  const ours = hostnames.filter((hostname) => hostname.endsWith('acme.example'))
  const own = fingerprintOf(pem)
  return anyAccount
    .map((random) => {
      const kept = random.cas.flatMap(({ fingerprint, bundle }): [string, Md5[]][] =>
        fingerprint && bundle ? [[fingerprint, bundle]] : [],
      )
      const bundles = new Map([...kept, [own, [own]] as const])
      const state = stateOf(random)
      return { state, bundles, account: accountOf(state, bundles) }
    })
    .chain((given) => anyWish(given.account, ours, pem).map((wish) => ({ ...given, wish })))
}

/** Everything that a person could have set. Ids and the order of creation differ from run to run, so neither is in it. */
export function contentsOf({ certificates, settings, groups, policies, apps, alerts }: AccessApiState): string[] {
  const objects = [...certificates, ...groups, ...policies, ...apps]
  const own = apps.flatMap((app) => JsonObject.array().parse(app['policies']))
  const names = new Map(
    [...objects, ...own]
      .filter((one) => 'name' in one)
      .map((one) => [JSON.stringify(one['id']), JSON.stringify(one['name'])]),
  )
  // Nothing refers to an alert, so that one which comes back may have another id.
  const nameless = alerts.map(({ id: _id, ...alert }) => alert)
  return [...objects, ...settings, ...nameless]
    .map((one) => canonicalJson(one).replaceAll(/"(?:real-\d+|created-\d+)"/gu, (id) => names.get(id) ?? id))
    .sort()
}
