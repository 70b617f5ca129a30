import { z } from 'zod'
import { parseJson } from '#electron/platform/parse-json'
import { AppError } from '#shared/errors'
import { Derivation, hexOf } from './derive'

export const PassphraseSlot = Derivation.safeExtend({
  nonce: hexOf(12),
  /** The master key under AES-256-GCM, with the tag behind it. */
  wrapped: hexOf(32 + 16),
})
export type PassphraseSlot = z.infer<typeof PassphraseSlot>

/** `vault/header.json`: which master key the sealed files need and the ways to get at it. Holds no secret itself. */
export const Header = z.strictObject({
  version: z.literal(1),
  vaultId: z.uuid(),
  keyId: hexOf(16),
  /** Whether the credential store was given the key; it may have lost it since. */
  keyring: z.boolean(),
  passphrase: PassphraseSlot.nullable(),
})
export type Header = z.infer<typeof Header>

export const keyIdOf = ({ keyId }: Pick<Header, 'keyId'>) => Buffer.from(keyId, 'hex')
export const accountOf = (header: Pick<Header, 'vaultId'>) => `master-key:${header.vaultId}`

/** The forms that this Latchkey reads and writes: of the vault's header, of sealed files and of locked keys alike. */
const KNOWN_VERSION = 1

const Versioned = z.looseObject({ version: z.number().int() })

/**
 * A header that states its version first, so that a newer format is not mistaken for a damaged one. Errors:
 * `vault-too-new`, `vault-damaged` with `what` in its detail.
 */
export function parseHeader<Header>(schema: z.ZodType<Header>, text: string, what: string): Header {
  const json = parseJson(text)
  const { version } = Versioned.safeParse(json).data ?? { version: KNOWN_VERSION }
  if (version > KNOWN_VERSION) throw tooNew(what, version)
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [own] = parsed.error.issues.filter(({ code }) => code === 'custom')
  throw new AppError('vault-damaged', `${what} ${own?.message ?? 'cannot be read.'}`)
}

/** The first four octets: three letters and the version as a digit. Errors: `vault-too-new`. */
export function isMagic(expected: Buffer, bytes: Uint8Array, what: string): boolean {
  const start = Buffer.from(bytes.subarray(0, expected.length))
  const version = start.at(-1) ?? 0
  const isOurs = start.length === expected.length && start.subarray(0, -1).equals(expected.subarray(0, -1))
  if (isOurs && isLaterDigit(version)) throw tooNew(what, version - zero)
  return start.equals(expected)
}

const zero = 0x30
const isLaterDigit = (octet: number) => octet > zero + KNOWN_VERSION && octet <= zero + 9

const tooNew = (what: string, version: number) =>
  new AppError('vault-too-new', `${what} has version ${version}, but this Latchkey knows ${KNOWN_VERSION}.`)
