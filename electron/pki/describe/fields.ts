import type { DetailField } from '#shared/model/details'
import type { Element } from '../der'

/** What is odd about an object and yet readable, collected while it is described. */
export type Oddities = string[]

type Extra = Partial<Pick<DetailField, 'oid' | 'critical'>>

/** A statement with the element (BER or DER) that makes it. */
export function stated(id: string, label: string, value: string, element: Element, extra: Extra = {}): DetailField {
  return { id, label, value, raw: hexOf(element.raw), oid: extra.oid ?? null, critical: extra.critical ?? null }
}

/** A statement that is computed, so that there are no bytes to show for it. */
export const computed = (id: string, label: string, value: string): DetailField => ({
  id,
  label,
  value,
  raw: null,
  oid: null,
  critical: null,
})

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** `A1:B2:…`, as openssl and browsers write identifiers. */
export const colons = (bytes: Uint8Array): string => hexOf(bytes).toUpperCase().match(/.{2}/gu)?.join(':') ?? ''
