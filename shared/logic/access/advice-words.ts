import type { AccessPolicyId } from '../../model/access-account'
import type { Explanation, Reason, Visitor } from '../../model/access-explanation'

type ReasonOf<Kind extends Reason['kind']> = Extract<Reason, { kind: Kind }>

export interface Advice {
  words: string
  /** The change that it names, where one can be planned. */
  change: { kind: 'add-name'; policy: AccessPolicyId; name: string } | { kind: 'associate'; hostname: string } | null
}

/** What an administrator would change so that a refused certificate is let in, in one sentence. */
export const adviceWords = (explanation: Explanation, visitor: Visitor): string | null =>
  adviceFor(explanation, visitor)?.words ?? null

/**
 * What an administrator would change so that a refused certificate is let in: the first of what stands in its way. Null where
 * nothing does, or where no single change would help.
 */
export function adviceFor({ verdict, reasons }: Explanation, visitor: Visitor): Advice | null {
  if (verdict !== 'refused' || visitor.certificate === null) return null
  const find = <Kind extends Reason['kind']>(kind: Kind) =>
    reasons.find((one): one is ReasonOf<Kind> => one.kind === kind) ?? null
  const only = (words: string): Advice => ({ words, change: null })
  const { commonName } = visitor.certificate
  const who = commonName ?? 'this certificate'
  const certificate = find('certificate')
  if (certificate?.state === 'expired') return only(`Renew the certificate of ${who}.`)
  if (certificate?.state === 'not-yet-valid') return only('Wait until the certificate is valid.')
  if (certificate?.state === 'other-use')
    return only(`Issue the certificate of ${who} again, with client authentication among its uses.`)
  if (find('no-application')) return only('Create an application for this address.')
  const policies = reasons.flatMap((one) => (one.kind === 'policy' ? [one] : []))
  const excluding = policies.find(({ findings }) => findings.some(excludes))
  if (excluding?.name != null)
    return only(`${excluding.name} excludes ${who}. Take the name off its exclusions to let ${who} in.`)
  if (policies.length > 0 && !policies.some(asksCertificate))
    return only('No policy here asks for a certificate. Attach one that does.')
  const association = find('association')
  if (association !== null && association.outcome !== 'accepted')
    return associationAdvice(association, visitor.certificate.issuerName)
  const naming = policies.find(({ decision, findings }) => decision === 'non_identity' && findings.some(misses))
  if (naming?.name == null || commonName === null) return null
  return {
    words: `To let ${who} in, add the name to ${naming.name}.`,
    change: { kind: 'add-name', policy: naming.id, name: commonName },
  }
}

const excludes = ({ part, rule, truth }: ReasonOf<'policy'>['findings'][number]): boolean =>
  part === 'exclude' && truth === 'yes' && (rule.kind === 'common-name' || rule.kind === 'group')

const misses = ({ part, rule, truth }: ReasonOf<'policy'>['findings'][number]): boolean =>
  part === 'include' && truth === 'no' && rule.kind === 'common-name'

/** Through a group as well: what is in it is not said here. */
const asksCertificate = ({ rules }: ReasonOf<'policy'>): boolean =>
  rules === null ||
  [...rules.include, ...rules.require].some(({ kind }) =>
    ['valid-certificate', 'common-name', 'group', 'unknown'].includes(kind),
  )

function associationAdvice({ hostname, outcome }: ReasonOf<'association'>, issuer: string): Advice | null {
  switch (outcome) {
    case 'no-ca':
    case 'other-ca':
      return { words: `Associate ${hostname} with ${issuer}.`, change: { kind: 'associate', hostname } }
    case 'ca-expired':
      return { words: `Upload the renewed certificate of ${issuer} as a new CA.`, change: null }
    case 'accepted':
    case 'unknown':
      return null
  }
}
