import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { VaultState } from '#shared/model/vault'
import { useAnswer } from '../api'
import { UnseenWaiting } from '../components/Waiting'
import { useUnlockRequest } from '../unlock-request'
import { useStartState } from './start-state'

const ClosedVault = lazy(() => import('../vault/ClosedVault').then((m) => ({ default: m.ClosedVault })))
const FailedStart = lazy(() => import('../vault/FailedStart').then((m) => ({ default: m.FailedStart })))
const UnlockPrompt = lazy(() => import('../vault/UnlockPrompt').then((m) => ({ default: m.UnlockPrompt })))

/** Asks for what opens the keys at the start. Where there are none yet, nobody is asked before something needs one. */
export function VaultGate({ children }: { children: ReactNode }) {
  const { data: vault, error, isFetching, refetch } = useAnswer('vault.state', undefined)
  const [isLooking, setLooking] = useState(false)
  const isAsked = useUnlockRequest()
  useStartState(error !== null ? 'failed' : vault === undefined ? 'listening' : 'answered')
  if (error !== null && !isLooking) {
    return (
      <Suspense fallback={<UnseenWaiting />}>
        <FailedStart
          error={error}
          isRetrying={isFetching}
          onRetry={() => void refetch()}
          onLook={() => setLooking(true)}
        />
      </Suspense>
    )
  }
  // With a usable keyring there is no gate, so the screen does not wait for the answer.
  const closed = vault !== undefined && isClosed(vault) && !isLooking ? vault : null
  return (
    <>
      {closed === null && children}
      <Suspense fallback={<UnseenWaiting />}>
        {closed !== null && <ClosedVault vault={closed} onLook={() => setLooking(true)} />}
        {closed === null && vault !== undefined && isAsked && <UnlockPrompt vault={vault} />}
      </Suspense>
    </>
  )
}

/** Whoever locked the keys keeps the window, and what was typed into it: only what needs a key asks. */
const isClosed = ({ state, lockedOnPurpose }: VaultState): boolean => state === 'locked' && !lockedOnPurpose
