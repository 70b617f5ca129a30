import { z } from 'zod'
import { hiddenCharacter, NAME_PLACE } from '../logic/name-rules'
import { Days } from './authority'
import { SubjectFields } from './identity'
import { AuthorityId, TemplateId } from './ids'
import { GivenName, KeptLine } from './label'

/** What a person typed; as a name it is judged once it is filled in. */
const text = z
  .string()
  .trim()
  .max(254)
  .refine((typed) => hiddenCharacter(typed) === null)
const patterns = z.array(text.min(1)).max(20).default([])

/**
 * What the certificates of a template have in common. Key usage and extended key usage are not in it: every client
 * certificate has the same (`pki/authority/client.ts`).
 */
export const TemplateNames = z.strictObject({
  subject: z.strictObject({
    commonName: text.refine((typed) => typed.includes(NAME_PLACE)).default(NAME_PLACE),
    organization: text.default(''),
    organizationalUnit: text.default(''),
    locality: text.default(''),
    state: text.default(''),
    country: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^([A-Z]{2})?$/u)
      .default(''),
  }),
  emails: patterns,
  dnsNames: patterns,
})
export type TemplateNames = z.infer<typeof TemplateNames>

/** As they are kept: what may be typed has become stricter before, and a list of templates opens at any rate. */
export const KeptTemplateNames = z.strictObject({
  subject: SubjectFields.extend({ commonName: z.string().default(NAME_PLACE) }),
  emails: z.array(z.string()).default([]),
  dnsNames: z.array(z.string()).default([]),
})

/** What is filled in beforehand when a certificate is issued. Nothing is signed that was not looked at. */
export const IssueTemplate = z.strictObject({
  id: TemplateId,
  name: KeptLine,
  /** Only for this issuer; null for every one. */
  authority: AuthorityId.nullable(),
  days: z.number(),
  names: KeptTemplateNames,
})
export type IssueTemplate = z.infer<typeof IssueTemplate>

/** `id`: null for a new one; of one that is gone, it comes back. */
export const IssueTemplateDraft = IssueTemplate.extend({
  id: TemplateId.nullable(),
  name: GivenName.min(1),
  days: Days,
  names: TemplateNames,
})
export type IssueTemplateDraft = z.infer<typeof IssueTemplateDraft>
