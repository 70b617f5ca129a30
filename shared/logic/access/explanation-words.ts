import type { Factor, Outlook, Reason, RuleFinding, Visitor } from '../../model/access-explanation'
import { formatDate, joinNames } from '../formatting'
import { type AccessNames, anyOf, decisionWords, rulesWords, ruleWords } from './rule-words'

export interface ReasonWords {
  title: string
  detail: string
}

const factorWords: Record<Factor, string> = {
  login: 'the login',
  'ip-address': 'the IP address',
  country: 'the country',
  'device-posture': 'the device’s posture',
  'external-evaluation': 'an external evaluation',
  issuer: 'whether Access has the certificate’s issuer',
  'capital-letters': 'whether Access distinguishes capital letters in the name',
  'identity-without-login': 'a rule about people in a policy that asks for no login',
  application: 'which of several applications Access uses',
  worker: 'whether a protected Worker answers',
  'unmatched-setting': 'a setting of the organisation that could not be read',
  'other-account': 'an account that has the hostname',
  unknown: 'a rule, policy or group that could not be read',
}

/** "Let in", "Refused", "After login", or "Depends on the IP address and the country". */
export function verdictWords({ verdict, dependsOn }: Outlook): string {
  switch (verdict) {
    case 'let-in':
      return 'Let in'
    case 'refused':
      return 'Refused'
    case 'depends': {
      const [only, ...others] = dependsOn
      if (only === 'login' && others.length === 0) return 'After login'
      return `Depends on ${joinNames(dependsOn.map((factor) => factorWords[factor]))}`
    }
  }
}

/** One step of the evaluation as a person reads it. */
export function reasonWords(reason: Reason, visitor: Visitor, names: AccessNames): ReasonWords {
  switch (reason.kind) {
    case 'certificate':
      return certificateWords(reason)
    case 'association':
      return associationWords(reason)
    case 'application':
      return applicationWords(reason)
    case 'application-unclear':
      return {
        title: 'Several applications cover this address',
        detail: `${joinNames(reason.candidates.map(({ name, uri }) => `${name} (${uri})`))}. Cloudflare does not document which one Access uses.`,
      }
    case 'path-override':
      return reason.behavior === 'public'
        ? {
            title: 'Access lets everyone through on this path',
            detail: `${reason.application} makes ${reason.path} public.`,
          }
        : {
            title: 'This path has a setting that Latchkey does not know',
            detail: `${reason.application} sets ${reason.path} to “${reason.behavior}”.`,
          }
    case 'no-application':
      return { title: 'No application covers this address', detail: unmatchedWords(reason) }
    case 'policy':
      return policyReasonWords(reason, visitor, names)
    case 'no-policy':
      return {
        title: visitor.certificate === null ? 'No policy lets this visitor in' : 'No policy lets this certificate in',
        detail: `Access refuses what no policy allows.${reason.hasLogin ? '' : ` ${reason.application} has no policy with a login.`}`,
      }
  }
}

type ReasonOf<Kind extends Reason['kind']> = Extract<Reason, { kind: Kind }>

function certificateWords({ state, certificate }: ReasonOf<'certificate'>): ReasonWords {
  if (certificate === null || state === 'none')
    return { title: 'No certificate is sent', detail: 'Rules about certificates do not match.' }
  const issuer = `Issued by ${certificate.issuerName}.`
  switch (state) {
    case 'valid':
      return { title: 'The certificate is valid', detail: `${issuer} Expires ${formatDate(certificate.notAfter)}.` }
    case 'expired':
      return { title: 'The certificate has expired', detail: `${issuer} Expired ${formatDate(certificate.notAfter)}.` }
    case 'not-yet-valid':
      return {
        title: 'The certificate is not valid yet',
        detail: `${issuer} Valid from ${formatDate(certificate.notBefore)}.`,
      }
    case 'other-use':
      return {
        title: 'The certificate is not for client authentication',
        detail: `${issuer} Its extended key usage lists other uses only, so browsers do not offer it.`,
      }
  }
}

function associationWords({ hostname, outcome, cas }: ReasonOf<'association'>): ReasonWords {
  const associated = `${hostname} is associated with ${joinNames(cas)}.`
  switch (outcome) {
    case 'accepted':
      return { title: 'Access accepts its issuer on this hostname', detail: associated }
    case 'no-ca':
      return {
        title: 'No CA is associated with this hostname',
        detail: `Access asks for no certificate on ${hostname}, so rules about certificates do not match.`,
      }
    case 'other-ca':
      return { title: 'Access does not accept its issuer on this hostname', detail: associated }
    case 'ca-expired':
      return { title: 'Its CA has expired at Access', detail: associated }
    case 'unknown':
      return {
        title: 'It is not known whether Access accepts its issuer',
        detail: `${associated} It is not known whether its direct issuer was uploaded.`,
      }
  }
}

function applicationWords({ chosen, beaten }: ReasonOf<'application'>): ReasonWords {
  const others = [...new Set(beaten.map(({ name }) => name))]
  const wins =
    others.length === 0 ? '' : ` It wins over ${joinNames(others)}, which covers more. Those rules do not count here.`
  return { title: `The application ${chosen.name} decides`, detail: `It covers ${chosen.uri}.${wins}` }
}

function unmatchedWords({ hostname, outcome }: ReasonOf<'no-application'>): string {
  switch (outcome) {
    case 'open':
      return `Access lets every request through to ${hostname}.`
    case 'denied':
      return 'The organisation denies requests to hostnames without an application.'
    case 'exempted-zone':
      return 'The organisation denies such requests, but exempts this zone: Access lets every request through.'
    case 'worker':
      return 'An application protects Workers. It is not known whether one answers here.'
    case 'other-account':
      return `${hostname} is in none of the account’s zones.`
    case 'unknown':
      return 'The organisation’s setting for such requests could not be read.'
  }
}

function policyReasonWords(reason: ReasonOf<'policy'>, visitor: Visitor, names: AccessNames): ReasonWords {
  const policy = `Policy ${reason.position}, ${reason.name ?? reason.id},`
  if (reason.rules === null || reason.decision === 'unknown')
    return { title: `${policy} could not be read`, detail: 'It may let in, refuse, or not match.' }
  const who = `${decisionWords[reason.decision]}. ${rulesWords(reason.rules, names)}.`
  switch (reason.matches) {
    case 'yes':
      return { title: `${policy} ${effectOf[reason.decision]}`, detail: who }
    case 'no':
      return { title: `${policy} does not match`, detail: `${who}${whyNot(reason.findings, visitor, names)}` }
    case 'unknown':
      return { title: `${policy} may match`, detail: `${who} Open: ${anyOf(openRules(reason.findings), names)}.` }
  }
}

const effectOf = {
  allow: 'asks for the login',
  deny: 'refuses',
  bypass: 'lets in without any check',
  non_identity: 'lets in',
} as const

const openRules = (findings: RuleFinding[]) =>
  findings.filter(({ truth }) => truth === 'unknown').map(({ rule }) => rule)

/** What a reader cannot see from the policy alone: what this visitor has instead. */
function whyNot(findings: RuleFinding[], visitor: Visitor, names: AccessNames): string {
  const [first] = findings
  if (first === undefined) return ''
  if (first.part === 'exclude')
    return ` This visitor is excluded: ${anyOf(
      findings.map(({ rule }) => rule),
      names,
    )}.`
  const missing = first.part === 'require' ? ` Missing: ${ruleWords(first.rule, names)}.` : ''
  const asksName = findings.some(({ rule }) => rule.kind === 'common-name')
  const { certificate } = visitor
  if (asksName && certificate?.commonName != null) return `${missing} Yours is named ${certificate.commonName}.`
  return missing
}
