import { useEffect, useState } from 'react'
import { call } from '../api'
import { createLooking, type Looked, type Looking } from './looking'
import type { Arrived } from './sources'

/** Begins at once; a window that is closed leaves nothing running behind it. */
export function useLooking(given: Arrived[]): { files: readonly Looked[]; looking: Looking } {
  const [files, setFiles] = useState<readonly Looked[]>([])
  const [looking] = useState(() =>
    createLooking(given, {
      inspect: (input) => call('files.inspect', input),
      cancel: (job) => void call('jobs.cancel', { job }).catch(() => undefined),
      show: setFiles,
    }),
  )
  useEffect(() => {
    void looking.start()
    return looking.stop
  }, [looking])
  return { files, looking }
}
