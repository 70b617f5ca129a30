import { z } from 'zod'
import { formatAddress, parseAddress } from '../logic/address'
import { faultOfText, NAME_PLACE, nameBounds } from '../logic/name-rules'
import { MAX_SETUP_ADDRESS, MAX_SETUP_ISSUERS, MAX_SETUP_LINK, MAX_SETUP_SITES, setupBounds } from '../logic/setup-file'
import { Instant, Sha256 } from './ids'
import { KeyAlgorithm, KeyCode } from './key'

/** Text in which nothing is unseen, in one line. */
const line = (limit: number) =>
  z.string().superRefine((text, context) => {
    const fault = faultOfText(text, limit)
    if (fault !== null) context.addIssue({ code: 'custom', message: fault })
  })

/** An https address as `formatAddress` writes it, so that what is read is what was shown. */
const SiteAddress = z
  .string()
  .max(MAX_SETUP_ADDRESS)
  .refine((text) => {
    const parsed = parseAddress(text)
    return parsed.ok && formatAddress(parsed) === text
  }, 'is not an https address as Latchkey writes it')

/** A Common Name; `{name}` stands for the full name of whoever opens the file. */
const CommonNamePattern = line(nameBounds.commonName).refine(
  (text) => !/[{}]/u.test(text.replaceAll(NAME_PLACE, '')),
  `has braces other than ${NAME_PLACE}`,
)

/**
 * All that a set-up file can say. It only fills in beforehand: nothing here is trusted, connected to or tested by it, and a
 * file that says anything else is refused as a whole.
 */
export const SetupContent = z.strictObject({
  /** Who made it, in their own words. */
  from: line(setupBounds.from),
  madeAt: Instant,
  sites: z
    .array(SiteAddress)
    .max(MAX_SETUP_SITES)
    .refine((sites) => new Set(sites).size === sites.length, 'names a site twice'),
  commonName: CommonNamePattern.nullable(),
  keyType: KeyAlgorithm.nullable(),
  /** Where the request goes: an e-mail address, or any words. */
  contact: line(setupBounds.contact).nullable(),
  /** SHA-256 fingerprints of the CAs that sign the certificates, to compare with. */
  issuers: z.array(Sha256).max(MAX_SETUP_ISSUERS),
})
export type SetupContent = z.infer<typeof SetupContent>

/** What an administrator decides on. Addresses may be written as they are typed. */
export const SetupDraft = SetupContent.omit({ madeAt: true }).extend({
  sites: z.array(z.string().max(4096)).max(MAX_SETUP_SITES),
})
export type SetupDraft = z.infer<typeof SetupDraft>

/** The key that signs set-up files: SHA-256 of its SubjectPublicKeyInfo, and its code to compare aloud. */
export const SetupKey = z.strictObject({ sha256: Sha256, code: KeyCode })
export type SetupKey = z.infer<typeof SetupKey>

/** Why the key that signed a file counts: by policy, since this person compared it earlier, or not yet. */
export const SetupStanding = z.enum(['policy', 'compared', 'unverified'])
export type SetupStanding = z.infer<typeof SetupStanding>

/** A file that is whole and says only what it may. */
export const SetupReview = z.strictObject({
  content: SetupContent,
  key: SetupKey,
  standing: SetupStanding,
  /** Which of its sites are in the list already. */
  known: z.array(z.string()),
})
export type SetupReview = z.infer<typeof SetupReview>

/** `link`: null where the file is too large for one. */
export const MadeSetup = z.strictObject({
  content: SetupContent,
  key: SetupKey,
  text: z.string(),
  link: z.string().max(MAX_SETUP_LINK).nullable(),
})
export type MadeSetup = z.infer<typeof MadeSetup>
