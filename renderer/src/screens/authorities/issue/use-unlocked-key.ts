import { useEffect } from 'react'
import type { AuthoritySummary } from '#shared/model/authority'
import { call, useAnswer } from '../../../api'

/** Whether the issuer's key stays unlocked for this batch, and may. */
export interface UnlockedForBatch {
  isOffered: boolean
  isHeld: boolean
  /** When it ends; null where it is not held. */
  until: string | null
  unlock(passphrase: string): Promise<void>
}

/** The key is forgotten when the batch leaves the screen. */
export function useUnlockedKey(issuer: AuthoritySummary, batch: string): UnlockedForBatch {
  const { data } = useAnswer('authorities.unlocked', undefined)
  useEffect(() => () => void call('authorities.forgetKey', undefined).catch(() => undefined), [])
  const key = data?.key ?? null
  const isHeld = key !== null && key.authority === issuer.id && key.batch === batch
  return {
    isOffered: data?.offered === true && issuer.hasKey && !issuer.isRoot,
    isHeld,
    until: isHeld ? key.until : null,
    unlock: async (passphrase) => void (await call('authorities.unlock', { authority: issuer.id, batch, passphrase })),
  }
}
