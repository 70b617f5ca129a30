import { createCipheriv, createDecipheriv } from 'node:crypto'
import { z } from 'zod'
import type { Jobs } from '#electron/jobs/jobs'
import type { Random } from '#electron/platform/random'
import { AppError } from '#shared/errors'
import { Derivation, deriveKey, hexOf, newDerivation, requireStrong } from './derive'
import { isMagic, parseHeader } from './header'

/**
 * A secret behind a passphrase of its own, inside the vault's seal: the signing key of a CA, which an unlocked vault alone
 * must not open. Layout: magic, length of the header (two octets), header (JSON), AES-256-GCM ciphertext with its tag.
 * Everything before the ciphertext and the label are associated data.
 */
const magic = Buffer.from('LKP1')
const tagLength = 16

const Header = z.strictObject({ version: z.literal(1), nonce: hexOf(12), derivation: Derivation })
type Header = z.infer<typeof Header>

/** `label` names kind and record, so that locked secrets cannot be exchanged for one another. Errors: `passphrase-weak`. */
export async function lockSecret(
  secret: Uint8Array,
  label: string,
  passphrase: string,
  { jobs, random }: { jobs: Jobs; random: Random },
): Promise<Buffer> {
  requireStrong(passphrase)
  const header: Header = {
    version: 1,
    nonce: Buffer.from(random.bytes(12)).toString('hex'),
    derivation: newDerivation(random),
  }
  const head = headOf(JSON.stringify(header))
  const key = await deriveKey(passphrase, header.derivation, jobs)
  try {
    const cipher = createCipheriv('aes-256-gcm', key, Buffer.from(header.nonce, 'hex'))
    cipher.setAAD(Buffer.concat([head, Buffer.from(label)]))
    return Buffer.concat([head, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
  } finally {
    key.fill(0)
  }
}

/** The caller wipes what it gets. Errors: `passphrase-wrong` (also for altered content), `vault-damaged` for a broken form, `vault-too-new`. */
export async function unlockSecret(locked: Uint8Array, label: string, passphrase: string, jobs: Jobs): Promise<Buffer> {
  const { header, head, body, tag } = takeApart(locked)
  const key = await deriveKey(passphrase, header.derivation, jobs)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(header.nonce, 'hex'))
    decipher.setAAD(Buffer.concat([head, Buffer.from(label)]))
    decipher.setAuthTag(tag)
    return Buffer.concat([decipher.update(body), decipher.final()])
  } catch {
    throw new AppError('passphrase-wrong')
  } finally {
    key.fill(0)
  }
}

function headOf(json: string): Buffer {
  const text = Buffer.from(json)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(text.length)
  return Buffer.concat([magic, length, text])
}

function takeApart(locked: Uint8Array) {
  const bytes = Buffer.from(locked)
  const start = magic.length + 2
  if (!isMagic(magic, bytes, what) || bytes.length < start) throw damaged()
  const end = start + bytes.readUInt16BE(magic.length)
  if (bytes.length < end + tagLength) throw damaged()
  return {
    header: parseHeader(Header, bytes.subarray(start, end).toString('utf8'), what),
    head: bytes.subarray(0, end),
    body: bytes.subarray(end, bytes.length - tagLength),
    tag: bytes.subarray(bytes.length - tagLength),
  }
}

const what = 'A key behind a passphrase of its own'
const damaged = () => new AppError('vault-damaged', `${what} has an unknown format.`)
