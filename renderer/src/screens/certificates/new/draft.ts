import type { Call } from '#shared/ipc/contract'
import type { Algorithm } from '../../../components/algorithms'
import { emptySubject, type SubjectForm, subjectRules } from '../../../components/subject'

export interface NewCertificateForm extends SubjectForm {
  emails: string[]
  dnsNames: string[]
  algorithm: Algorithm
}

export const emptyForm: NewCertificateForm = { ...emptySubject, emails: [], dnsNames: [], algorithm: 'rsa-2048' }

const each = (test: RegExp, words: (value: string) => string) => (values: string[]) => {
  const wrong = values.find((value) => !test.test(value.trim()))
  return wrong === undefined ? null : words(wrong)
}

export const rules = {
  ...subjectRules,
  emails: each(/^[^\s@]+@[^\s@]+\.[^\s@]+$/u, (value) => `“${value}” is not an e-mail address.`),
  dnsNames: each(/^(\*\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?$/iu, (value) => `“${value}” is not a host name.`),
}

export function draftFrom(form: NewCertificateForm): Call<'identities.request'>['draft'] {
  const { emails, dnsNames, algorithm, ...subject } = form
  const trimmed = (values: string[]) => values.map((value) => value.trim()).filter((value) => value !== '')
  return { subject, algorithm, emails: trimmed(emails), dnsNames: trimmed(dnsNames) }
}
