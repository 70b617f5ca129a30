import type { AccessAccount } from '../../model/access-account'
import type { AccessChange, AccessRisk, PlanProblem, UndoNote, VisitorOutlook } from '../../model/access-plan'
import type { AccessRollOverStage } from '../../model/access-roll-over'
import { countOf, joinNames } from '../formatting'
import { alertChangeWords, alertUnavailable, destinationKinds, destinationNouns } from './alert-words'
import { permissions } from './permission-names'
import { decisionWords, namesOf, rulesWords } from './rule-words'

export interface ChangeWords {
  title: string
  /** What follows from it; empty where the title says all. */
  detail: string
}

/** One change as a person reads it. `before` and `after`: the account around this one change. */
export function changeWords(change: AccessChange, before: AccessAccount, after: AccessAccount): ChangeWords {
  switch (change.kind) {
    case 'create-ca':
      return { title: `Upload the CA ${change.name}`, detail: 'Without hostnames. Waits until Access reports it.' }
    case 'delete-ca':
      return {
        title: `Delete the CA ${nameIn(before.cas, change.id)}`,
        detail: 'Access does not give out a copy of it.',
      }
    case 'set-ca-hostnames':
      return hostnamesWords(change.id, before, after)
    case 'set-settings':
      return settingsWords(change, before)
    case 'create-group':
      return { title: `Create the group ${change.name}`, detail: `${rulesWords(change.rules, namesOf(after))}.` }
    case 'update-group': {
      const name = nameIn(before.groups ?? [], change.id)
      return { title: `Change the group ${name}`, detail: `Then: ${rulesWords(change.rules, namesOf(after))}.` }
    }
    case 'delete-group':
      return { title: `Delete the group ${nameIn(before.groups ?? [], change.id)}`, detail: '' }
    case 'create-policy': {
      const { application, name, decision, rules } = change
      const place = application === null ? '' : ` in ${nameIn(after.applications, application.id)}`
      const title = `Create the policy ${name}${place}`
      return { title, detail: `${decisionWords[decision]}. ${rulesWords(rules, namesOf(after))}.` }
    }
    case 'update-policy': {
      const title = `Change the policy ${nameIn(before.policies, change.id)}`
      const words = `${decisionWords[change.decision]}. ${rulesWords(change.rules, namesOf(after))}.`
      return { title, detail: `Then: ${words}` }
    }
    case 'delete-policy':
      return { title: `Delete the policy ${nameIn(before.policies, change.id)}`, detail: '' }
    case 'create-application': {
      const policies = change.policies.map(({ policy }) => nameIn(after.policies, policy))
      const detail = `For ${change.domain}. ${policies.length === 0 ? 'Nobody gets in yet.' : `With ${joinNames(policies)}.`}`
      return { title: `Create the application ${change.name}`, detail }
    }
    case 'set-application-policies':
      return linksWords(change, before, after)
    case 'delete-application':
      return {
        title: `Delete the application ${nameIn(before.applications, change.id)}`,
        detail: 'A new one would have a different AUD.',
      }
    case 'create-alert':
    case 'update-alert':
    case 'delete-alert':
      return alertChangeWords(change, before.alerting, after.alerting)
    case 'test-hostname':
      return {
        title: `Test ${change.hostname} with a certificate from each CA`,
        detail: 'Stops here unless each of them is let in.',
      }
  }
}

type ChangeOf<Kind extends AccessChange['kind']> = Extract<AccessChange, { kind: Kind }>

const nameIn = (all: { id: string; name: string }[], id: string): string => all.find((one) => one.id === id)?.name ?? id

const hostnamesOf = ({ cas }: AccessAccount, id: string): string[] => cas.find((ca) => ca.id === id)?.hostnames ?? []

const missingFrom = (all: string[], others: string[]): string[] => all.filter((one) => !others.includes(one))

function hostnamesWords(id: string, before: AccessAccount, after: AccessAccount): ChangeWords {
  const name = nameIn(before.cas, id)
  const [old, now] = [hostnamesOf(before, id), hostnamesOf(after, id)]
  const [added, removed] = [missingFrom(now, old), missingFrom(old, now)]
  const parts = [
    ...(added.length === 0 ? [] : [`Add ${joinNames(added)} to the CA ${name}`]),
    ...(removed.length === 0
      ? []
      : [`${added.length === 0 ? 'Remove' : 'remove'} ${joinNames(removed)} from the CA ${name}`]),
  ]
  const staying = old.length - removed.length
  const others = staying === 0 ? '' : `Its ${countOf(staying, 'other hostname')} ${staying === 1 ? 'stays' : 'stay'}. `
  return { title: parts.join(', '), detail: `${others}Waits until Access reports it.` }
}

function settingsWords({ settings }: ChangeOf<'set-settings'>, before: AccessAccount): ChangeWords {
  const wasOn = (hostname: string) => before.settings.some((one) => one.hostname === hostname && one.forwarding)
  const changed = (isOn: boolean) =>
    settings.flatMap(({ hostname, forwarding }) => (forwarding === isOn && wasOn(hostname) !== isOn ? [hostname] : []))
  const [on, off] = [changed(true), changed(false)]
  const parts = [
    ...(on.length === 0 ? [] : [`Turn certificate forwarding on for ${joinNames(on)}`]),
    ...(off.length === 0
      ? []
      : [`${on.length === 0 ? 'Turn certificate forwarding' : 'turn it'} off for ${joinNames(off)}`]),
  ]
  return {
    title: parts.join(', '),
    detail: 'Access may replace this list as a whole, so every other hostname is sent as it is.',
  }
}

function linksWords(
  { id, policies }: ChangeOf<'set-application-policies'>,
  before: AccessAccount,
  after: AccessAccount,
): ChangeWords {
  const name = nameIn(before.applications, id)
  const old = before.applications.find((one) => one.id === id)?.policies.map(({ policy }) => policy) ?? []
  const now = policies.map(({ policy }) => policy)
  const named = (ids: string[]) => joinNames(ids.map((policy) => nameIn(after.policies, policy)))
  const [added, removed] = [missingFrom(now, old), missingFrom(old, now)]
  const parts = [
    ...(added.length === 0 ? [] : [`Attach ${named(added)} to the application ${name}`]),
    ...(removed.length === 0
      ? []
      : [`${added.length === 0 ? 'Detach' : 'detach'} ${named(removed)} from the application ${name}`]),
  ]
  return { title: parts.join(', '), detail: 'The order of the other policies stays.' }
}

/** Of a plan that protects a site; `path` is empty for the whole hostname. */
export const protectTitle = ({ hostname, path }: { hostname: string; path: string }): string =>
  `Protect ${hostname}${path}`

/** Of one stage of a roll-over. */
export function rollOverTitle(stage: AccessRollOverStage, old: string, next: string): string {
  switch (stage) {
    case 'overlap':
      return `Put the CA ${next} beside ${old}`
    case 'move':
      return `Take the CA ${old} off its hostnames`
    case 'retire':
      return `Delete the CA ${old}, which ${next} has replaced`
  }
}

/** What may go wrong, as one sentence. */
export function riskWords(risk: AccessRisk): string {
  switch (risk.kind) {
    case 'last-ca':
      return `${risk.hostname} has no CA afterwards: nobody can use a certificate there.`
    case 'locks-out':
      return `Certificates from ${risk.ca} stop working on ${risk.hostname}.`
    case 'several-cas':
      return `${joinNames(risk.cas)} can each issue any name for ${risk.hostname}.`
    case 'bypass':
      return `${risk.policy} turns off all checks for everyone it matches.`
    case 'everyone':
      return `${risk.policy} includes everyone.`
    case 'public-ca':
      return `${risk.policy} accepts any valid certificate, and ${risk.ca} is a public CA: each of its customers can have one.`
    case 'more-specific':
      return `${risk.uri} belongs to ${risk.application}: its policies apply there, not these.`
    case 'path-override':
      return `${risk.path} is open to everyone on ${risk.domain}, whatever the policies say.`
    case 'other-users':
      return `${risk.policy} is also used by ${joinNames(risk.applications)}.`
    case 'no-longer-counts':
      return endWords(risk)
    case 'destination-not-ready':
      return `Cloudflare says that ${destinationKinds[risk.destination]} is not ready for this account, so messages may not arrive.`
    case 'irreversible':
      return `${risk.what} cannot be restored with the same ID.`
  }
}

function endWords({ policy, application, decision }: Extract<AccessRisk, { kind: 'no-longer-counts' }>): string {
  switch (decision) {
    case 'deny':
      return `${policy} no longer keeps anybody out of ${application}.`
    case 'allow':
    case 'bypass':
    case 'non_identity':
      return `${policy} no longer lets anybody into ${application}.`
    case 'unknown':
      return `${policy} no longer counts for ${application}.`
  }
}

const refusals: Record<Extract<PlanProblem, { kind: 'ca-refused' }>['why'], string> = {
  'no-certificate': 'It contains no certificate.',
  unreadable: 'Part of it cannot be read.',
  'private-key': 'It contains a private key. Upload CA certificates only.',
  request: 'It contains a certificate request. Upload CA certificates only.',
  leaf: 'It contains a certificate that is not a CA.',
  algorithm: 'Access accepts only RSA and ECDSA.',
  order: 'The certificates are in the wrong order. The issuing CA comes first and its root last.',
  incomplete: 'The issuer of one of its certificates is missing. Access needs all of them up to the root.',
  'not-valid': 'One of its certificates is not valid now.',
  practice: 'It belongs to the practice site.',
}

/** Why there is no plan, as one or two sentences. */
export function problemWords(problem: PlanProblem): string {
  switch (problem.kind) {
    case 'other-account':
      return 'This plan file is for another account.'
    case 'state-changed':
      return 'The account has changed since this plan file was written. Export it again.'
    case 'wish-expired':
      return 'This plan file has expired. Export it again.'
    case 'ca-refused':
      return `Access would refuse the CA ${problem.name}. ${refusals[problem.why]}${problem.detail === '' ? '' : ` (${problem.detail})`}`
    case 'ca-unclear':
      return `${problem.name} and the CA ${problem.existing} that Access has share a certificate, so they cannot be told apart. If they are one and the same, use the name ${problem.existing}.`
    case 'same-ca':
      return `The CA ${problem.name} is the same one, so it cannot take its own place.`
    case 'not-found':
      return `There is no ${problem.what} ${problem.name}.`
    case 'ambiguous':
      return `There is more than one ${problem.what} ${problem.name}.`
    case 'managed-elsewhere':
      return `The ${problem.what} ${problem.name} is managed elsewhere, so it is not changed here.`
    case 'not-read':
      if (problem.what === 'group')
        return `The token may not read rule groups, so ${problem.name} could not be checked.`
      if (problem.what === 'expiry alert')
        return `Notifications could not be read, so ${problem.name} could not be checked. The token needs the permission “${permissions.notifications}”.`
      return `The ${problem.what} ${problem.name} was not read, or uses something that this version of Latchkey does not know.`
    case 'alert-unavailable':
      return `${alertUnavailable} ${problem.name} was not planned.`
    case 'destination-unavailable':
      return `This account may not send notifications by ${destinationKinds[problem.destination]}, so ${problem.name} was not planned.`
    case 'destination-unknown':
      return `This account has no ${destinationNouns[problem.destination]} ${problem.id}, so ${problem.name} was not planned.`
    case 'name-taken':
      return `There is already a policy ${problem.name}. Choose another name, or attach that one.`
    case 'circular-group':
      return `The group ${problem.name} contains itself.`
    case 'other-rules':
      return `The group ${problem.name} has been given other rules than Common Names in “include”. Remove those first.`
    case 'foreign-hostname':
      return `${problem.hostname} is in none of the account’s zones.`
    case 'ca-in-use':
      return `The CA ${problem.name} is still used by ${joinNames(problem.hostnames)}.`
    case 'too-many':
      return `Access accepts at most ${countOf(problem.limit, problem.what)}.`
    case 'application-without-name':
      return `No application has the address ${problem.domain}. Give a name to create one.`
    case 'contradiction':
      return `${problem.policy} is both attached to ${problem.application} and detached from it.`
    case 'own-policy':
      return `${problem.policy} belongs to ${problem.application} alone: detaching it would delete it.`
  }
}

/** People who get in now and will not afterwards, in one sentence each. */
export function lossWords(visitors: VisitorOutlook[]): string[] {
  return visitors
    .filter(({ before, after }) => before.verdict !== 'refused' && after.verdict === 'refused')
    .map(({ visitor: { certificate }, hostname, path }) => {
      const issuer = certificate?.issuerName ?? ''
      const who =
        certificate === null
          ? 'A visitor without a certificate'
          : (certificate.commonName ?? `Any other certificate from ${issuer}`)
      const from = certificate?.commonName == null ? '' : ` (${issuer})`
      return `${who}${from} gets in to ${hostname}${path === '/' ? '' : path} now and will not afterwards.`
    })
}

const undoNotes: Record<UndoNote['why'], string> = {
  'changed-since': 'It was changed or deleted since, so it stays as it is.',
  'in-use': 'Something else uses it now, so it stays.',
  'block-stays': 'It keeps somebody out, so it stays.',
  irreversible: 'It was deleted, and an undo does not create it again.',
  'managed-elsewhere': 'It is managed elsewhere, so it stays as it is.',
}

/** What an undo leaves as it is, and why. `before` and `after`: the account around the change when it was made. */
export function undoNoteWords({ change, why }: UndoNote, before: AccessAccount, after: AccessAccount): ChangeWords {
  return { title: changeWords(change, before, after).title, detail: undoNotes[why] }
}
