import type { NoteUndo } from '#electron/stores/store'
import type { StoreId } from '#shared/model/ids'
import type { Undo } from '#shared/model/undo'
import type { Note } from '../operations'

/** Collects how to take a store's changes back; each is in the journal before its change is made. */
export function notes<Payload extends { store: StoreId; undo: Undo[] }>(payload: Payload, note: Note<Payload>) {
  let current = payload
  const add: NoteUndo = async (step) => {
    current = { ...current, undo: [...current.undo, { store: current.store, steps: [step] }] }
    await note(current)
  }
  return { add, payload: () => current }
}

/** For whoever takes the certificate itself out in another way, or leaves it. */
export const withoutRemoval = (undo: Undo): Undo => ({
  ...undo,
  steps: undo.steps.filter((step) => step.kind !== 'remove-identity'),
})
