import type { Call } from '#shared/ipc/contract'
import { quoted } from '#shared/logic/isolate'
import { commonNameFrom } from '#shared/logic/setup-file'
import type { SetupContent } from '#shared/model/setup-file'
import type { Algorithm } from '../../../components/algorithms'
import { emptySubject, otherNameRules, type SubjectForm, subjectRules } from '../../../components/subject'

export interface NewCertificateForm extends SubjectForm {
  emails: string[]
  dnsNames: string[]
  algorithm: Algorithm
}

const emptyForm: NewCertificateForm = { ...emptySubject, emails: [], dnsNames: [], algorithm: 'rsa-2048' }

/** What the form starts with: by a set-up file, or a name that is suggested, or the person's own. */
export function formFrom(setup: SetupContent | null, suggested: string | null, fullName: string): NewCertificateForm {
  const pattern = setup?.commonName ?? null
  return {
    ...emptyForm,
    commonName: pattern === null ? (suggested ?? fullName) : commonNameFrom(pattern, fullName),
    algorithm: setup?.keyType ?? emptyForm.algorithm,
  }
}

export const rules = { ...subjectRules, ...otherNameRules }

export function draftFrom(form: NewCertificateForm): Call<'identities.request'>['draft'] {
  const { emails, dnsNames, algorithm, ...subject } = form
  const trimmed = (values: string[]) => values.map((value) => value.trim()).filter((value) => value !== '')
  return { subject, algorithm, emails: trimmed(emails), dnsNames: trimmed(dnsNames) }
}

/** What is written on the certificate that is requested with a set-up file, for the person's own eyes. */
export function setupNote({
  from,
  contact,
  issuers,
}: {
  from: string
  contact: string | null
  issuers: string[]
}): string {
  return [
    ...(contact === null ? [] : [`Send the request to: ${contact}`]),
    ...issuers.map((sha256) => `Issuer (CA), SHA-256: ${sha256}`),
    `From the set-up file of ${quoted(from)}.`,
  ].join('\n')
}
