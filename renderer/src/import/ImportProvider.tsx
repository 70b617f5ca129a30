import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import { call } from '../api'
import { UnseenWaiting } from '../components/Waiting'
import { DropAnywhere } from './DropAnywhere'
import { fileTaker } from './file-taker'
import { ImportContext, useImport } from './import-context'
import { createImporter, nothingYet } from './importer'

const ImportModal = lazy(() => import('./ImportModal').then((m) => ({ default: m.ImportModal })))

/**
 * A certificate file may arrive from anywhere: dropped, pasted or chosen. There is one import at a time. It is kept above the
 * gate, so that it goes on after the keys were locked and unlocked.
 */
export function ImportProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState(nothingYet)
  const [importing] = useState(() =>
    createImporter({
      choose: () => call('files.choose', undefined),
      read: (input) => call('identities.import', input),
      inspect: (input) => call('files.inspect', input),
      reviewSetup: (input) => call('setup.review', input),
      cancel: (job) => void call('jobs.cancel', { job }).catch(() => undefined),
      taker: fileTaker,
      show: setState,
    }),
  )
  const value = useMemo(() => ({ ...importing, state }), [importing, state])
  return <ImportContext value={value}>{children}</ImportContext>
}

/** What is seen of the import, where the keys are not locked. */
export function ImportWindow() {
  const { state } = useImport()
  return (
    <>
      <DropAnywhere />
      {state.step.kind !== 'idle' && (
        <Suspense fallback={<UnseenWaiting />}>
          <ImportModal />
        </Suspense>
      )}
    </>
  )
}
