import type { Clock } from '#electron/platform/clock'
import type { UnlockedKey } from '#shared/model/authority'
import type { AuthorityId, StagedId } from '#shared/model/ids'
import type { Changed } from '../changes'

/** From the moment it is unlocked, however often it signs. */
export const UNLOCKED_MINUTES = 5
/** Somebody who compares key codes on the telephone may not touch the computer for a moment. */
const MAX_IDLE_SECONDS = 120

export interface UnlockedKeyPorts {
  /** The window of a system that tells when its screen is locked; otherwise the passphrase is asked for each time. */
  staysUnlocked: boolean
  clock: Clock
  changed: Changed
  /** Calls once, so many milliseconds later; the answer takes it back. */
  later(milliseconds: number, act: () => void): () => void
}

interface Held {
  authority: AuthorityId
  batch: StagedId
  key: Uint8Array
  until: number
  cancel(): void
}

/**
 * At most one signing key, in memory only, for one reviewed batch and five minutes. It goes when time, batch or idleness end it,
 * when the keys are locked, the computer sleeps or is left, and when the app quits.
 */
export function createUnlockedKey({ staysUnlocked, clock, changed, later }: UnlockedKeyPorts) {
  let held: Held | null = null

  function forget(): void {
    if (held === null) return
    held.key.fill(0)
    held.cancel()
    held = null
    changed('authorities')
  }

  /** Timers stop while the computer sleeps, so the clock is asked whenever it matters. */
  function current(): Held | null {
    const now = clock.now().getTime()
    // A clock that was put back must not lengthen it.
    const isOver = held !== null && (now >= held.until || now < held.until - UNLOCKED_MINUTES * 60_000)
    if (isOver) forget()
    return held
  }

  return {
    staysUnlocked,
    /** Takes the key over, and wipes it in the end. */
    hold(authority: AuthorityId, batch: StagedId, key: Uint8Array): void {
      forget()
      const milliseconds = UNLOCKED_MINUTES * 60_000
      const until = clock.now().getTime() + milliseconds
      held = { authority, batch, key, until, cancel: later(milliseconds, forget) }
      changed('authorities')
    },
    /** A copy for one signature, which the caller wipes; null where the passphrase is needed. */
    copyFor(authority: AuthorityId, batch: StagedId): Uint8Array | null {
      const found = current()
      return found?.authority === authority && found.batch === batch ? Uint8Array.from(found.key) : null
    },
    state(): UnlockedKey | null {
      const found = current()
      if (found === null) return null
      const { authority, batch, until } = found
      return { authority, batch, until: new Date(until).toISOString() }
    },
    forget,
    /** `seconds`: how long nobody has used the computer; infinity when it was left. */
    noteIdle(seconds: number): void {
      if (seconds >= MAX_IDLE_SECONDS) forget()
    },
    /** Another batch was read, or everything in it is signed. */
    endBatch(batch: StagedId): void {
      if (held?.batch === batch) forget()
    },
  }
}

export type UnlockedKeyHolder = ReturnType<typeof createUnlockedKey>
