import { z } from 'zod'
import { AppError } from '#shared/errors'

/** The forms that this Latchkey reads and writes: of the vault's header, of sealed files and of locked keys alike. */
const KNOWN_VERSION = 1

const Versioned = z.looseObject({ version: z.number().int() })

/**
 * A header that says its own version first, so that a form of the future is told from a damaged one. Errors:
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
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
  new AppError('vault-too-new', `${what} is of version ${version}, this Latchkey knows ${KNOWN_VERSION}.`)
