import { z } from 'zod'
import { HostId, IdentityId, Instant, Sha256 } from './ids'
import { ProbeReport } from './probe'

/** What has to be so for a certificate to fit a site, in the order in which it is shown. `words` say what was found. */
export const FitCheck = z.strictObject({
  code: z.enum(['issuer', 'validity', 'client-use', 'key']),
  /** `unknown`: the site names no issuers. */
  outcome: z.enum(['pass', 'fail', 'unknown']),
  words: z.string(),
})
export type FitCheck = z.infer<typeof FitCheck>

/** A store of this computer in which the certificate and its key were seen. */
const CertificatePlace = z.strictObject({ name: z.string(), readBy: z.array(z.string()) })

/** A certificate on this computer, compared with what a site asks for. */
export const SiteCandidate = z.strictObject({
  sha256: Sha256,
  /** Null where Latchkey does not have it, and only a store of the system does. */
  identity: IdentityId.nullable(),
  name: z.string(),
  /** Distinguished names of everyone who issued something in its chain, nearest first. */
  issuers: z.array(z.string()),
  notAfter: Instant,
  checks: z.array(FitCheck),
  /** How it can be tested: with the key that Latchkey keeps, by the browser engine, or not at all. */
  testable: z.enum(['direct', 'browser']).nullable(),
  places: z.array(CertificatePlace),
})
export type SiteCandidate = z.infer<typeof SiteCandidate>

/**
 * `have`: a certificate that fits is here. `need`: the site refused, names issuers, and none fits. `unnamed`: it refused,
 * asked, and names no issuers. `other`: the judgement of the test says what is so.
 */
export const SiteNeed = z.enum(['have', 'need', 'unnamed', 'other'])
export type SiteNeed = z.infer<typeof SiteNeed>

/** What a site asks of its visitors, found without a certificate. Nothing of it is kept. */
export const SiteCheck = z.strictObject({
  need: SiteNeed,
  /** The site of the list with this address, if there is one. */
  host: HostId.nullable(),
  report: ProbeReport,
  /** Those that fit come first. */
  certificates: z.array(SiteCandidate),
  /** Stores that could not be read, by name. */
  unreadStores: z.array(z.string()),
})
export type SiteCheck = z.infer<typeof SiteCheck>
