import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '#electron/platform/parse-json'
import { AppError } from '#shared/errors'
import { Instant } from '#shared/model/ids'

/** Of the manifest of a feed. It has a few hundred octets and the notes of one release. */
export const MAX_MANIFEST_BYTES = 256 * 1024
/** Of a detached Ed25519 signature (RFC 8032 §5.1.6). */
export const SIGNATURE_BYTES = 64
const MAX_FILE_BYTES = 2 ** 30

/** A name in the folder of the feed, never a path or another server. */
const FileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,150}$/u)
/** Of a release. What is only tried out is never offered, so there are no suffixes. */
const ReleasedVersion = z.string().regex(/^(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}$/u)

const Manifest = z.object({
  format: z.literal(1),
  product: z.literal('latchkey'),
  system: z.string(),
  version: ReleasedVersion,
  releaseDate: Instant,
  /** A manifest is signed anew from time to time, so that an old one cannot be shown for long. */
  signed: Instant,
  expires: Instant,
  releaseNotes: z.string().max(100_000),
  files: z
    .array(
      z.object({
        url: FileName,
        sha512: z.base64().length(88),
        size: z.int().positive().max(MAX_FILE_BYTES),
      }),
    )
    .min(1)
    .max(10),
})
export type Manifest = z.infer<typeof Manifest>
export type ReleaseFile = Manifest['files'][number]

/**
 * The name of a system's manifest in the folder of a feed, as electron-updater's feeds have it, and what it must say of itself:
 * otherwise the manifest of another system, which has the same signer, would be taken for this one's.
 */
export function manifestOf(platform: NodeJS.Platform, arch: string): { name: string; system: string } {
  switch (platform) {
    case 'darwin':
      return { name: 'latest-mac.yml', system: 'darwin' }
    case 'win32':
      return { name: 'latest.yml', system: 'win32-x64' }
    default:
      return { name: arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${arch}.yml`, system: `linux-${arch}` }
  }
}

/**
 * Reads a manifest, but only with its signature. Input: the file as it came, 64 octets of an Ed25519 signature over it (RFC 8032),
 * the public key (SubjectPublicKeyInfo, DER, base64). The text is JSON, which YAML 1.2 includes. Errors: `update-untrusted`,
 * `update-damaged`.
 */
export function readManifest(bytes: Uint8Array, signature: Uint8Array, publicKey: string, system: string): Manifest {
  if (!isSigned(bytes, signature, publicKey))
    throw new AppError('update-untrusted', 'The signature of the manifest is not valid.')
  const { data } = Manifest.safeParse(parseJson(Buffer.from(bytes).toString('utf8')))
  if (data === undefined) throw new AppError('update-damaged', 'The manifest is signed, but cannot be read.')
  if (data.system !== system)
    throw new AppError('update-damaged', `The manifest is for another system (${data.system.slice(0, 40)}).`)
  return data
}

function isSigned(bytes: Uint8Array, signature: Uint8Array, publicKey: string): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, signature)
}
