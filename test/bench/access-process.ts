import { readAccount } from '#electron/cloudflare/account/read'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { planOf } from '#electron/cloudflare/plan/plan'
import { hostStatuses } from '#electron/cloudflare/status'
import { AccessWish } from '#shared/model/access-wish'
import { accountId, clientOf } from '../support/cloudflare/client'
import { startCloudflareDouble } from '../support/cloudflare/double'
import { fillLarge } from '../support/cloudflare/large'
import type { World } from '../support/cloudflare/world'

/*
 * Run by `access.mjs`: status and plans of an account with as much as Access takes. Printed: how many calls its reading takes, and
 * how many pages its lists have; and the milliseconds of processor time of each plan, which other work on the computer does not
 * lengthen; the first one included, which no engine has warmed up for.
 */

const rounds = 7
const token = { kind: 'user', expiresOn: null, account: { id: accountId, name: 'Acme' } } as const

/** One for up to 1,000 objects of a list (50 zones), and one for each answer that has no pages. */
function pagesOf({ certificates, applications, policies, groups, zones }: World): number {
  const lists = [certificates, applications, policies.filter(({ application }) => application === null), groups]
  const paged = lists.map(({ length }) => Math.max(1, Math.ceil(length / 1000)))
  const whole = ['settings', 'organisation', 'alerts', 'available', 'eligible', 'webhooks', 'PagerDuty'].length
  return paged.reduce((sum, pages) => sum + pages, whole) + Math.max(1, Math.ceil(zones.length / 50))
}

async function main(): Promise<void> {
  const double = await startCloudflareDouble()
  fillLarge(double.world)
  const planMs: number[] = []
  let calls = 0
  for (let round = 0; round < rounds; round += 1) {
    // Read anew each time, as a command does: nothing that an earlier plan has looked up is of use.
    double.journal.length = 0
    const { account } = await readAccount(clientOf(double).api, { now: () => new Date() }, { token, eachZone: false })
    calls = double.journal.length
    const known = { issuers: new Map(), lastTests: new Map() }
    const hosts = hostStatuses(account, known, new Date(account.readAt))
    if (hosts.length !== 1000) throw new Error(`There are ${hosts.length} hostnames.`)
    const wish = AccessWish.parse({
      version: 1,
      account: accountId,
      hostnames: account.settings.slice(0, 20).map(({ hostname }) => ({ hostname, cas: ['CA 1', 'CA 2'] })),
      policies: [{ name: 'Policy 1', decision: 'allow', include: [{ certificate: {} }] }],
      applications: [{ domain: account.applications[3]?.domain, attach: ['Policy 9'] }],
    })
    const begun = process.cpuUsage()
    const { changes, problems } = changesFor(account, wish, new Date(account.readAt))
    if (changes === null) throw new Error(JSON.stringify(problems))
    planOf(account, changes, account.readAt)
    const { user, system } = process.cpuUsage(begun)
    planMs.push((user + system) / 1000)
  }
  double.stop()
  process.stdout.write(JSON.stringify({ planMs, calls, pages: pagesOf(double.world) }))
}

void main()
