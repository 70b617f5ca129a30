import { z } from 'zod'
import type { Jobs } from '#electron/jobs/jobs'
import type { Random } from '#electron/platform/random'
import { isScryptCost, isTooCostly } from '#electron/platform/scrypt-cost'
import { AppError } from '#shared/errors'

export const hexOf = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`, 'u'))

/**
 * scrypt (RFC 7914) with the parameters it was made with, so that they can be raised later. A floor for each number keeps a
 * changed file from making passphrases cheap to guess, the bound on their product from making the computer busy for hours.
 */
export const Derivation = z
  .strictObject({
    kdf: z.literal('scrypt'),
    cost: z
      .number()
      .int()
      .min(2 ** 17),
    blockSize: z.number().int().min(8),
    parallel: z.number().int().min(1),
    salt: hexOf(16),
  })
  .refine(isScryptCost, 'names parameters that scrypt does not take.')
  .refine((asked) => !isTooCostly(asked), 'asks for more computing than Latchkey ever does.')
export type Derivation = z.infer<typeof Derivation>

/** NIST SP 800-63B's floor for a secret that a person chooses. */
const shortest = 8

export function requireStrong(passphrase: string): void {
  if ([...passphrase].length < shortest) throw new AppError('passphrase-weak', `At least ${shortest} characters.`)
}

/** OWASP's recommendation for scrypt: 128 MiB, about half a second on a current laptop; run in a job. */
export const newDerivation = (random: Random): Derivation => ({
  kdf: 'scrypt',
  cost: 2 ** 17,
  blockSize: 8,
  parallel: 1,
  salt: Buffer.from(random.bytes(16)).toString('hex'),
})

/**
 * 32 bytes; the caller wipes them. The same passphrase typed on another system may arrive decomposed; NFKC makes them
 * equal (SP 800-63B, 5.1.1.2).
 */
export async function deriveKey(
  passphrase: string,
  { cost, blockSize, parallel, salt }: Derivation,
  jobs: Jobs,
): Promise<Uint8Array> {
  const { key } = await jobs.run('derive-key', {
    passphrase: passphrase.normalize('NFKC'),
    salt: Buffer.from(salt, 'hex'),
    cost,
    blockSize,
    parallel,
  })
  return key
}
