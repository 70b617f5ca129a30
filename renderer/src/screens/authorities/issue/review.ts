import type { Call } from '#shared/ipc/contract'
import { describeSubject } from '#shared/logic/naming'
import type { RequestPreview } from '#shared/model/authority'
import { type SubjectForm, subjectErrors } from '../../../components/subject'

/** What the administrator has decided about one request. */
export interface Decision {
  subject: SubjectForm
  emails: string[]
  dnsNames: string[]
  /** Said by the administrator, never assumed: name and key code were compared. */
  isChecked: boolean
}

/** Decisions survive reading the files again together with more of them. */
export type Decisions = ReadonlyMap<string, Decision>

export const keyOf = ({ source, keyCode }: RequestPreview): string => `${source}\n${keyCode}`

export function decisionOn(request: RequestPreview, decisions: Decisions): Decision {
  const { subject, emails, dnsNames } = request.proposed
  return decisions.get(keyOf(request)) ?? { subject, emails, dnsNames, isChecked: false }
}

export interface Reviewed {
  request: RequestPreview
  decision: Decision
  /** Why it cannot be signed as it stands: the request itself, or the name that was written for it. */
  problem: string | null
}

/** Every request with its decision. Two certificates with one name could not be told apart, so that is a problem too. */
export function review(requests: RequestPreview[], decisions: Decisions): Reviewed[] {
  const all = requests.map((request) => ({ request, decision: decisionOn(request, decisions) }))
  const count = new Map<string, number>()
  for (const { request, decision } of all) {
    if (request.refusal === null) count.set(nameOf(decision), (count.get(nameOf(decision)) ?? 0) + 1)
  }
  return all.map(({ request, decision }) => {
    const [wrong] = Object.values(subjectErrors(decision.subject))
    const isTwice = (count.get(nameOf(decision)) ?? 0) > 1
    const twice = isTwice ? 'Another request here would get the same name. Give each its own.' : null
    return { request, decision, problem: request.refusal ?? wrong ?? twice }
  })
}

const nameOf = ({ subject }: Decision): string => describeSubject(subject).toLowerCase()

export const canBeSigned = ({ problem }: Reviewed): boolean => problem === null
export const willBeSigned = (one: Reviewed): boolean => canBeSigned(one) && one.decision.isChecked

/** Requests that name themselves and have not been on the screen yet: those are never ticked together with the rest. */
export function unseen(all: Reviewed[], seen: ReadonlySet<number>): number {
  return all.filter((one, index) => canBeSigned(one) && !one.request.fromList && !seen.has(index)).length
}

/** Whether what will be written is not what the requester wrote. */
export function isRenamed({ request, decision }: Reviewed): boolean {
  return request.requested.commonName !== decision.subject.commonName
}

export function choicesFrom(all: Reviewed[], days: number): Call<'authorities.issue'>['choices'] {
  return all.filter(willBeSigned).map(({ request, decision: { subject, emails, dnsNames } }) => ({
    row: request.row,
    subject,
    emails,
    dnsNames,
    days,
  }))
}

/** A file that was altered on its way has to be asked for again; which ones, in words. */
export function countWords(all: Reviewed[]): string {
  const ready = all.filter(canBeSigned).length
  const rest = all.length - ready
  const first = `${ready} of ${all.length} can be signed`
  return rest === 0 ? `${all.length === 1 ? 'One request' : `${all.length} requests`} to look at` : first
}
