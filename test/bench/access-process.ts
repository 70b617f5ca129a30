import { readAccount } from '#electron/cloudflare/account/read'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { planOf } from '#electron/cloudflare/plan/plan'
import { AccessWish } from '#shared/model/access-wish'
import { accountId, clientOf } from '../support/cloudflare/client'
import { startCloudflareDouble } from '../support/cloudflare/double'
import { fillLarge } from '../support/cloudflare/large'

/*
 * Run by `access.mjs`: plans for an account with as much as Access takes. Printed: the milliseconds of processor time of each
 * plan, which other work on the computer does not lengthen; the first one included, which no engine has warmed up for.
 */

const rounds = 7
const token = { kind: 'user', expiresOn: null, account: { id: accountId, name: 'Acme' } } as const

async function main(): Promise<void> {
  const double = await startCloudflareDouble()
  fillLarge(double.world)
  const planMs: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    // Read anew each time, as a command does: nothing that an earlier plan has looked up is of use.
    const { account } = await readAccount(clientOf(double).api, { now: () => new Date() }, { token, eachZone: false })
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
  process.stdout.write(JSON.stringify(planMs))
}

void main()
