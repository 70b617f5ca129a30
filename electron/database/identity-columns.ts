import { z } from 'zod'
import { SubjectFields } from '#shared/model/identity'
import { IdentityId, Instant, Sha256 } from '#shared/model/ids'
import { KeyCode } from '#shared/model/key'
import { flag, json } from './columns'

/** What every reading of `identities` has, as the columns are called. */
export const identityColumns = {
  id: IdentityId,
  name: z.string(),
  algorithm: z.string(),
  key_code: KeyCode,
  key_sha256: Sha256,
  subject: json(SubjectFields).nullable(),
  alternative_names: json(z.array(z.string())),
  key_in_vault: flag,
  practice: flag,
  created_at: Instant,
  certificate: Sha256.nullable(),
}
