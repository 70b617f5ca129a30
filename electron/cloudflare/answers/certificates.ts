import { z } from 'zod'
import { AccessCaId } from '#shared/model/access-account'
import { kept, list } from './kept'

/** An uploaded CA. The PEM is never returned. */
export const CertificateAnswer = kept({
  id: AccessCaId,
  name: z.string(),
  fingerprint: z.string().nullish(),
  expires_on: z.string().nullish(),
  associated_hostnames: list(z.string()),
})
export type CertificateAnswer = z.infer<typeof CertificateAnswer>

/** The API lists exactly these three, and refuses other fields in a PUT. */
export const SettingAnswer = kept({
  hostname: z.string(),
  china_network: z.boolean(),
  client_certificate_forwarding: z.boolean(),
})
export type SettingAnswer = z.infer<typeof SettingAnswer>
