import { AppError } from '#shared/errors'
import type { VaultState } from '#shared/model/vault'
import type { Header } from './header'
import type { KeyringAnswer } from './keyring'

/** What the keyring said last, and about which key. */
export interface Look {
  keyId: string | null
  use: VaultState['keyring']
  problem: string | null
}

export const lookOf = (keyId: string | null, answer: KeyringAnswer<unknown>): Look =>
  answer.kind === 'answer'
    ? { keyId, use: 'usable', problem: null }
    : { keyId, use: answer.kind, problem: answer.reason }

export interface Seen {
  header: Header | null
  sealedFiles: number
  isOpen: boolean
  isLockedOnPurpose: boolean
  look: Look
  keyringName: string
}

export function describe(seen: Seen): VaultState {
  const { header, sealedFiles, isLockedOnPurpose, look, keyringName } = seen
  const state = stateOf(seen)
  return {
    state,
    lockedOnPurpose: state === 'locked' && isLockedOnPurpose,
    keyring: look.use,
    keyringProblem: look.problem,
    hasPassphrase: header !== null && header.passphrase !== null,
    sealedFiles,
    keptIn: header === null || header.keyring ? keyringName : 'passphrase',
  }
}

function stateOf({ header, sealedFiles, isOpen, isLockedOnPurpose, look }: Seen): VaultState['state'] {
  if (isOpen) return 'unlocked'
  if (header !== null && isLockedOnPurpose) return 'locked'
  // Lost is only what the keyring, open and answering, does not have and no passphrase opens either.
  const isLost = header === null || (header.keyring && look.use === 'usable' && header.passphrase === null)
  if (!isLost) return 'locked'
  return sealedFiles > 0 ? 'key-lost' : 'new'
}

/** What keeps the keys closed, as the question that has to be asked. Null: they are open, or the first one can be made. */
export function closedBy({ state, keyring, hasPassphrase, lockedOnPurpose, sealedFiles }: VaultState): AppError | null {
  switch (state) {
    case 'unlocked':
      return null
    case 'new':
      if (keyring === 'usable') return null
      return new AppError(keyring === 'locked' ? 'keyring-locked' : 'passphrase-needed')
    case 'key-lost':
      return new AppError('vault-key-lost', `Sealed files that cannot be read: ${sealedFiles}`)
    case 'locked':
      return new AppError(
        keyring === 'locked' && !hasPassphrase && !lockedOnPurpose ? 'keyring-locked' : 'vault-locked',
      )
  }
}
