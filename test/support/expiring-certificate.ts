import type { Database } from '#electron/database/database'
import { inDays } from './expiring'
import { certificateRow, identityRow } from './rows'

/** At the end of the calendar day, so many days from today. */
export const fromNow = (days: number) => inDays(days, '23:59', new Date())

/** The record of a certificate that ends in so many days; what its page says of dates comes from the record, not from the DER. */
export async function addExpiring(database: Database, name: string, days: number, der: Uint8Array): Promise<void> {
  const row = identityRow(name)
  await database.identities.insert(row)
  const dates = { notBefore: fromNow(days - 365), notAfter: fromNow(days) }
  const certificate = { ...certificateRow(name), ...dates, der }
  await database.identities.setCertificate(row.id, certificate, [], false, new Date().toISOString())
}
