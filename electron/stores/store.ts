import type { StoreId } from '#shared/model/ids'
import type { StoreState, Trust, TrustState } from '#shared/model/store'
import type { Undo, UndoStep } from '#shared/model/undo'

/** An identity as a store reports it when asked, never as we hope it is. */
export interface StoredIdentity {
  /** Lower-case hex SHA-256 of the certificate's DER. */
  sha256: string
  /** Nickname, label or friendly name in that store. */
  label: string
  keyPresent: boolean
  /** Every certificate up to a self-signed root was found in the store or is trusted by it. */
  chainPresent: boolean
  trust: TrustState
}

export interface InstallOptions {
  /** What the store shows: "Ada Lovelace · Latchkey". */
  label: string
  /** DER of the leaf. */
  certificate: Uint8Array
  /** DER of the issuers, nearest first; may be empty. */
  chain: Uint8Array[]
}

/**
 * Called before a change with the way to take it back, and waited for: whoever is killed in the middle of the change has
 * it in writing. Steps are harmless where the change was never made.
 */
export type NoteUndo = (step: UndoStep) => Promise<void>

/** Trust for servers that a certificate had: never given back because a record says so, only by the person. */
export interface UnrestoredTrust {
  label: string
  /** For a shell. */
  command: string
}

/** For callers who need no journal, because they throw the whole store away. */
export const unnoted: NoteUndo = async () => {}

/** Every step that is noted is also kept, so that all of them can be taken back at once. */
export function keeping(note: NoteUndo): { steps: UndoStep[]; noted: NoteUndo } {
  const steps: UndoStep[] = []
  return {
    steps,
    async noted(step) {
      steps.push(step)
      await note(step)
    },
  }
}

/**
 * One certificate store of the operating system. Every method reads the truth from the store itself; `install`,
 * `setTrust` and `remove` are idempotent, so that an interrupted operation can simply be repeated, and note before each
 * change how to take it back.
 * Errors: `AppError` with a `store-*` or `trust-*` code; cancelled by the user, locked and missing tool are never confused.
 */
export interface CertificateStore {
  readonly id: StoreId
  describe(): Promise<StoreState>
  list(): Promise<StoredIdentity[]>
  /** Read back. `sha256`: lower-case hex over the DER. */
  find(sha256: string): Promise<StoredIdentity | null>
  /** `p12`: PKCS#12 (3DES/SHA-1 with MAC, localKeyID), leaf and key only; `password`: one-time, base64. */
  install(p12: Uint8Array, password: string, options: InstallOptions, note?: NoteUndo): Promise<Undo>
  /** Withheld trust is not an error: it is a `TrustState` with its reason. */
  setTrust(options: InstallOptions, trust: Trust, note?: NoteUndo): Promise<{ undo: Undo; trust: TrustState }>
  /** Certificate, private key (unless another certificate uses it) and trust. Nothing there: nothing to do. */
  remove(sha256: string, note?: NoteUndo): Promise<void>
  /**
   * Takes back, newest first. The steps may come from a database that somebody else wrote: whatever they say, nothing is
   * trusted for servers by them, and no certificate is taken out but the identity and its issuers.
   */
  undo(undo: Undo): Promise<UnrestoredTrust[]>
}
