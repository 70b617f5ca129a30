import fc from 'fast-check'
import { begin } from '#electron/cloudflare/apply/apply'
import type { JournalEntry } from '#electron/cloudflare/apply/journal'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import type { AccessAccount } from '#shared/model/access-account'
import type { AccessWish } from '#shared/model/access-wish'
import { readAt } from '../access-accounts'
import { anyAccount, hostnames } from '../random-access-accounts'
import { anyWish } from '../random-access-wishes'
import { startProcess } from './applying-process'
import { accountId } from './client'
import { type CloudflareDouble, startCloudflareDouble } from './double'
import { fillFrom } from './from-account'
import { readPermissions, writePermissions } from './permissions'
import type { World } from './world'

/** Random plans at the strict double: what is written takes its time to show, and answers get lost. */

const ours = hostnames.filter((hostname) => hostname.endsWith('acme.example'))

export const anyWireCase = (pem: string) =>
  anyAccount
    .map((account) => ({ ...account, id: accountId, groups: account.groups ?? [] }))
    .chain((account) => anyWish(account, ours, pem).map((wish) => ({ account, wish })))

export interface Trouble {
  lag: number
  /** The answer to the first request of each method is lost. */
  lost: string[]
}

export const anyTrouble: fc.Arbitrary<Trouble> = fc.record({
  lag: fc.constantFrom(0, 1500, 3000),
  lost: fc.subarray(['POST', 'PUT', 'DELETE']),
})

/** What Cloudflare has, at one moment. */
export type Saved = Omit<World, 'tokens'>

export async function openWire() {
  const double: CloudflareDouble = await startCloudflareDouble()
  const token = double.addToken({ permissions: new Set([...readPermissions, ...writePermissions]) })

  function save(): Saved {
    const { tokens: _tokens, ...world } = double.world
    return structuredClone(world)
  }

  return {
    double,
    token,
    save,
    restore: (saved: Saved): void => void Object.assign(double.world, structuredClone(saved)),
    beset({ lag, lost }: Trouble): void {
      double.forgetUpsets()
      double.world.behaviour.lag = lag
      for (const method of lost) double.upset(method, '', { kind: 'cut-after' })
    },
    /** An account and nothing else, as it was at `readAt`. */
    fill(account: AccessAccount): Saved {
      double.journal.splice(0)
      fillFrom(double.world, account)
      double.world.settings = { visible: [], coming: null }
      double.world.now = Date.parse(readAt)
      return save()
    },
    read: (): Promise<AccessAccount> => startProcess(double, token, []).read(),
    /** A journal that begins with what somebody wants; null where there is nothing to do. */
    async planFor(wish: AccessWish): Promise<JournalEntry | null> {
      const account = await startProcess(double, token, []).read()
      const { changes } = changesFor(account, wish, new Date(double.world.now))
      return changes === null || changes.length === 0 ? null : begin(account, changes)
    },
  }
}

export type Wire = Awaited<ReturnType<typeof openWire>>
