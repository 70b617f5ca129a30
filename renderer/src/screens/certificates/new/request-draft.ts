import type { Call } from '#shared/ipc/contract'
import type { Algorithm } from '../../../components/algorithms'
import { emptySubject, otherNameRules, type SubjectForm, subjectRules } from '../../../components/subject'

export interface NewCertificateForm extends SubjectForm {
  emails: string[]
  dnsNames: string[]
  algorithm: Algorithm
}

export const emptyForm: NewCertificateForm = { ...emptySubject, emails: [], dnsNames: [], algorithm: 'rsa-2048' }

export const rules = { ...subjectRules, ...otherNameRules }

export function draftFrom(form: NewCertificateForm): Call<'identities.request'>['draft'] {
  const { emails, dnsNames, algorithm, ...subject } = form
  const trimmed = (values: string[]) => values.map((value) => value.trim()).filter((value) => value !== '')
  return { subject, algorithm, emails: trimmed(emails), dnsNames: trimmed(dnsNames) }
}
