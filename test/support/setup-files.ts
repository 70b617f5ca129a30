import { generateKeyPairSync, sign } from 'node:crypto'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')

/** Any octets as the content of a set-up file, signed as its format says, by somebody who can write what they like. */
export function signedSetupText(text: string | Uint8Array, version = '1'): Uint8Array {
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(12).toString('base64url')
  const body = Buffer.from(text)
  const bytes = Buffer.concat([Buffer.from(`latchkey-setup ${version} ${raw}\n`), body])
  const signature = sign(null, bytes, privateKey).toString('base64url')
  return Buffer.concat([Buffer.from(`latchkey-setup ${version} ${raw} ${signature}\n`), body])
}
