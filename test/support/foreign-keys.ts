import type { OpenedFile } from '#electron/pki/containers/opened'
import { privateHalf } from './key-bytes'
import type { Workshop } from './openssl'

const options = {
  rsa: ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'p-256': ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'p-384': ['EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  'p-521': ['EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
} as const

export type ForeignKind = keyof typeof options

/** What a file holds, so that it can be compared: both halves of every key, and the certificates, as they are. */
export interface Held {
  keys: { privateHalf: string; publicHalf: string }[]
  certificates: string[]
}

/** Makes `<kind>.key` (PKCS#8) and `<kind>.pem` (for itself, CN=<kind>) with openssl; says what openssl reads in them. */
export async function makeForeignKey({ openssl, read }: Workshop, kind: ForeignKind): Promise<Held> {
  const key = `${kind}.key`
  await openssl('genpkey', '-algorithm', ...options[kind], '-out', key)
  await openssl('pkcs8', '-topk8', '-nocrypt', '-in', key, '-outform', 'DER', '-out', 'private.der')
  await openssl('pkey', '-in', key, '-pubout', '-outform', 'DER', '-out', 'public.der')
  await openssl('req', '-x509', '-key', key, '-subj', `/CN=${kind}`, '-days', '20', '-out', `${kind}.pem`)
  await openssl('x509', '-in', `${kind}.pem`, '-outform', 'DER', '-out', 'certificate.der')
  return {
    keys: [{ privateHalf: privateHalf(await read('private.der')), publicHalf: base64(await read('public.der')) }],
    certificates: [base64(await read('certificate.der'))],
  }
}

/** The same of a file that Latchkey opened, wholly. */
export function heldIn({ keys, certificates, failures }: OpenedFile): Held {
  if (failures.length > 0) throw new Error(JSON.stringify(failures))
  return {
    keys: keys.map(({ pkcs8, spki }) => ({ privateHalf: privateHalf(pkcs8), publicHalf: base64(spki) })),
    certificates: certificates.map(({ der }) => base64(der)),
  }
}

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
