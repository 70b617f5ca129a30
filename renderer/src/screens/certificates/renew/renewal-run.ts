import { call } from '../../../api'
import { newJob } from '../../../progress'
import { createStore, useStore } from '../../../store'

interface RenewalRun {
  /** The new certificate that is being installed and tested. */
  running: string | null
  /** What went wrong last, and with which. */
  failed: { identity: string; error: unknown } | null
}

/** Leaving the page neither stops it nor forgets what went wrong. */
const current = createStore<RenewalRun>({ running: null, failed: null })

export async function continueRenewal(identity: string): Promise<void> {
  if (current.get().running !== null) return
  current.set({ running: identity, failed: null })
  try {
    await call('identities.continueRenewal', { identity, job: newJob() })
    current.set({ running: null, failed: null })
  } catch (error) {
    current.set({ running: null, failed: { identity, error } })
  }
}

export const useRenewalRun = (): RenewalRun => useStore(current)
