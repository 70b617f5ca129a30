import { expectedBefore, type Run } from '#electron/cloudflare/apply/journal'
import { driftBetween, keepUnread, lookAt, notCompared, withOwnChanges } from '#electron/cloudflare/look'
import type { AppError } from '#shared/errors'
import type { AccessAccount } from '#shared/model/access-account'
import type { Drift } from '#shared/model/access-look'
import type { Instant } from '#shared/model/ids'
import type { CloudflarePorts, DriftReading, Reading, Source } from './ports'

interface CompareOptions extends Pick<Source, 'beforeKeeping'> {
  accept: boolean
}

/** After this error, another reading would make somebody wait for what does not come. */
export const isReadInVain = ({ code }: AppError): boolean =>
  code === 'cancelled' || code === 'cloudflare-unreachable' || code === 'cloudflare-rate-limited'

/** An account against how it was when somebody last took note of it. */
export function createComparison({ looks }: Pick<CloudflarePorts, 'looks'>) {
  return {
    /**
     * What differs from the last look that was kept; null if there was none. This look is kept where there was none or
     * `accept` says so: a change that nobody has taken note of is reported again.
     */
    async compare(reading: Reading, { accept, beforeKeeping }: CompareOptions): Promise<DriftReading> {
      if (looks === null) throw new Error('There are no records to compare with.')
      const [before, now] = [await looks.get(reading.account.id), lookAt(reading.account)]
      beforeKeeping?.()
      const kept = before === null || accept
      if (kept) await looks.put(before === null ? now : keepUnread(before, now))
      if (before === null) return { ...reading, since: null, drift: [], notCompared: [], kept }
      return {
        ...reading,
        since: before.readAt,
        drift: driftBetween(before, now),
        notCompared: notCompared(before, now),
        kept,
      }
    },
    /** Takes note of what a run has changed, as far as it has come: that is no drift. Nothing where no look was kept. */
    async noteOwn(run: Run, account: AccessAccount): Promise<void> {
      if (account.id !== run.before.id) return
      const last = (await looks?.get(account.id)) ?? null
      if (looks === null || last === null) return
      const written = lookAt(expectedBefore(run, run.phase === 'sent' ? run.step + 1 : run.step))
      await looks.put(withOwnChanges(last, { before: lookAt(run.before), written, after: lookAt(account) }))
    },
    /** The same for whoever only looks: nothing is kept. Null where there is nothing to compare with. */
    async driftSince(account: AccessAccount): Promise<{ since: Instant; drift: Drift[] } | null> {
      const before = (await looks?.get(account.id)) ?? null
      return before && { since: before.readAt, drift: driftBetween(before, lookAt(account)) }
    },
  }
}
