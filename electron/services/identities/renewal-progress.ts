import type { Database } from '#electron/database/database'
import type { IdentityRow, RenewalRow } from '#electron/database/identity-rows'
import { isInstalled } from '#shared/logic/installed'
import type { ReportSummary } from '#shared/model/probe'
import type { RenewalPlace, RenewalProgress, RenewalSite } from '#shared/model/renewal'
import type { Install } from '#shared/model/store'

type Records = Pick<Database, 'identities' | 'installs' | 'reports' | 'renewals'>

/** Null unless it was issued in the place of another one that the person has not decided to keep. */
export async function renewalProgress(database: Records, row: IdentityRow): Promise<RenewalProgress | null> {
  const renewal = await database.renewals.get(row.id)
  if (renewal === null || renewal.arrivedAt === null || renewal.finishedAt !== null || row.certificate === null)
    return null
  const ofNew = await database.installs.ofIdentity(row.id)
  const ofOld = renewal.replaces === row.id ? ofNew : await database.installs.ofIdentity(renewal.replaces)
  return {
    places: ofOld
      .filter((install) => isInstalled(install, renewal.oldSha256))
      .map((old) => placeOf(old, ofNew, row.certificate)),
    sites: await sitesOf(database, renewal, renewal.arrivedAt),
  }
}

const placeOf = ({ store, storeName }: Install, ofNew: Install[], certificate: string | null): RenewalPlace => ({
  store,
  name: storeName,
  hasNew: ofNew.some((install) => install.store === store && isInstalled(install, certificate)),
})

/** With the same key, what was tested before the new certificate came was tested with the old one. */
async function sitesOf(
  database: Records,
  { identity, replaces }: RenewalRow,
  arrivedAt: string,
): Promise<RenewalSite[]> {
  const isSameKey = identity === replaces
  const old = isSameKey
    ? await database.reports.before(identity, arrivedAt)
    : await database.reports.ofIdentity(replaces)
  const fresh = await database.reports.ofIdentity(identity)
  const since = isSameKey ? fresh.filter(({ startedAt }) => startedAt >= arrivedAt) : fresh
  return old.map(({ host, address, verdict }) => ({
    host,
    address,
    worksWithOld: verdict.tone === 'good',
    worksWithNew: worksIn(since, host),
  }))
}

function worksIn(tests: ReportSummary[], host: ReportSummary['host']): boolean | null {
  const test = tests.find((one) => one.host === host)
  return test === undefined ? null : test.verdict.tone === 'good'
}
