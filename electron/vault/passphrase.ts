import type { Jobs } from '#electron/jobs/jobs'
import type { Random } from '#electron/platform/random'
import { AppError, isAppError } from '#shared/errors'
import type { PassphraseSlot } from './header'
import { seal, unseal } from './seal'

/** NIST SP 800-63B's floor for a secret that a person chooses. */
const shortest = 8

/** OWASP's recommendation for scrypt: 128 MiB, about half a second on a current laptop; run in a job. */
const parameters = { cost: 2 ** 17, blockSize: 8, parallel: 1 } as const

export async function wrapKey(
  masterKey: Uint8Array,
  keyId: Uint8Array,
  passphrase: string,
  { jobs, random }: { jobs: Jobs; random: Random },
): Promise<PassphraseSlot> {
  if ([...passphrase].length < shortest) throw new AppError('passphrase-weak', `At least ${shortest} characters.`)
  const salt = random.bytes(16)
  const nonce = random.bytes(12)
  const { key } = await jobs.run('derive-key', { passphrase: normalised(passphrase), salt, ...parameters })
  const sealed = seal({ masterKey: key, keyId, label: 'master-key' }, nonce, masterKey)
  key.fill(0)
  const wrapped = sealed.subarray(sealed.length - (32 + 16)).toString('hex')
  return { kdf: 'scrypt', ...parameters, salt: hex(salt), nonce: hex(nonce), wrapped }
}

export async function unwrapKey(
  slot: PassphraseSlot,
  keyId: Uint8Array,
  passphrase: string,
  jobs: Jobs,
): Promise<Buffer> {
  const { cost, blockSize, parallel } = slot
  const salt = Buffer.from(slot.salt, 'hex')
  const { key } = await jobs.run('derive-key', { passphrase: normalised(passphrase), salt, cost, blockSize, parallel })
  const sealed = Buffer.concat([
    Buffer.from('LKV1'),
    keyId,
    Buffer.from(slot.nonce, 'hex'),
    Buffer.from(slot.wrapped, 'hex'),
  ])
  try {
    return unseal({ masterKey: key, keyId, label: 'master-key' }, sealed)
  } catch (error) {
    if (isAppError(error, 'vault-damaged')) throw new AppError('passphrase-wrong')
    throw error
  } finally {
    key.fill(0)
  }
}

/** The same passphrase typed on another system may arrive decomposed; NFKC makes them equal (SP 800-63B, 5.1.1.2). */
const normalised = (passphrase: string) => passphrase.normalize('NFKC')
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
