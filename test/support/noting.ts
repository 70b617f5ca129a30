import type { CertificateStore, NoteUndo } from '#electron/stores/store'
import type { Undo, UndoStep } from '#shared/model/undo'

/** A change in a store as an operation makes it: what it notes is taken back when it fails, and handed out when it does not. */
export async function noting<Result>(
  store: CertificateStore,
  change: (note: NoteUndo) => Promise<Result>,
): Promise<{ undo: Undo; result: Result }> {
  const steps: UndoStep[] = []
  const undo: Undo = { store: store.id, steps }
  try {
    return { result: await change(async (step) => void steps.push(step)), undo }
  } catch (error) {
    await store.undo(undo)
    throw error
  }
}
