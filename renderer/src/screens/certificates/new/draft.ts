import type { Call } from '#shared/ipc/contract'

export interface NewCertificateForm {
  commonName: string
  organization: string
  organizationalUnit: string
  locality: string
  state: string
  country: string
  emails: string[]
  dnsNames: string[]
  algorithm: Algorithm
}

export type Algorithm = 'rsa-2048' | 'rsa-3072' | 'rsa-4096' | 'p-256' | 'p-384' | 'p-521'

export const algorithms: { value: Algorithm; label: string }[] = [
  { value: 'rsa-2048', label: 'RSA 2048 (works everywhere)' },
  { value: 'rsa-3072', label: 'RSA 3072' },
  { value: 'rsa-4096', label: 'RSA 4096 (takes a while)' },
  { value: 'p-256', label: 'EC P-256 (small and fast)' },
  { value: 'p-384', label: 'EC P-384' },
  { value: 'p-521', label: 'EC P-521' },
]

export const emptyForm: NewCertificateForm = {
  commonName: '',
  organization: '',
  organizationalUnit: '',
  locality: '',
  state: '',
  country: '',
  emails: [],
  dnsNames: [],
  algorithm: 'rsa-2048',
}

const within = (name: string, limit: number) => (value: string) =>
  value.trim().length > limit ? `${name} can have at most ${limit} characters.` : null

const each = (test: RegExp, words: (value: string) => string) => (values: string[]) => {
  const wrong = values.find((value) => !test.test(value.trim()))
  return wrong === undefined ? null : words(wrong)
}

/** The same bounds as the contract's (RFC 5280, upper bounds), in words, while the person is still typing. */
export const rules = {
  commonName: (value: string) =>
    value.trim() === '' ? 'A name is needed; rules at Access may look at it.' : within('The Common Name', 64)(value),
  organization: within('The organisation', 64),
  organizationalUnit: within('The department', 64),
  locality: within('The town', 128),
  state: within('The state', 128),
  country: (value: string) => (/^([a-z]{2})?$/iu.test(value.trim()) ? null : 'Two letters, for example GB.'),
  emails: each(/^[^\s@]+@[^\s@]+\.[^\s@]+$/u, (value) => `“${value}” is not an e-mail address.`),
  dnsNames: each(/^(\*\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?$/iu, (value) => `“${value}” is not a host name.`),
}

export function draftFrom(form: NewCertificateForm): Call<'identities.request'>['draft'] {
  const { emails, dnsNames, algorithm, ...subject } = form
  const trimmed = (values: string[]) => values.map((value) => value.trim()).filter((value) => value !== '')
  return { subject, algorithm, emails: trimmed(emails), dnsNames: trimmed(dnsNames) }
}
