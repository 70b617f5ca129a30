import { isDnsName } from '#shared/logic/dns-name'
import { isCertificateEmail } from '#shared/logic/email-address'
import { quoted } from '#shared/logic/isolate'
import { faultOfText, nameBounds } from '#shared/logic/name-rules'

/** The fields of a name in a certificate. */
export interface SubjectForm {
  commonName: string
  organization: string
  organizationalUnit: string
  locality: string
  state: string
  country: string
}

export const emptySubject: SubjectForm = {
  commonName: '',
  organization: '',
  organizationalUnit: '',
  locality: '',
  state: '',
  country: '',
}

/** What is wrong with one line of text, to go on from its name; nothing is wrong with an empty one. */
export const within = (name: string, limit: number) => (value: string) => {
  const fault = value.trim() === '' ? null : faultOfText(value.trim(), limit)
  return fault === null ? null : `${name} ${fault}`
}

/** The same rules as the contract's, in words, while the person is still typing. */
export const subjectRules = {
  commonName: (value: string) =>
    value.trim() === ''
      ? 'Enter a name. Rules at Access may check it.'
      : within('The Common Name', nameBounds.commonName)(value),
  organization: within('The organisation', nameBounds.organization),
  organizationalUnit: within('The department', nameBounds.organizationalUnit),
  locality: within('The town', nameBounds.locality),
  state: within('The state', nameBounds.state),
  country: (value: string) => (/^([a-z]{2})?$/iu.test(value.trim()) ? null : 'Two letters, for example GB.'),
}

const each = (test: (value: string) => boolean, words: (value: string) => string) => (values: string[]) => {
  const wrong = values.find((value) => !test(value.trim()))
  return wrong === undefined ? null : words(wrong)
}

/** The same for what stands beside the name. */
export const otherNameRules = {
  emails: each(isCertificateEmail, (value) => `${quoted(value)} is not an e-mail address.`),
  dnsNames: each(
    (name) => isDnsName(name.toLowerCase()),
    (value) => `${quoted(value)} is not a host name.`,
  ),
}

/** All that is wrong with a name, field by field. */
export function subjectErrors(subject: SubjectForm): Partial<Record<keyof SubjectForm, string>> {
  const errors: Partial<Record<keyof SubjectForm, string>> = {}
  for (const field of subjectFields) {
    const problem = subjectRules[field](subject[field])
    if (problem !== null) errors[field] = problem
  }
  return errors
}

const subjectFields = [
  'commonName',
  'organization',
  'organizationalUnit',
  'locality',
  'state',
  'country',
] as const satisfies (keyof SubjectForm)[]

/** Those behind "More fields". */
export const minorFields = subjectFields.filter((field) => field !== 'commonName')
