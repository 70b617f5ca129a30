import type { IssueTemplate } from '../model/issue-template'
import { countOf } from './formatting'
import { NAME_PLACE } from './name-rules'

/** The text of the fields of a name, checked or not. */
interface Names {
  subject: {
    commonName: string
    organization: string
    organizationalUnit: string
    locality: string
    state: string
    country: string
  }
  emails: string[]
  dnsNames: string[]
}

/** Whether certificates get other names by it; if not, it only sets how long they last. */
export function setsNames({ names: { subject, emails, dnsNames } }: Pick<IssueTemplate, 'names'>): boolean {
  const { commonName, ...others } = subject
  return commonName !== NAME_PLACE || [...Object.values(others), ...emails, ...dnsNames].some((text) => text !== '')
}

/** Those that may be used with this issuer. */
export const templatesFor = <Template extends Pick<IssueTemplate, 'authority'>>(
  templates: readonly Template[],
  issuer: string,
): Template[] => templates.filter(({ authority }) => authority === null || authority === issuer)

/**
 * The names of a certificate by a template. `given` are those that the administrator decided on (`isDecided`), which stay
 * where they say something, or those of the requester, which the template replaces where it says something. The result is
 * to be judged like every other name.
 */
export function namesByTemplate({ names }: Pick<IssueTemplate, 'names'>, given: Names, isDecided: boolean): Names {
  const commonName = given.subject.commonName.trim()
  const chosen = (own: string, ofTemplate: string) =>
    ofTemplate === '' || (isDecided && own.trim() !== '') ? own : ofTemplate
  const { subject } = names
  const others = (own: string[], ofTemplate: string[], as: string) =>
    ofTemplate.length === 0 || (isDecided && own.length > 0)
      ? own
      : ofTemplate.map((pattern) => (as === '' ? pattern : pattern.replaceAll(NAME_PLACE, () => as)))
  return {
    subject: {
      commonName: commonName === '' ? '' : subject.commonName.replaceAll(NAME_PLACE, () => commonName),
      organization: chosen(given.subject.organization, subject.organization),
      organizationalUnit: chosen(given.subject.organizationalUnit, subject.organizationalUnit),
      locality: chosen(given.subject.locality, subject.locality),
      state: chosen(given.subject.state, subject.state),
      country: chosen(given.subject.country, subject.country),
    },
    emails: others(given.emails, names.emails, inAddress(commonName, '.')),
    dnsNames: others(given.dnsNames, names.dnsNames, inAddress(commonName, '-')),
  }
}

/**
 * A name as a part of an address: “Ada Lovelace” → “ada.lovelace”, “ada@acme.example” → “ada”. Empty where a letter has no
 * plain spelling: a guessed address would be somebody else’s. The place in the pattern then stays as it is, which no address
 * may contain; left out, it would give one address to everybody with such a name.
 */
function inAddress(commonName: string, between: string): string {
  const [local = ''] = commonName.split('@')
  const plain = local
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
  if (/[^a-z\P{L}]/u.test(plain)) return ''
  return plain
    .split(/[^a-z0-9]+/u)
    .filter((word) => word !== '')
    .join(between)
}

/** "365 days · O=Acme, C=GB · {name}@acme.example" is what a list shows of it, without its name. */
export function templateLine({ days, names }: Pick<IssueTemplate, 'days' | 'names'>): string {
  const { commonName, organizationalUnit, organization, locality, state, country } = names.subject
  const parts: [string, string][] = [
    ['CN', commonName === NAME_PLACE ? '' : commonName],
    ['OU', organizationalUnit],
    ['O', organization],
    ['L', locality],
    ['ST', state],
    ['C', country],
  ]
  const subject = parts.flatMap(([key, value]) => (value === '' ? [] : [`${key}=${value}`])).join(', ')
  return [countOf(days, 'day'), subject, ...names.emails, ...names.dnsNames].filter((text) => text !== '').join(' · ')
}
