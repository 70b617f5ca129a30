import { createContext, useContext } from 'react'
import type { Out } from '#shared/ipc/contract'
import type { SetupReview } from '#shared/model/setup-file'
import type { Arrival } from './arrivals'
import type { FileInspection } from './file-inspection'
import type { FileBatch } from './file-sources'

export type ImportOutcome = Out<'identities.import'>

export type Step =
  | { kind: 'idle' }
  /** `back`: where cancelling leads. */
  | { kind: 'working'; job: string; isReading: boolean; back: ImportState }
  | { kind: 'requests' }
  /** `file`: to be used once the person has agreed to what it says. */
  | { kind: 'setup'; file: Uint8Array<ArrayBuffer>; review: SetupReview }
  | { kind: 'outcome'; outcome: ImportOutcome }
  | { kind: 'failed'; error: unknown }
  | { kind: 'looking'; looking: FileInspection }
  /** Nothing is left to do but to say so. */
  | { kind: 'left-out' }

/** The files stay with every step: what was refused may still be looked at. */
export interface ImportState extends FileBatch {
  step: Step
}

export interface ImportActions {
  /** Opens the system's dialog. */
  choose(): Promise<void>
  /** Begins with what has arrived; false while other files are being read. */
  receive(arrival: Arrival): boolean
  tryPassword(password: string): Promise<void>
  /** Goes on without the file that has a password. */
  leaveClosed(): Promise<void>
  /** One of several certificates in the files that wait. */
  pick(certificate: string): Promise<void>
  /** What else is in the files, after one of them was added. */
  pickAnother(): void
  /** Shows what the files of this import hold, without filing anything. */
  look(): void
  chooseToLook(): Promise<void>
  /** Ends the reading; the files that were there before stay. */
  stop(): void
  close(): void
}

export const ImportContext = createContext<(ImportActions & { state: ImportState }) | null>(null)

export function useImport(): ImportActions & { state: ImportState } {
  const importing = useContext(ImportContext)
  if (importing === null) throw new Error('useImport outside ImportProvider')
  return importing
}
