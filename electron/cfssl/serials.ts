import { AppError } from '#shared/errors'
import type { CfsslWarning } from './files'

export type SerialSpelling = 'hex' | 'decimal'

/**
 * Reads `serials.txt`, one serial number per line, and returns hex with colons, as `pki/crl/write.ts` expects. The walkthrough
 * asks for hex, but `cfssl gencrl` reads decimal and silently revokes another certificate (measured with 1.2.0). A number with
 * letters or colons can only be hex; for one of several digits alone, `spelling` is required. Errors: `invalid-input` with the line.
 */
export function readSerials(
  text: string,
  spelling: SerialSpelling | null,
): { serials: string[]; warnings: CfsslWarning[] } {
  const lines = text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  const serials = lines.map((line) => readSerial(line, spelling))
  const hex = lines.filter(isSurelyHex)
  const warnings: CfsslWarning[] =
    hex.length === 0
      ? []
      : [
          {
            code: 'serial-spelling',
            sentence: `${hex.length} serial ${hex.length === 1 ? 'number is' : 'numbers are'} written in hex. cfssl itself reads decimal only and would have failed or revoked another certificate.`,
          },
        ]
  return { serials, warnings }
}

function readSerial(line: string, spelling: SerialSpelling | null): string {
  const digits = line.replace(/^0x/iu, '').replaceAll(':', '')
  if (!/^[0-9a-f]{1,64}$/iu.test(digits)) throw new AppError('invalid-input', `“${line}” is not a serial number.`)
  if (isSurelyHex(line) || isSameInBoth(digits) || spelling === 'hex') return pairs(digits)
  if (spelling === 'decimal') return pairs(BigInt(digits).toString(16))
  throw new AppError(
    'invalid-input',
    `“${line}” could be hex or decimal. Use --serials hex or --serials decimal. openssl and Latchkey show hex, cfssl reads decimal.`,
  )
}

/** A number below ten. */
const isSameInBoth = (digits: string) => /^0*\d$/u.test(digits)

const isSurelyHex = (line: string) => /^0x|:|[a-f]/iu.test(line)

const pairs = (hex: string) =>
  hex
    .padStart(hex.length + (hex.length % 2), '0')
    .toUpperCase()
    .match(/../gu)
    ?.join(':') ?? ''
