import type { VaultState } from '#shared/model/vault'
import type { Header } from './header'
import type { KeyringAnswer } from './vault-ports'

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
  look: Look
  keyringName: string
}

export function describe({ header, sealedFiles, isOpen, look, keyringName }: Seen): VaultState {
  return {
    state: stateOf(header, sealedFiles, isOpen, look),
    keyring: look.use,
    keyringProblem: look.problem,
    hasPassphrase: header !== null && header.passphrase !== null,
    sealedFiles,
    keptIn: header === null || header.keyring ? keyringName : 'passphrase',
  }
}

function stateOf(header: Header | null, sealedFiles: number, isOpen: boolean, look: Look): VaultState['state'] {
  if (isOpen) return 'unlocked'
  // Lost is only what the keyring, open and answering, does not have and no passphrase opens either.
  const isLost = header === null || (header.keyring && look.use === 'usable' && header.passphrase === null)
  if (!isLost) return 'locked'
  return sealedFiles > 0 ? 'key-lost' : 'new'
}
