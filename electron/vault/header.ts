import { z } from 'zod'

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`, 'u'))

/** scrypt (RFC 7914) with the parameters it was made with, so that they can be raised later. */
export const PassphraseSlot = z.strictObject({
  kdf: z.literal('scrypt'),
  cost: z
    .number()
    .int()
    .min(2 ** 17)
    .max(2 ** 22),
  blockSize: z.number().int().min(8).max(32),
  parallel: z.number().int().min(1).max(16),
  salt: hex(16),
  nonce: hex(12),
  /** The master key under AES-256-GCM, with the tag behind it. */
  wrapped: hex(32 + 16),
})
export type PassphraseSlot = z.infer<typeof PassphraseSlot>

/** `vault/header.json`: which master key the sealed files need and the ways to get at it. Holds no secret itself. */
export const Header = z.strictObject({
  version: z.literal(1),
  vaultId: z.uuid(),
  keyId: hex(16),
  /** Whether the credential store was given the key; it may have lost it since. */
  keyring: z.boolean(),
  passphrase: PassphraseSlot.nullable(),
})
export type Header = z.infer<typeof Header>

export const accountOf = (header: Pick<Header, 'vaultId'>) => `master-key:${header.vaultId}`
