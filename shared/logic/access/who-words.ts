import type { AccessDecision } from '../../model/access-account'
import type { Outlook } from '../../model/access-explanation'
import type { AccessRules } from '../../model/access-rule'
import { type AccessNames, rulesWords } from './rule-words'

/** A policy in the order of evaluation; `rules` is null for one that could not be read. */
interface EvaluatedPolicy {
  decision: AccessDecision
  rules: AccessRules | null
}

interface Place {
  /** Null where no application covers the address. */
  policies: EvaluatedPolicy[] | null
  /** A visitor without a certificate: what happens to somebody who has nothing to show. */
  nobody: Outlook
  /** Access asks for a certificate on this hostname. */
  hasCa: boolean
  /** The path is public by a setting of the application. */
  isPublicPath: boolean
}

/** Who gets in at an address, in one or two sentences. Where that is everyone, they begin with that word. */
export function whoWords({ policies, nobody, hasCa, isPublicPath }: Place, names: AccessNames): string {
  const isOpen = nobody.verdict === 'let-in'
  if (isPublicPath && isOpen) return 'Everyone. The application makes this path public'
  if (policies === null) return unprotectedWords(nobody, hasCa)
  if (isOpen) return 'Everyone, with or without a certificate (Bypass)'
  if (policies.some(({ decision, rules }) => rules === null || decision === 'unknown'))
    return 'Not certain: a policy could not be read'
  const admitting = policies.flatMap(({ decision, rules }) =>
    rules === null || decision === 'deny' || decision === 'unknown' ? [] : [{ decision, rules }],
  )
  if (admitting.length === 0) return 'Nobody. No policy lets anyone in'
  const ways = admitting.map(({ rules }, index) => {
    const words = rulesWords(rules, names)
    return index === 0 ? words : `${words.charAt(0).toLowerCase()}${words.slice(1)}`
  })
  const needsNone = !admitting.some(({ rules }) => asksCertificate(rules))
  return `${ways.join(', or ')}${needsNone ? '. No certificate needed' : ''}`
}

function unprotectedWords({ verdict }: Outlook, hasCa: boolean): string {
  switch (verdict) {
    case 'let-in':
      return hasCa
        ? 'Everyone. A certificate is asked for, but no rule checks it'
        : 'Everyone. No application protects this hostname'
    case 'refused':
      return 'Refused. No application covers this hostname'
    case 'depends':
      return 'Not certain: no application covers this hostname'
  }
}

/** Through a group as well, which may hold names of certificates. */
const asksCertificate = ({ include, require }: AccessRules): boolean =>
  [...include, ...require].some(({ kind }) => ['valid-certificate', 'common-name', 'group', 'unknown'].includes(kind))
