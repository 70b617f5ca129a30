import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo, useRef, useState } from 'react'
import type { Out } from '#shared/ipc/contract'
import { call } from '../api'
import { DropAnywhere } from './DropAnywhere'
import { type Source, sourcesFrom } from './sources'

const ImportModal = lazy(() => import('./ImportModal').then((m) => ({ default: m.ImportModal })))

export type ImportOutcome = Out<'identities.import'>
export type ImportState =
  | { kind: 'idle' }
  | { kind: 'working' }
  | { kind: 'outcome'; outcome: ImportOutcome }
  | { kind: 'failed'; error: unknown }

interface Importing {
  state: ImportState
  /** Opens the system's dialog. */
  choose(): Promise<void>
  receive(sources: Source[]): Promise<void>
  receiveFiles(files: Iterable<File>): Promise<void>
  tryPassword(password: string): Promise<void>
  close(): void
}

const ImportContext = createContext<Importing | null>(null)

/** A certificate file may arrive from anywhere: dropped, pasted or chosen. There is one import at a time. */
export function ImportProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<ImportState>({ kind: 'idle' })
  const current = useRef(state)

  const importing = useMemo<Importing>(() => {
    function show(next: ImportState) {
      current.current = next
      setState(next)
    }

    async function run(ask: () => Promise<ImportOutcome | null>) {
      const before = current.current
      if (before.kind === 'working') return
      show({ kind: 'working' })
      try {
        const outcome = await ask()
        show(outcome === null ? before : { kind: 'outcome', outcome })
      } catch (error) {
        show({ kind: 'failed', error })
      }
    }

    /** A file that comes while another waits for its key joins it. */
    function staged(): string | null {
      const { current: now } = current
      return now.kind === 'outcome' && now.outcome.kind !== 'imported' ? now.outcome.staged : null
    }

    async function read(
      before: string | null,
      sources: Source[],
      password: string | null,
    ): Promise<ImportOutcome | null> {
      if (sources.length === 0 && before === null) return null
      return call('identities.import', { sources, password, staged: before })
    }

    return {
      state: { kind: 'idle' },
      async choose() {
        const before = staged()
        await run(async () => {
          const { tickets } = await call('files.choose', { verb: 'import' })
          if (tickets.length === 0) return null
          return read(
            before,
            tickets.map(({ id }) => ({ kind: 'ticket' as const, ticket: id })),
            null,
          )
        })
      },
      receive(sources) {
        const before = staged()
        return run(() => read(before, sources, null))
      },
      receiveFiles(files) {
        const before = staged()
        return run(async () => read(before, await sourcesFrom(files), null))
      },
      tryPassword(password) {
        const before = staged()
        return run(() => read(before, [], password))
      },
      close: () => show({ kind: 'idle' }),
    }
  }, [])

  const value = useMemo(() => ({ ...importing, state }), [importing, state])
  return (
    <ImportContext value={value}>
      {children}
      <DropAnywhere />
      {state.kind !== 'idle' && (
        <Suspense fallback={null}>
          <ImportModal />
        </Suspense>
      )}
    </ImportContext>
  )
}

export function useImport(): Importing {
  const importing = useContext(ImportContext)
  if (importing === null) throw new Error('useImport outside ImportProvider')
  return importing
}
