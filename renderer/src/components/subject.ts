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

const within = (name: string, limit: number) => (value: string) =>
  value.trim().length > limit ? `${name} can have at most ${limit} characters.` : null

/** The same bounds as the contract's (RFC 5280, upper bounds), in words, while the person is still typing. */
export const subjectRules = {
  commonName: (value: string) =>
    value.trim() === '' ? 'A name is needed; rules at Access may look at it.' : within('The Common Name', 64)(value),
  organization: within('The organisation', 64),
  organizationalUnit: within('The department', 64),
  locality: within('The town', 128),
  state: within('The state', 128),
  country: (value: string) => (/^([a-z]{2})?$/iu.test(value.trim()) ? null : 'Two letters, for example GB.'),
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

export const subjectFields = [
  'commonName',
  'organization',
  'organizationalUnit',
  'locality',
  'state',
  'country',
] as const satisfies (keyof SubjectForm)[]

/** Those behind "More fields". */
export const minorFields = subjectFields.filter((field) => field !== 'commonName')
