import type { Call } from '#shared/ipc/contract'
import { countOf, formatCount } from '#shared/logic/formatting'
import { describeSubject } from '#shared/logic/naming'
import type { RequestPreview } from '#shared/model/authority'
import { otherNameRules, type SubjectForm, subjectErrors } from '../../../components/subject'

/** Whose names are written: the requester's to the letter, or those in the form. */
export type Names =
  | { kind: 'as-requested'; withoutUnsupported: boolean }
  | { kind: 'decided'; subject: SubjectForm; emails: string[]; dnsNames: string[] }

/** What the administrator has decided about one request. */
export interface Decision {
  names: Names
  /** Said by the administrator, never assumed: name and key code were compared. */
  isChecked: boolean
}

/** Decisions survive reading the files again together with more of them. */
export type Decisions = ReadonlyMap<string, Decision>

export const keyOf = ({ source, keyCode }: RequestPreview): string => `${source}\n${keyCode}`

/** Before anybody touches it: the list's names, or else the requester's. */
export const firstNames = ({ listed }: RequestPreview): Names =>
  listed === null ? { kind: 'as-requested', withoutUnsupported: false } : { kind: 'decided', ...listed }

export const decisionOn = (request: RequestPreview, decisions: Decisions): Decision =>
  decisions.get(keyOf(request)) ?? { names: firstNames(request), isChecked: false }

/** What the form shows: the names that were decided on, or what it begins with. */
export function formOf({ form }: RequestPreview, names: Names): Extract<Names, { kind: 'decided' }> {
  return names.kind === 'decided' ? names : { kind: 'decided', ...form }
}

export interface ReviewEntry {
  request: RequestPreview
  decision: Decision
  /** Why it cannot be signed as it stands: the request itself, or the name that was written for it. */
  problem: string | null
}

/** Every request with its decision. Two certificates with one name could not be told apart, so that is a problem too. */
export function review(requests: RequestPreview[], decisions: Decisions): ReviewEntry[] {
  const all = requests.map((request) => ({ request, decision: decisionOn(request, decisions) }))
  const count = new Map<string, number>()
  for (const { request, decision } of all) {
    const name = nameOf(request, decision)
    if (request.refusal === null) count.set(name, (count.get(name) ?? 0) + 1)
  }
  return all.map(({ request, decision }) => {
    const isTwice = (count.get(nameOf(request, decision)) ?? 0) > 1
    const twice = isTwice ? 'Another request here has the same name. Give each its own.' : null
    return { request, decision, problem: request.refusal ?? faultOf(request, decision.names) ?? twice }
  })
}

function faultOf({ requested }: RequestPreview, names: Names): string | null {
  if (names.kind === 'decided') {
    const { subject, emails, dnsNames } = names
    const [wrong] = Object.values(subjectErrors(subject))
    return wrong ?? otherNameRules.emails(emails) ?? otherNameRules.dnsNames(dnsNames)
  }
  if (requested.refusal !== null) return `${requested.refusal} Choose the names yourself, or ask for another request.`
  if (requested.leftOut.length === 0 || names.withoutUnsupported) return null
  return 'It asks for names that are not copied. Tick to issue it without them, or choose the names yourself.'
}

/** The subject as the certificate will show it. */
export const subjectWords = ({ requested }: RequestPreview, { names }: Decision): string =>
  names.kind === 'decided' ? describeSubject(names.subject) : requested.subject

const nameOf = (request: RequestPreview, decision: Decision): string => subjectWords(request, decision).toLowerCase()

export const canBeSigned = ({ problem }: ReviewEntry): boolean => problem === null
export const willBeSigned = (one: ReviewEntry): boolean => canBeSigned(one) && one.decision.isChecked

/** Requests that name themselves and have not been on the screen yet: those are never ticked together with the rest. */
export function unseen(all: ReviewEntry[], seen: ReadonlySet<number>): number {
  return all.filter((one, index) => canBeSigned(one) && one.request.listed === null && !seen.has(index)).length
}

/** Whether somebody chose the names here: neither the requester's nor the list's. */
export const isRenamed = ({ request, decision: { names } }: ReviewEntry): boolean =>
  names.kind === 'decided' && !isSame(names, firstNames(request))

const isSame = (one: Names, other: Names): boolean => JSON.stringify(one) === JSON.stringify(other)

export const choicesFrom = (all: ReviewEntry[], days: number): Call<'authorities.issue'>['choices'] =>
  all.filter(willBeSigned).map(({ request: { row }, decision: { names } }) => ({ row, names, days }))

/** A file that was altered on its way has to be asked for again; which ones, in words. */
export function countWords(all: ReviewEntry[]): string {
  const ready = all.filter(canBeSigned).length
  const rest = all.length - ready
  const first = `${formatCount(ready)} of ${formatCount(all.length)} can be signed`
  return rest === 0 ? `${countOf(all.length, 'request')} to review` : first
}
