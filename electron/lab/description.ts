import { z } from 'zod'
import { labHostname } from './pki'

const short = z.string().max(16 * 1024)

/**
 * How another process of the same person finds a running practice site: address and public certificates, nothing secret.
 * Kept as `practice.json` in the home folder while it runs. The folder may have come from somewhere else, so this speaks only
 * of the practice site: its one name, which never leaves the computer, and tokens that this very site has signed.
 */
export const LabDescription = z
  .strictObject({
    processId: z.number().int().positive(),
    hostname: z.literal(labHostname),
    port: z.number().int().min(1).max(65_535),
    issuer: short,
    serverRootPem: short,
    serverKeySha256: z.string().regex(/^[0-9a-f]{64}$/u),
    /** PEM, intermediate first. */
    clientChain: z.array(short).max(5),
    jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(10) }),
  })
  .refine(({ hostname, port, issuer }) => issuer === labIssuer(hostname, port))
export type LabDescription = z.infer<typeof LabDescription>

/** The `iss` of the site's tokens. */
export const labIssuer = (hostname: string, port: number) => `https://${hostname}:${port}`

/** Where a request (PKCS#10, DER) is posted to be signed; the content type keeps web pages out (no CORS is granted). */
export const issuePath = '/latchkey/issue'
export const issueContentType = 'application/pkcs10'
/** Of the request and of the certificate that answers it. */
export const MAX_ISSUE_BYTES = 64 * 1024
