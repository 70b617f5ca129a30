import type { Call } from '#shared/ipc/contract'
import { namesByTemplate, setsNames } from '#shared/logic/issue-template'
import { describeSubject } from '#shared/logic/naming'
import type { RequestPreview } from '#shared/model/authority'
import type { IssueTemplate } from '#shared/model/issue-template'
import { otherNameRules, type SubjectForm, subjectErrors } from '../../../components/subject'
import { type Comparison, compareKeyCodes, type SaidCode } from './key-code-comparison'

/** Whose names are written: the requester's to the letter, or those in the form. */
export type Names =
  | { kind: 'as-requested'; withoutUnsupported: boolean }
  | { kind: 'decided'; subject: SubjectForm; emails: string[]; dnsNames: string[] }

/** What the administrator has decided about one request. */
export interface Decision {
  names: Names
  /** Ticked or unticked by hand; null where the tick follows the comparison. */
  isChecked: boolean | null
}

/** What was decided by hand. It survives reading the files again together with more of them, and another template. */
export type Decisions = ReadonlyMap<string, Partial<Decision>>

/** What the requests are filled in with beforehand. */
type Template = Pick<IssueTemplate, 'name' | 'names'> | null

export const keyOf = ({ source, keyCode }: RequestPreview): string => `${source}\n${keyCode}`

/**
 * Before anybody touches it: the list's names, or else the requester's, with what the template says. Where the requester's
 * cannot be taken, a template does not hide that.
 */
export function firstNames({ listed, requested, form }: RequestPreview, template: Template = null): Names {
  if (template === null || !setsNames(template) || (listed === null && requested.refusal !== null))
    return listed === null ? { kind: 'as-requested', withoutUnsupported: false } : { kind: 'decided', ...listed }
  return { kind: 'decided', ...namesByTemplate(template, listed ?? form, listed !== null) }
}

export const decisionOn = (request: RequestPreview, decisions: Decisions, template: Template = null): Decision => ({
  names: firstNames(request, template),
  isChecked: null,
  ...decisions.get(keyOf(request)),
})

/** What the form shows: the names that were decided on, or what it begins with. */
export function formOf({ form }: RequestPreview, names: Names): Extract<Names, { kind: 'decided' }> {
  return names.kind === 'decided' ? names : { kind: 'decided', ...form }
}

export interface ReviewEntry {
  request: RequestPreview
  decision: Decision
  /** Its names before anybody has touched them. */
  first: Names
  /** Its key compared with the codes that came separately. */
  comparison: Comparison
  /** Why it cannot be signed as it stands: the request itself, or the name that was written for it. */
  problem: string | null
}

/**
 * Every request with its decision, in the order of the files. Two certificates with one name could not be told apart, so that is a
 * problem too.
 */
export function review(
  requests: RequestPreview[],
  decisions: Decisions,
  said: SaidCode[] = [],
  template: Template = null,
): ReviewEntry[] {
  const sorted = [...requests].sort((one, other) => inNumericOrder(one.source, other.source))
  const comparisons = compareKeyCodes(sorted, said)
  const count = new Map<string, number>()
  for (const request of sorted) {
    const name = nameOf(request, decisionOn(request, decisions, template))
    if (request.refusal === null) count.set(name, (count.get(name) ?? 0) + 1)
  }
  return sorted.map((request, index) => {
    const decision = decisionOn(request, decisions, template)
    const isTwice = (count.get(nameOf(request, decision)) ?? 0) > 1
    const twice = isTwice ? 'Another request here has the same name. Give each its own.' : null
    const problem = request.refusal ?? faultOf(request, decision.names) ?? twice
    const comparison = comparisons[index] ?? { kind: 'no-code' }
    return { request, decision, first: firstNames(request, template), comparison, problem }
  })
}

/** "two-2" before "two-10", as file managers sort. */
const { compare: inNumericOrder } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

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

/** A key whose code differs may have been replaced in transit, so it cannot be ticked. */
export const canBeSigned = ({ problem, comparison }: ReviewEntry): boolean =>
  problem === null && comparison.kind !== 'differs'
export const willBeSigned = (one: ReviewEntry): boolean =>
  canBeSigned(one) && (one.decision.isChecked ?? one.comparison.kind === 'matches')

/** Of what is ticked, those that name themselves and have not been on the screen yet: nobody can have looked at these names. */
export function unseen(all: ReviewEntry[], seen: ReadonlySet<number>): number {
  return all.filter((one) => willBeSigned(one) && one.request.listed === null && !seen.has(one.request.row)).length
}

/** What the filters above the list show. */
export const groups = {
  all: { words: 'All', has: () => true },
  matches: { words: 'Matches', has: (one: ReviewEntry) => canBeSigned(one) && one.comparison.kind === 'matches' },
  differs: { words: 'Differs', has: (one: ReviewEntry) => one.comparison.kind === 'differs' },
  'no-code': { words: 'No code yet', has: (one: ReviewEntry) => canBeSigned(one) && one.comparison.kind === 'no-code' },
  unsignable: {
    words: 'Cannot be signed',
    has: (one: ReviewEntry) => one.problem !== null && one.comparison.kind !== 'differs',
  },
} as const
export type Group = keyof typeof groups

/** Whether somebody chose the names here: neither the requester's nor the list's nor the template's. */
export const isRenamed = ({ first, decision: { names } }: ReviewEntry): boolean =>
  names.kind === 'decided' && !isSame(names, first)

const isSame = (one: Names, other: Names): boolean => JSON.stringify(one) === JSON.stringify(other)

export const choicesFrom = (all: ReviewEntry[], days: number): Call<'authorities.issue'>['choices'] =>
  all.filter(willBeSigned).map(({ request: { row }, decision: { names } }) => ({ row, names, days }))
