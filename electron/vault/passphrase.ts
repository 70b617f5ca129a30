import type { Jobs } from '#electron/jobs/jobs'
import type { Random } from '#electron/platform/random'
import { AppError, isAppError } from '#shared/errors'
import { deriveKey, newDerivation, requireStrong } from './derive'
import type { PassphraseSlot } from './header'
import { seal, unseal } from './seal'

export async function wrapKey(
  masterKey: Uint8Array,
  keyId: Uint8Array,
  passphrase: string,
  { jobs, random }: { jobs: Jobs; random: Random },
): Promise<PassphraseSlot> {
  requireStrong(passphrase)
  const derivation = newDerivation(random)
  const nonce = random.bytes(12)
  const key = await deriveKey(passphrase, derivation, jobs)
  const sealed = seal({ masterKey: key, keyId, label: 'master-key' }, nonce, masterKey)
  key.fill(0)
  const wrapped = sealed.subarray(sealed.length - (32 + 16)).toString('hex')
  return { ...derivation, nonce: Buffer.from(nonce).toString('hex'), wrapped }
}

export async function unwrapKey(
  slot: PassphraseSlot,
  keyId: Uint8Array,
  passphrase: string,
  jobs: Jobs,
): Promise<Buffer> {
  const key = await deriveKey(passphrase, slot, jobs)
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
