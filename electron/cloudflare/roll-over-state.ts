import type { AccessAccount } from '#shared/model/access-account'
import type { AccessRollOver, RollOverMark } from '#shared/model/access-roll-over'
import type { AccessRunId } from '#shared/model/ids'

/** A plan of a roll-over, as its journal has it. */
export interface RollOverRun {
  id: AccessRunId
  mark: RollOverMark
  /** The account before its first change. */
  before: AccessAccount
  state: 'waiting' | 'done' | 'undone'
}

/** All of it but what tests have shown. */
export type RollOverState = Omit<AccessRollOver, 'tested'>

/**
 * Where a roll-over stands: which one it is, the journals say, and how far it is, the account. Null where there is none, or where
 * the new CA is gone again.
 *
 * @param runs The latest first.
 */
export function rollOverState(account: AccessAccount, runs: RollOverRun[]): RollOverState | null {
  const own = runs.filter(({ before, state }) => before.id === account.id && state !== 'undone')
  const [latest] = own
  if (latest === undefined) return null
  const { mark } = latest
  const isSame = (one: RollOverMark) =>
    one.old === mark.old && one.next.fingerprints.some((md5) => mark.next.fingerprints.includes(md5))
  const parts = own.filter((one) => isSame(one.mark))
  const first = parts.at(-1) ?? latest
  const before = first.before.cas.find(({ id }) => id === mark.old)
  const old = account.cas.find(({ id }) => id === mark.old) ?? null
  // Its issuing certificate first: one above it may be that of another CA.
  const [next] = mark.next.fingerprints.flatMap((md5) =>
    account.cas.filter(({ id, fingerprint }) => fingerprint === md5 && id !== mark.old),
  )
  const waiting = parts.find(({ state }) => state === 'waiting')
  if (next === undefined && waiting === undefined) return null
  const names = [...new Set([...(before?.hostnames ?? []), ...(old?.hostnames ?? [])])]
  const hostnames = names.map((hostname) => ({
    hostname,
    hasOld: old?.hostnames.includes(hostname) ?? false,
    hasNext: next?.hostnames.includes(hostname) ?? false,
  }))
  return {
    readAt: account.readAt,
    old: { id: mark.old, name: old?.name ?? before?.name ?? mark.old },
    next: { id: next?.id ?? null, name: next?.name ?? mark.next.name },
    hostnames,
    step: stepOf(old !== null, hostnames),
    waiting: waiting?.id ?? null,
  }
}

function stepOf(isOldThere: boolean, hostnames: AccessRollOver['hostnames']): AccessRollOver['step'] {
  if (!isOldThere) return 'done'
  if (hostnames.some(({ hasOld, hasNext }) => hasOld && !hasNext)) return 'overlap'
  return hostnames.some(({ hasOld }) => hasOld) ? 'move' : 'retire'
}
