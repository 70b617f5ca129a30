import { useSyncExternalStore } from 'react'

/** Calls that wait until the keys are open, or until the person would rather not. */
let waiting: ((isOpen: boolean) => void)[] = []
const listeners = new Set<() => void>()

function change(next: typeof waiting): void {
  waiting = next
  for (const listener of listeners) listener()
}

/** Opens the passphrase prompt over the screen; true once the keys are open. */
export function askToUnlock(): Promise<boolean> {
  return new Promise((resolve) => change([...waiting, resolve]))
}

export function settleUnlock(isOpen: boolean): void {
  const asked = waiting
  change([])
  for (const resolve of asked) resolve(isOpen)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useUnlockRequest = (): boolean => useSyncExternalStore(subscribe, () => waiting.length > 0)
