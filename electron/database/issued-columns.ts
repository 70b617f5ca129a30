import { z } from 'zod'
import { RevocationReason } from '#shared/model/authority'
import { AuthorityId, Instant, Sha256 } from '#shared/model/ids'
import { KeyCode } from '#shared/model/key'
import { blob, camelKeys, flag } from './columns'

const columns = {
  sha256: Sha256,
  authority: AuthorityId,
  serial: z.string(),
  common_name: z.string(),
  subject: z.string(),
  key_code: KeyCode,
  not_before: Instant,
  not_after: Instant,
  issued_at: Instant,
  issued_elsewhere: flag,
  key_made_by_issuer: flag,
  revoked_at: Instant.nullable(),
  reason: RevocationReason.nullable(),
}

/** For a SELECT from `issued i`. */
export const issuedColumns = Object.keys(columns)
  .map((column) => `i.${column}`)
  .join(', ')
export const IssuedColumns = z.object(columns).transform(camelKeys)
export const FullColumns = z.object({ ...columns, der: blob }).transform(camelKeys)
