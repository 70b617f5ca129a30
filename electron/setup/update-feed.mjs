import { createPublicKey } from 'node:crypto'
import { stop } from './say.mjs'

/**
 * Where the app that is built gets its updates: LATCHKEY_UPDATE_FEED, the https address of the folder with its manifests, and
 * LATCHKEY_UPDATE_KEY, the public key that verifies them (Ed25519, PEM, or DER in base64). Without them, it gets none. Those for
 * tests are for the app that runs (`platform/environment.ts`), not for the build.
 *
 * @returns {{ url: string, publicKey: string }} Empty, or the key as DER in base64.
 */
export function updateFeed() {
  const url = process.env.LATCHKEY_UPDATE_FEED ?? ''
  const key = process.env.LATCHKEY_UPDATE_KEY ?? ''
  if (process.env.LATCHKEY_TEST === '1' || (url === '' && key === '')) return { url: '', publicKey: '' }
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') {
    return stop(
      'LATCHKEY_UPDATE_FEED is not an https address.',
      'Set it to the folder with the manifests, or unset both.',
    )
  }
  try {
    const read = createPublicKey(
      key.includes('-----') ? key : { key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' },
    )
    if (read.asymmetricKeyType !== 'ed25519') throw new Error('another kind of key')
    return { url, publicKey: read.export({ type: 'spki', format: 'der' }).toString('base64') }
  } catch {
    return stop('LATCHKEY_UPDATE_KEY is not an Ed25519 public key.', 'openssl pkey -in PRIVATE.pem -pubout')
  }
}
