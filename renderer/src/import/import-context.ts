import { createContext, useContext } from 'react'
import type { Out } from '#shared/ipc/contract'
import type { Source } from './sources'

export type ImportOutcome = Out<'identities.import'>
export type ImportState =
  | { kind: 'idle' }
  | { kind: 'working' }
  | { kind: 'requests'; sources: Source[] }
  | { kind: 'outcome'; outcome: ImportOutcome }
  /** What was refused may still be looked at; files behind a ticket are gone by then. */
  | { kind: 'failed'; error: unknown; sources: Source[] }
  | { kind: 'looking'; sources: Source[] }

export interface Importing {
  state: ImportState
  /** Opens the system's dialog. */
  choose(): Promise<void>
  receive(sources: Source[]): Promise<void>
  receiveFiles(files: Iterable<File>): Promise<void>
  tryPassword(password: string): Promise<void>
  /** Shows what files hold, without filing anything. */
  look(sources: Source[]): void
  chooseToLook(): Promise<void>
  close(): void
}

export const ImportContext = createContext<Importing | null>(null)

export function useImport(): Importing {
  const importing = useContext(ImportContext)
  if (importing === null) throw new Error('useImport outside ImportProvider')
  return importing
}
