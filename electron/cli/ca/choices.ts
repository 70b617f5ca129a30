import { AppError } from '#shared/errors'
import { namesByTemplate, setsNames } from '#shared/logic/issue-template'
import { IssueChoice, type ListEncoding, type NameChoice, type RequestPreview } from '#shared/model/authority'
import type { IssueTemplate } from '#shared/model/issue-template'
import { parsed, type SubjectOptions, subjectOf } from '../subject'
import type { SigningOptions } from './options'

export interface IssueOptions extends SigningOptions, SubjectOptions {
  issuer?: string
  csv: string[]
  csvEncoding?: ListEncoding
  template?: string
  cn?: string
  acceptSubject?: boolean
  dropUnsupported?: boolean
  email: string[]
  dns: string[]
  days: string
  outDir?: string
}

/** What all the certificates have in common. */
export interface BatchTerms {
  template: IssueTemplate | null
  days: number
}

export interface Choices {
  choices: IssueChoice[]
  /** Requests without names: neither a list nor an option gives them. */
  undecided: RequestPreview[]
  /** Requests whose own names cannot be used, although --accept-subject was given. */
  refused: { source: string; reason: string }[]
}

/**
 * The names for each request that can be issued: those of the list, those of the command line, or, only with
 * --accept-subject, those of the requester; a template fills in the rest.
 */
export function chooseAll(rows: RequestPreview[], options: IssueOptions, { template, days }: BatchTerms): Choices {
  requireConsistent(options)
  const usable = rows.filter(({ refusal }) => refusal === null)
  const unnamed = usable.filter(({ listed }) => listed === null)
  if (options.cn !== undefined && unnamed.length > 1)
    throw new AppError('invalid-input', `--cn names one certificate, but there are ${unnamed.length} requests.`)
  const made: Choices = { choices: [], undecided: [], refused: [] }
  for (const preview of usable) {
    const { row, source } = preview
    const names = namesFor(preview, options)
    if (names === null) {
      made.undecided.push(preview)
      continue
    }
    const reason = names.kind === 'as-requested' ? refusalOf(preview, names.withoutUnsupported) : null
    const filled = byTemplate(preview, names, template)
    const fault = reason ?? (filled === names ? null : faultOf({ row, names: filled, days }))
    if (fault !== null) made.refused.push({ source, reason: fault })
    else made.choices.push(parsed(IssueChoice, { row, names: filled, days }))
  }
  return made
}

/** Refuses combinations of options in which one would be ignored. */
function requireConsistent({ cn, acceptSubject, email, dns, ...options }: IssueOptions): void {
  if (cn !== undefined && acceptSubject === true)
    throw new AppError('invalid-input', 'Use either --cn or --accept-subject, not both.')
  const fields = [options.organization, options.unit, options.locality, options.state, options.country]
  if (cn === undefined && [...fields, ...email, ...dns].some((text) => text !== ''))
    throw new AppError('invalid-input', 'The other names (--organization, --email, --dns, …) need --cn.')
}

function namesFor({ listed }: RequestPreview, options: IssueOptions) {
  if (listed !== null) return { kind: 'decided', ...listed } as const
  const { cn, email, dns } = options
  if (cn !== undefined)
    return { kind: 'decided', subject: subjectOf(cn, options), emails: email, dnsNames: dns } as const
  if (options.acceptSubject !== true) return null
  return { kind: 'as-requested', withoutUnsupported: options.dropUnsupported === true } as const
}

function byTemplate({ form }: RequestPreview, names: NameChoice, template: IssueTemplate | null) {
  if (template === null || !setsNames(template)) return names
  const isDecided = names.kind === 'decided'
  return { kind: 'decided', ...namesByTemplate(template, isDecided ? names : form, isDecided) }
}

/** What a template made of names that were fine may be no names: then this request is left out, and the others go on. */
function faultOf(choice: unknown): string | null {
  const [issue] = IssueChoice.safeParse(choice).error?.issues ?? []
  return issue === undefined
    ? null
    : `The template produces an invalid name (${issue.path.slice(1).join('.')}): ${issue.message}`
}

function refusalOf({ requested: { refusal, leftOut } }: RequestPreview, withoutUnsupported: boolean): string | null {
  if (refusal !== null) return `${refusal} Set the names yourself (--cn, or a list), or ask for a new request.`
  if (leftOut.length === 0 || withoutUnsupported) return null
  return `It contains names that are not copied: ${leftOut.join(', ')}. Use --drop-unsupported to issue it without them.`
}
