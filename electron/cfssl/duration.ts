import { AppError } from '#shared/errors'

const units: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/**
 * Parses a Go duration (`time.ParseDuration`), such as `8760h`, `1h30m` or `90s`, into milliseconds. Go has no unit for days
 * or years, which is why lifetimes are in hours. Errors: `invalid-input`.
 */
export function parseDuration(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/gu)]
  const isWhole = parts.length > 0 && parts.map(([part]) => part).join('') === text
  if (!isWhole) throw new AppError('invalid-input', `“${text}” is not a duration. Expected, for example, 8760h.`)
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ''] ?? 0), 0)
}

export const hours = (count: number): string => `${count}h`
