import type { Call } from '#shared/ipc/contract'
import { nameBounds } from '#shared/logic/name-rules'
import type { Algorithm } from '../../../components/algorithms'
import { emptySubject, type SubjectForm, subjectRules } from '../../../components/subject'
import { defaultDays } from '../fields/lifetime'

export interface IssuerForm extends SubjectForm {
  algorithm: Algorithm
  days: number
  /** How many issuers may stand below it; empty for no limit. */
  pathLength: '' | '0' | '1' | '2'
}

export const emptyIssuer: IssuerForm = {
  ...emptySubject,
  algorithm: 'rsa-4096',
  days: defaultDays.root,
  pathLength: '',
}

const issuerRules = {
  ...subjectRules,
  commonName: (value: string) =>
    value.trim() === '' ? 'Enter a name. It is shown wherever this issuer is.' : subjectRules.commonName(value),
}

export const pathLengths: { value: IssuerForm['pathLength']; label: string }[] = [
  { value: '', label: 'No limit' },
  { value: '0', label: 'None: it signs people’s certificates only' },
  { value: '1', label: 'One level of issuers' },
  { value: '2', label: 'Two levels of issuers' },
]

export function issuerDraft(form: IssuerForm): Call<'authorities.create'>['draft'] {
  const { algorithm, days, pathLength, ...subject } = form
  return { subject, algorithm, days, pathLength: pathLength === '' ? null : Number(pathLength) }
}

/** "Acme Root CA" → "Acme Client CA": two issuers with the same name would be mistaken for each other. */
export function intermediateName(rootName: string): string {
  const replaced = rootName.replace(/\broot\b/iu, 'Client')
  const whole = replaced === rootName ? `${rootName}${ending}` : replaced
  if ([...whole].length <= nameBounds.commonName) return whole
  const room = nameBounds.commonName - ending.length
  return `${[...rootName].slice(0, room).join('').trim()}${ending}`
}

const ending = ' Client CA'

/** The rules for one that stands below another. */
export const rulesBelow = (parentName: string | null): typeof issuerRules => ({
  ...issuerRules,
  commonName: (value) =>
    value.trim().toLowerCase() === parentName?.toLowerCase()
      ? 'The issuer above it already has this name. The two could not be told apart.'
      : issuerRules.commonName(value),
})
