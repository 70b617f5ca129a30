import { z } from 'zod'

/** The keys Latchkey makes: those Access accepts (RSA and the NIST curves). The walkthrough's own choice comes first. */
export const KeyAlgorithm = z.enum(['rsa-2048', 'rsa-3072', 'rsa-4096', 'p-256', 'p-384', 'p-521'])
export type KeyAlgorithm = z.infer<typeof KeyAlgorithm>

/**
 * The short code two people compare aloud to be sure they speak of the same key: the first 80 bits of the SHA-256 over
 * the DER SubjectPublicKeyInfo, as four groups of four base32 characters (RFC 4648 alphabet). Example `K7QD-2M5A-XWPL-3ROB`.
 */
export const KeyCode = z
  .string()
  .regex(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/u)
  .brand<'KeyCode'>()
export type KeyCode = z.infer<typeof KeyCode>
