import { z } from 'zod'
import { Derivation, hexOf } from './derive'

export const PassphraseSlot = Derivation.safeExtend({
  nonce: hexOf(12),
  /** The master key under AES-256-GCM, with the tag behind it. */
  wrapped: hexOf(32 + 16),
})
export type PassphraseSlot = z.infer<typeof PassphraseSlot>

/** `vault/header.json`: which master key the sealed files need and the ways to get at it. Holds no secret itself. */
export const Header = z.strictObject({
  version: z.literal(1),
  vaultId: z.uuid(),
  keyId: hexOf(16),
  /** Whether the credential store was given the key; it may have lost it since. */
  keyring: z.boolean(),
  passphrase: PassphraseSlot.nullable(),
})
export type Header = z.infer<typeof Header>

export const keyIdOf = ({ keyId }: Pick<Header, 'keyId'>) => Buffer.from(keyId, 'hex')
export const accountOf = (header: Pick<Header, 'vaultId'>) => `master-key:${header.vaultId}`
