import { DAY_MS } from '#shared/logic/day'

/** As the contract bounds it. */
export const MAX_DAYS = 36_500

export const endOf = (days: number, now: Date): string => new Date(now.getTime() + days * DAY_MS).toISOString()

/** As many of the wanted days as the issuer has left itself. */
export function daysWithin(wanted: number, issuerEnds: string | null, now: Date): number {
  if (issuerEnds === null) return wanted
  return Math.max(1, Math.min(wanted, Math.floor((Date.parse(issuerEnds) - now.getTime()) / DAY_MS)))
}

export const isLifetime = (days: number): boolean => Number.isInteger(days) && days >= 1 && days <= MAX_DAYS

/** Lifetimes of Cloudflare's guide, written here again: the model's own would bring its schemas into the window. */
export const defaultDays = { root: 3650, intermediate: 1825, client: 365, crl: 30 }
