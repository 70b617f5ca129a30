import { isLateInLife } from '#shared/logic/expiring/find'
import { isInstalled } from '#shared/logic/installed'
import { renewalStage } from '#shared/logic/renewal'
import type { IdentityDetail } from '#shared/model/identity'
import type { StoreState } from '#shared/model/store'

export type NextAction =
  | 'await-replacement'
  | 'follow-replacement'
  | 'finish-renewal'
  | 'renew'
  | 'ask-again'
  | 'ask-for-other-use'
  | 'wait'
  | 'send-request'
  | 'install'
  | 'trust'
  | 'test'
  | 'look-at-test'
  | 'renew-soon'
  | 'nothing'

export type NextActionInput = Pick<IdentityDetail, 'summary' | 'installs' | 'renewal'>

/** The one thing to do next. Expiry comes before everything else, except for a short-lived certificate that is still new. */
export function nextAction({ summary, installs, renewal }: NextActionInput, now: Date): NextAction {
  const { status, journey, keyInVault, notBefore, notAfter } = summary
  const { replacement } = summary
  // With the same key it waits on its own page, where the request is.
  if (replacement !== null && replacement.identity === summary.id) return 'send-request'
  if (replacement !== null && replacement.notAfter === null) return 'await-replacement'
  if (replacement !== null && (status === 'replaced' || status === 'expired')) return 'follow-replacement'
  if (status === 'expired') return 'renew'
  const isLate = notBefore !== null && notAfter !== null && isLateInLife({ begins: notBefore, ends: notAfter }, now)
  if (status === 'expiring' && isLate) return 'renew-soon'
  if (status === 'not-yet-valid') return 'wait'
  if (status === 'no-client-use') return 'ask-for-other-use'
  if (renewal !== null && renewalStage(renewal) !== 'nothing-tested') return 'finish-renewal'
  if (status === 'waiting') return keyInVault ? 'send-request' : 'ask-again'
  const isThere = installs.some((install) => isInstalled(install, summary.sha256))
  if (!isThere) return keyInVault ? 'install' : 'ask-again'
  if (journey.trusted === 'next' && !summary.practice) return 'trust'
  if (journey.tested === 'failed') return 'look-at-test'
  if (journey.tested !== 'done') return 'test'
  return 'nothing'
}

/** Where one click installs it: the first place that can take it. */
export const mainStore = (stores: StoreState[] | undefined): StoreState | undefined =>
  stores?.find(({ writable, problem }) => writable && problem === null)
