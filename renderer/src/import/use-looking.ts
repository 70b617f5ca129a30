import { useEffect, useSyncExternalStore } from 'react'
import type { Looked, Looking } from './looking'

/** Reads while it is shown; what was seen stays when something else is shown meanwhile. */
export function useLooking(looking: Looking): readonly Looked[] {
  const files = useSyncExternalStore(looking.subscribe, looking.list)
  useEffect(() => {
    void looking.start()
    return looking.stop
  }, [looking])
  return files
}
