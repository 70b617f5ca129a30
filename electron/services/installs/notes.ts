import type { NoteUndo, UnrestoredTrust } from '#electron/stores/store'
import type { StoreId } from '#shared/model/ids'
import type { Undo } from '#shared/model/undo'
import type { Note } from '../operations'
import type { InstallPorts } from './ports'

/** Collects how to take a store's changes back; each is in the journal before its change is made. */
export function notes<Payload extends { store: StoreId; undo: Undo[] }>(payload: Payload, note: Note<Payload>) {
  let current = payload
  const add: NoteUndo = async (step) => {
    current = { ...current, undo: [...current.undo, { store: current.store, steps: [step] }] }
    await note(current)
  }
  return { add, payload: () => current }
}

/** What an install records of trust and issuers. Nothing else is ever done because a record of an install says so. */
export const trustAndIssuers = (undo: Undo): Undo => ({
  ...undo,
  steps: undo.steps.filter((step) => step.kind === 'remove-certificate' || step.kind === 'restore-trust'),
})

/** Where the certificate itself is removed in another way, or stays. */
export const withoutRemoval = (undo: Undo): Undo => ({
  ...undo,
  steps: undo.steps.filter((step) => step.kind !== 'remove-identity'),
})

/** Records how the person can set the trust for servers again that a certificate lost in an interrupted operation. */
export async function tellUnrestored(
  { database, clock }: Pick<InstallPorts, 'database' | 'clock'>,
  unrestored: UnrestoredTrust[],
): Promise<void> {
  for (const { label, command } of unrestored) {
    const sentence = `It was restored without its trust for websites, which recovery never sets. To set it: ${command}`
    await database.activity.append({ at: clock.now().toISOString(), kind: 'recovered', about: label, sentence })
  }
}

/** Once the certificate that needed them is gone. */
export const issuersOnly = (undo: Undo): Undo => ({
  ...undo,
  steps: undo.steps.filter((step) => step.kind === 'remove-certificate'),
})
