import { adviceFor } from '#shared/logic/access/advice-words'
import { answerWords, markOf } from '#shared/logic/access/answer-words'
import { reasonWords, verdictWords } from '#shared/logic/access/explanation-words'
import { namesOf } from '#shared/logic/access/rule-words'
import type { AccessAccount } from '#shared/model/access-account'
import type { Visitor } from '#shared/model/access-explanation'
import type { AccessIntent } from '#shared/model/access-intent'
import type { AccessAnswer } from '#shared/model/access-screen'
import type { Instant } from '#shared/model/ids'
import { visitorsAt } from '../plan/who-gets-in'
import { readPattern } from './address-patterns'
import { guardsHostnames } from './destinations'
import { type Address, explain, foreseeAt } from './explain'
import { findApplication } from './find-application'

/** As many other visitors and paths as can be taken in beside the answer. */
const MAX_OTHERS = 8

/** The answer for one visitor and one address, with the same address for others and the same visitor elsewhere. */
export function answerOf(account: AccessAccount, visitor: Visitor, address: Address, at: Instant): AccessAnswer {
  const explanation = explain(account, visitor, address, at)
  const names = namesOf(account)
  const { reasons, verdict, dependsOn, readAt } = explanation
  return {
    readAt,
    ...address,
    name: visitor.certificate === null ? null : (visitor.certificate.commonName ?? 'This certificate'),
    outlook: { verdict, dependsOn },
    ...answerWords(explanation, visitor, address.path),
    reasons: reasons.map((reason, index) => ({
      mark: markOf(reason, index === reasons.length - 1, verdict),
      ...reasonWords(reason, visitor, names),
    })),
    advice: adviceOf(account, visitor, adviceFor(explanation, visitor)),
    others: othersAt(account, visitor, address, at),
    paths: pathsOf(account, visitor, address, at),
  }
}

function adviceOf(
  account: AccessAccount,
  { certificate }: Visitor,
  advice: ReturnType<typeof adviceFor>,
): AccessAnswer['advice'] {
  if (advice === null) return null
  const { words, change } = advice
  if (change === null) return { words, intent: null }
  if (change.kind === 'add-name') return { words, intent: change }
  // Only its direct issuer is certain to be accepted.
  const issuer = certificate?.issuers[0]
  const ca = account.cas.find(
    ({ fingerprint, bundle }) => issuer !== undefined && (fingerprint === issuer || bundle?.includes(issuer)),
  )
  const intent: AccessIntent | null =
    ca === undefined ? null : { kind: 'set-hostnames', ca: ca.id, add: [change.hostname], remove: [] }
  return { words, intent }
}

function othersAt(account: AccessAccount, visitor: Visitor, address: Address, at: Instant): AccessAnswer['others'] {
  const foresee = foreseeAt(account, address, at)
  const own = visitor.certificate
  const isSame = ({ certificate }: Visitor) =>
    certificate?.commonName === own?.commonName && certificate?.issuerName === own?.issuerName
  const nobody: Visitor = { certificate: null, serviceToken: null }
  const named = visitorsAt(account, account, address, at).filter((one) => one.certificate !== null && !isSame(one))
  const tokens = (account.serviceTokens ?? []).map(({ id }): Visitor => ({ certificate: null, serviceToken: id }))
  const line = (one: Visitor) => {
    const outlook = foresee(one)
    return { ...labelOf(account, one), outlook, words: verdictWords(outlook) }
  }
  return [
    ...named.slice(0, MAX_OTHERS - 2).map(line),
    ...(own === null ? [] : [line(nobody)]),
    ...tokens.slice(0, 2).map(line),
  ]
}

function labelOf({ serviceTokens }: AccessAccount, { certificate, serviceToken }: Visitor) {
  if (serviceToken !== null) {
    const name = serviceTokens?.find(({ id }) => id === serviceToken)?.name ?? serviceToken
    return { name: `Token ${name}`, issuer: null }
  }
  if (certificate === null) return { name: 'No certificate', issuer: null }
  return { name: certificate.commonName ?? 'Any other certificate', issuer: certificate.issuerName }
}

/** Every part of the hostname that has rules of its own. */
function pathsOf(account: AccessAccount, visitor: Visitor, { hostname }: Address, at: Instant): AccessAnswer['paths'] {
  const paths = account.applications.filter(guardsHostnames).flatMap(({ destinations }) =>
    destinations.flatMap((one) => {
      if (one.kind !== 'public') return []
      const { labels, path } = readPattern(one.uri)
      if (labels.join('.') !== hostname) return []
      return [path === '' ? '/' : path, ...one.overrides.map((override) => override.path)]
    }),
  )
  return [...new Set(['/', ...paths])].slice(0, MAX_OTHERS).map((path) => {
    const address = { hostname, path: path.replaceAll('*', 'any') }
    const outlook = foreseeAt(account, address, at)(visitor)
    const isOpen = foreseeAt(account, address, at)({ certificate: null, serviceToken: null }).verdict === 'let-in'
    const [covering] = findApplication(account, address).candidates
    return {
      path,
      application: covering?.application.name ?? 'No application',
      outlook,
      words: isOpen ? 'Open to everyone' : verdictWords(outlook),
    }
  })
}
