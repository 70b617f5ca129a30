import { AppError, isAppError } from '#shared/errors'
import type { StoreId } from '#shared/model/ids'
import type { StoreState, Trust, TrustState } from '#shared/model/store'
import type { Undo, UndoStep } from '#shared/model/undo'
import type { StoreCertificate } from './certificate'

/** An identity as a store reports it when asked, never as we hope it is. */
export interface StoredIdentity {
  /** Lower-case hex SHA-256 of the certificate's DER. */
  sha256: string
  /** Nickname, label or friendly name in that store. */
  label: string
  commonName: string
  /** ISO 8601; null where the certificate does not hold a time. */
  notBefore: string | null
  notAfter: string | null
  keyPresent: boolean
  /** Every certificate up to a self-signed root was found in the store or is trusted by it. */
  chainPresent: boolean
  /** SHA-256 of those that were found, the nearest one first. */
  issuers: string[]
  /** DER: the certificate itself, then those issuers. */
  chain: Uint8Array[]
  trust: TrustState
}

/** Everything that a store holds of one key. */
export interface StoredKey {
  /** With the private key beside them or without it. */
  certificates: StoredIdentity[]
  /** It may lie there without a certificate. 'unknown' where the store finds a key only by way of a certificate. */
  privateKey: 'present' | 'absent' | 'unknown'
}

/** What `removeKey` found and took out; all of it was read back to be gone. */
export interface RemovedKey {
  certificates: StoredIdentity[]
  /** 'absent': there was none. 'unknown': there was no certificate to find it by. */
  privateKey: 'removed' | 'absent' | 'unknown'
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

/**
 * One certificate store of the operating system. Every method reads the truth from the store itself; `install`,
 * `setTrust` and both removals are idempotent, so that an interrupted operation can simply be repeated, and note before
 * each change how to take it back; whoever asked for the change does so when it fails, through `undo`.
 *
 * There are two removals. `removeCertificate` takes one install back: an earlier certificate of the same key, and then
 * the key too, stay. `removeKey` is what a person means by "uninstall": nothing of the key is left.
 *
 * Errors: `AppError` with a `store-*` or `trust-*` code, 'certificate-still-there' or 'key-not-confirmed'; cancelled by
 * the user, locked and missing tool are never confused.
 */
export interface CertificateStore {
  readonly id: StoreId
  describe(): Promise<StoreState>
  /** Certificates with their private key, whoever put them there; also those whose key the system names and does not open. */
  list(): Promise<StoredIdentity[]>
  /** Read back. `sha256`: lower-case hex over the DER. */
  find(sha256: string): Promise<StoredIdentity | null>
  /** What is there of the keys of `certificates` (DER): one answer for each, in their order. */
  keysOf(certificates: readonly Uint8Array[]): Promise<StoredKey[]>
  /** `p12`: PKCS#12 (3DES/SHA-1 with MAC, localKeyID), leaf and key only; `password`: one-time, base64. */
  install(p12: Uint8Array, password: string, options: InstallOptions, note?: NoteUndo): Promise<void>
  /** Withheld trust is not an error: it is a `TrustState` with its reason. */
  setTrust(options: InstallOptions, trust: Trust, note?: NoteUndo): Promise<TrustState>
  /**
   * Takes exactly this certificate (DER) and its trust out, and the private key unless another certificate in the store
   * uses it: how an install is taken back. The key goes also where an interrupted import left it without certificate.
   * Nothing there: nothing to do.
   */
  removeCertificate(certificate: Uint8Array, note?: NoteUndo): Promise<void>
  /**
   * Takes the private key of `certificate` (DER; it need not be there itself) out, and every certificate of that key
   * with its trust, whoever put them there: without their key they are of no use. Reads back that all of it is gone;
   * where the key is not seen to be gone, it fails with 'key-not-confirmed'.
   */
  removeKey(certificate: Uint8Array, note?: NoteUndo): Promise<RemovedKey>
  /**
   * Takes back, newest first. The steps may come from a database that somebody else wrote: whatever they say, nothing is
   * trusted for servers by them, and no certificate is taken out but the identity and its issuers.
   */
  undo(undo: Undo): Promise<UnrestoredTrust[]>
}

/** What it takes to say what a store holds. */
export type StoreReader = Pick<CertificateStore, 'id' | 'describe' | 'list'>

export const trusted: TrustState = { state: 'trusted', reason: null }

export const rootMissing: TrustState = {
  state: 'withheld',
  reason: 'The issuer’s root certificate is not in the chain, so there is nothing to trust.',
}

/** Whether the root among `issuers` (as `issuersOf` gives them) is one that the store trusts. */
export const isTrustedByRoot = <C extends StoreCertificate>(
  issuers: readonly C[],
  isTrusted: (root: C) => boolean,
): boolean => issuers.some((one) => one.selfSigned && isTrusted(one))

export const importNotConfirmed = () =>
  new AppError('store-not-confirmed', 'The certificate and its key were not both found after the import.')

/** What every store reports of a certificate. */
export function describeCertificate({ sha256, commonName, notBefore, notAfter }: StoreCertificate) {
  return { sha256, commonName, notBefore, notAfter }
}

/**
 * Throws 'key-not-confirmed' unless `isGone` answers yes. A store that cannot be read after the deletion proves nothing
 * either; what it said goes into the detail then.
 */
export async function confirmKeyGone(isGone: () => Promise<boolean>, detail: string): Promise<void> {
  let gone: boolean
  try {
    gone = await isGone()
  } catch (error) {
    if (!isAppError(error)) throw error
    throw new AppError('key-not-confirmed', error.detail ?? error.code, { cause: error })
  }
  if (!gone) throw new AppError('key-not-confirmed', detail)
}
