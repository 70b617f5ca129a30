import { AppError } from '#shared/errors'

const units: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}

/** Go counts nanoseconds in 63 bits: about 292 years. */
const MAX_MS = 2 ** 63 / 1e6

/**
 * Parses a Go duration (`time.ParseDuration`), such as `8760h`, `1h30m`, `.5h`, `-1h` or `0`, into milliseconds. Go has no unit
 * for days or years, which is why lifetimes are in hours. Errors: `invalid-input`.
 */
export function parseDuration(text: string): number {
  const [, sign, digits = ''] = /^([-+]?)(.*)$/su.exec(text) ?? []
  const parts = [...digits.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gu)]
  const isWhole = digits === '0' || (parts.length > 0 && parts.map(([part]) => part).join('') === digits)
  const sum = parts.reduce((total, [, number, unit]) => total + Number(number) * (units[unit ?? ''] ?? 0), 0)
  if (!isWhole || sum >= MAX_MS)
    throw new AppError('invalid-input', `“${text}” is not a duration. Expected, for example, 8760h.`)
  return sign === '-' ? -sum : sum
}

/** The same for a lifetime, which cfssl would also sign with an end before its beginning. Errors: `invalid-input`. */
export function parseLifetime(text: string): number {
  const duration = parseDuration(text)
  if (duration <= 0)
    throw new AppError('invalid-input', `The expiry “${text}” is not positive. Expected, for example, 8760h.`)
  return duration
}

export const hours = (count: number): string => `${count}h`
