import { lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react'
import { call } from '../api'
import { chooseFiles } from './choose-files'
import { DropAnywhere } from './DropAnywhere'
import { fileTaker } from './file-taker'
import { ImportContext, type Importing, type ImportState } from './import-context'
import { areRequests } from './requests'
import { type Source, sourcesFrom } from './sources'

const ImportModal = lazy(() => import('./ImportModal').then((m) => ({ default: m.ImportModal })))

/** A certificate file may arrive from anywhere: dropped, pasted or chosen. There is one import at a time. */
export function ImportProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<ImportState>({ kind: 'idle' })
  const current = useRef(state)

  const importing = useMemo<Importing>(() => {
    function show(next: ImportState) {
      current.current = next
      setState(next)
    }

    async function run(ask: () => Promise<ImportState | null>, sources: () => Source[] = () => []) {
      const before = current.current
      if (before.kind === 'working') return
      show({ kind: 'working' })
      try {
        show((await ask()) ?? before)
      } catch (error) {
        show({ kind: 'failed', error, sources: sources().filter(({ kind }) => kind === 'bytes') })
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
    ): Promise<ImportState | null> {
      if (sources.length === 0 && before === null) return null
      return { kind: 'outcome', outcome: await call('identities.import', { sources, password, staged: before }) }
    }

    /** To the form that is open for files, to an issuer, or into this import. */
    async function take(get: () => Promise<Source[]>) {
      const before = staged()
      const taker = fileTaker()
      if (taker === null) {
        let taken: Source[] = []
        return run(
          async () => {
            taken = await get()
            const sources = taken
            return before === null && areRequests(sources) ? { kind: 'requests', sources } : read(before, sources, null)
          },
          () => taken,
        )
      }
      try {
        taker(await get())
      } catch (error) {
        show({ kind: 'failed', error, sources: [] })
      }
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
      receive: (sources) => take(async () => sources),
      receiveFiles: (files) => take(() => sourcesFrom(files)),
      tryPassword(password) {
        const before = staged()
        return run(() => read(before, [], password))
      },
      look: (sources) => show({ kind: 'looking', sources }),
      async chooseToLook() {
        const files = await chooseFiles()
        if (files.length > 0) await run(async () => ({ kind: 'looking', sources: await sourcesFrom(files) }))
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
