import { createContext, useContext } from 'react'
import type { Out } from '#shared/ipc/contract'
import type { Source } from './sources'

export type ImportOutcome = Out<'identities.import'>
export type ImportState =
  | { kind: 'idle' }
  | { kind: 'working' }
  | { kind: 'requests'; sources: Source[] }
  | { kind: 'outcome'; outcome: ImportOutcome }
  | { kind: 'failed'; error: unknown }

export interface Importing {
  state: ImportState
  /** Opens the system's dialog. */
  choose(): Promise<void>
  receive(sources: Source[]): Promise<void>
  receiveFiles(files: Iterable<File>): Promise<void>
  tryPassword(password: string): Promise<void>
  close(): void
}

export const ImportContext = createContext<Importing | null>(null)

export function useImport(): Importing {
  const importing = useContext(ImportContext)
  if (importing === null) throw new Error('useImport outside ImportProvider')
  return importing
}
