import type { Call } from '#shared/ipc/contract'
import { namesByTemplate } from '#shared/logic/issue-template'
import { NAME_PLACE } from '#shared/logic/name-rules'
import { emptySubject, otherNameRules, type SubjectForm, subjectErrors } from '../../../components/subject'
import { defaultDays, isLifetime } from '../fields/lifetime'
import type { Template } from './TemplateChoice'

export interface TemplateForm {
  name: string
  /** Only for the issuer on the screen. */
  isForIssuer: boolean
  days: number
  subject: SubjectForm
  emails: string[]
  dnsNames: string[]
}

export function templateForm(template: Template | null): TemplateForm {
  if (template === null) {
    const subject = { ...emptySubject, commonName: NAME_PLACE }
    return { name: '', isForIssuer: false, days: defaultDays.client, subject, emails: [], dnsNames: [] }
  }
  const { name, authority, days, names } = template
  return { name, isForIssuer: authority !== null, days, ...names }
}

type Faults = Partial<Record<keyof SubjectForm | 'emails' | 'dnsNames', string>>

/** What would be wrong with the names of a certificate for “Ada”: a pattern is as good as what it makes. */
export function templateFaults({ subject, emails, dnsNames }: TemplateForm): Faults {
  const given = { subject: { ...emptySubject, commonName: 'Ada' }, emails: [], dnsNames: [] }
  const names = namesByTemplate({ names: { subject, emails, dnsNames } }, given, false)
  const faults: Faults = subjectErrors(names.subject)
  if (!subject.commonName.includes(NAME_PLACE)) faults.commonName = `It needs ${NAME_PLACE}, so that no two are alike.`
  const wrongEmail = otherNameRules.emails(names.emails)
  const wrongDnsName = otherNameRules.dnsNames(names.dnsNames)
  return {
    ...faults,
    ...(wrongEmail === null ? {} : { emails: wrongEmail }),
    ...(wrongDnsName === null ? {} : { dnsNames: wrongDnsName }),
  }
}

export const isTemplate = (form: TemplateForm): boolean =>
  form.name.trim() !== '' && isLifetime(form.days) && Object.keys(templateFaults(form)).length === 0

/** As the back end keeps it. `id`: of the one that is changed. */
export const draftFrom = (
  { name, isForIssuer, days, ...names }: TemplateForm,
  issuer: string,
  id: string | null,
): Call<'authorities.saveTemplate'> => ({ id, name, authority: isForIssuer ? issuer : null, days, names })
