import { z } from 'zod'
import { RevocationReason } from '#shared/model/authority'
import { AuthorityId, Instant, Sha256 } from '#shared/model/ids'
import { KeyCode } from '#shared/model/key'
import type { IssuedRow } from './authority-tables'
import { blob, flag } from './columns'

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
  revoked_at: Instant.nullable(),
  reason: RevocationReason.nullable(),
}

type Columns = z.output<z.ZodObject<typeof columns>>

const rename = ({
  common_name,
  key_code,
  not_before,
  not_after,
  issued_at,
  issued_elsewhere,
  revoked_at,
  ...rest
}: Columns): IssuedRow => ({
  ...rest,
  commonName: common_name,
  keyCode: key_code,
  notBefore: not_before,
  notAfter: not_after,
  issuedAt: issued_at,
  issuedElsewhere: issued_elsewhere,
  revokedAt: revoked_at,
})

/** For a SELECT from `issued i`. */
export const issuedColumns = Object.keys(columns)
  .map((column) => `i.${column}`)
  .join(', ')
export const IssuedColumns = z.object(columns).transform(rename)
export const FullColumns = z
  .object({ ...columns, der: blob })
  .transform(({ der, ...rest }) => ({ ...rename(rest), der }))
