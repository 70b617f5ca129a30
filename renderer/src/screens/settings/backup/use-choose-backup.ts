import { useState } from 'react'
import type { Out } from '#shared/ipc/contract'
import { call } from '../../../api'
import { createStore } from '../../../store'

export type ChosenBackup = NonNullable<Out<'backup.choose'>>

/** The file that is being restored. Its window stands over every screen: what comes back may change the one that asked. */
export const chosenBackup = createStore<ChosenBackup | null>(null)

/** Asks for a file to restore. */
export function useChooseBackup() {
  const [error, setError] = useState<unknown>(null)

  async function choose() {
    setError(null)
    try {
      chosenBackup.set(await call('backup.choose', undefined))
    } catch (problem) {
      setError(problem)
    }
  }

  return { error, choose }
}
