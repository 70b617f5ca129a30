import type { Explanation, Reason, Visitor } from '../../model/access-explanation'
import type { AccessAnswer } from '../../model/access-screen'
import { verdictWords } from './explanation-words'

type Mark = AccessAnswer['reasons'][number]['mark']
type Words = Pick<AccessAnswer, 'headline' | 'sentence'>

const last = ({ reasons }: Explanation): Reason | null => reasons.at(-1) ?? null

/** The answer in one line, and what stands behind it in one sentence. */
export function answerWords(explanation: Explanation, visitor: Visitor, path: string): Words {
  const deciding = last(explanation)
  switch (explanation.verdict) {
    case 'let-in':
      return { headline: `Let in${byWhat(deciding)}`, sentence: letInSentence(deciding, visitor) }
    case 'refused':
      return refusedWords(explanation, visitor, path)
    case 'depends':
      return { headline: verdictWords(explanation), sentence: 'The rules alone do not settle it.' }
  }
}

function byWhat(deciding: Reason | null): string {
  if (deciding?.kind === 'policy' && deciding.name !== null) return ` by ${deciding.name}`
  if (deciding?.kind === 'path-override') return ': this path is open to everyone'
  return deciding?.kind === 'no-application' ? ': no application protects this address' : ''
}

function letInSentence(deciding: Reason | null, { certificate }: Visitor): string {
  if (deciding?.kind === 'policy' && deciding.decision === 'non_identity')
    return certificate === null ? 'No login is asked for.' : 'The certificate is enough. No login is asked for.'
  return 'Access lets everyone through here, with or without a certificate.'
}

function refusedWords({ reasons }: Explanation, { certificate }: Visitor, path: string): Words {
  const find = <Kind extends Reason['kind']>(kind: Kind) =>
    reasons.find((one): one is Extract<Reason, { kind: Kind }> => one.kind === kind) ?? null
  const refused = (why: string, sentence: string): Words => ({ headline: `Refused: ${why}`, sentence })
  const state = find('certificate')?.state
  if (find('no-application'))
    return refused('no application covers this address', 'The organisation denies requests without an application.')
  if (certificate === null)
    return refused('no policy lets a visitor without a certificate in', 'There is no other way in here.')
  if (state === 'expired') return refused('the certificate has expired', 'Rules about certificates do not match.')
  if (state === 'not-yet-valid')
    return refused('the certificate is not valid yet', 'Rules about certificates do not match.')
  if (state === 'other-use')
    return refused(
      'the certificate is not for client authentication',
      'Browsers do not offer it, so rules about certificates do not match.',
    )
  const association = find('association')
  if (association !== null && association.outcome === 'no-ca')
    return refused('no CA is associated with this hostname', 'Access asks for no certificate here.')
  if (association !== null && association.outcome !== 'accepted')
    return refused('Access does not accept its issuer here', `${certificate.issuerName} is not a CA of this hostname.`)
  const application = find('no-policy')?.application ?? 'this application'
  const isNamed = reasons.some(
    (one) =>
      one.kind === 'policy' && one.findings.some(({ part, rule }) => part === 'include' && rule.kind === 'common-name'),
  )
  const place = path === '/' ? 'this hostname' : path
  const why =
    isNamed && certificate.commonName !== null
      ? `no policy for ${place} names “${certificate.commonName}”`
      : `no policy for ${place} lets this certificate in`
  return refused(why, `The certificate is valid, but the rules of ${application} do not include it.`)
}

/** What a step of the evaluation came to, as a sign beside it. */
export function markOf(reason: Reason, isLast: boolean, verdict: Explanation['verdict']): Mark {
  if (isLast && verdict !== 'depends') return verdict
  switch (reason.kind) {
    case 'certificate':
      return reason.state === 'valid' ? 'passed' : 'skipped'
    case 'association':
      if (reason.outcome === 'unknown') return 'open'
      return reason.outcome === 'accepted' ? 'passed' : 'skipped'
    case 'application':
    case 'path-override':
      return 'chosen'
    case 'policy':
      if (reason.matches === 'no') return 'skipped'
      return reason.matches === 'yes' ? 'passed' : 'open'
    case 'application-unclear':
    case 'no-application':
    case 'no-policy':
      return 'open'
  }
}
