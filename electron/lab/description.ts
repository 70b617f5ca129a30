import { z } from 'zod'

/**
 * How another process of the same person finds a running practice site: address and public certificates, nothing secret.
 * Kept as `practice.json` in the home folder while it runs.
 */
export const LabDescription = z.strictObject({
  processId: z.number().int().positive(),
  hostname: z.string(),
  port: z.number().int().min(1).max(65_535),
  issuer: z.string(),
  serverRootPem: z.string(),
  serverKeySha256: z.string().regex(/^[0-9a-f]{64}$/u),
  /** PEM, intermediate first. */
  clientChain: z.array(z.string()),
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
})
export type LabDescription = z.infer<typeof LabDescription>

/** Where a request (PKCS#10, DER) is posted to be signed; the content type keeps web pages out (no CORS is granted). */
export const issuePath = '/latchkey/issue'
export const issueContentType = 'application/pkcs10'
