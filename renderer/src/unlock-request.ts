import { createStore, useStore } from './store'

/** Calls that wait until the keys are unlocked, or until the person declines. */
const waiting = createStore<((isOpen: boolean) => void)[]>([])

/** Opens the passphrase prompt over the screen; true once the keys are unlocked. */
export function askToUnlock(): Promise<boolean> {
  return new Promise((resolve) => waiting.set([...waiting.get(), resolve]))
}

export function settleUnlock(isOpen: boolean): void {
  const asked = waiting.get()
  waiting.set([])
  for (const resolve of asked) resolve(isOpen)
}

export const useUnlockRequest = (): boolean => useStore(waiting, ({ length }) => length > 0)
