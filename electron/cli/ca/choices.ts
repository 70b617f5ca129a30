import { AppError } from '#shared/errors'
import { IssueChoice, type RequestPreview } from '#shared/model/authority'
import { parsed, type SubjectOptions, subjectOf } from '../subject'
import type { SigningOptions } from './options'

export interface IssueOptions extends SigningOptions, SubjectOptions {
  issuer?: string
  csv: string[]
  cn?: string
  acceptSubject?: boolean
  dropUnsupported?: boolean
  email: string[]
  dns: string[]
  days: string
  outDir?: string
}

export interface Choices {
  choices: IssueChoice[]
  /** Those that nobody has named. */
  undecided: RequestPreview[]
  /** Those whose own names were to be taken and cannot be. */
  refused: { source: string; reason: string }[]
}

/**
 * What is issued for each request that may be: the list's names, those of the command line, or, only when that was said,
 * the requester's own.
 */
export function chooseAll(rows: RequestPreview[], options: IssueOptions, days: number): Choices {
  requireOneWay(options)
  const usable = rows.filter(({ refusal }) => refusal === null)
  const unnamed = usable.filter(({ listed }) => listed === null)
  if (options.cn !== undefined && unnamed.length > 1)
    throw new AppError('invalid-input', `--cn names one certificate, but there are ${unnamed.length} requests.`)
  const made: Choices = { choices: [], undecided: [], refused: [] }
  for (const preview of usable) {
    const names = namesFor(preview, options)
    const reason = names?.kind === 'as-requested' ? refusalOf(preview, names.withoutUnsupported) : null
    if (names === null) made.undecided.push(preview)
    else if (reason !== null) made.refused.push({ source: preview.source, reason })
    else made.choices.push(parsed(IssueChoice, { row: preview.row, names, days }))
  }
  return made
}

/** Nothing that was typed is passed over in silence. */
function requireOneWay({ cn, acceptSubject, email, dns, ...options }: IssueOptions): void {
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

function refusalOf({ requested: { refusal, leftOut } }: RequestPreview, withoutUnsupported: boolean): string | null {
  if (refusal !== null) return `${refusal} Choose the names yourself (--cn, or a list), or ask for another request.`
  if (leftOut.length === 0 || withoutUnsupported) return null
  return `It asks for names that are not copied: ${leftOut.join(', ')}. Use --drop-unsupported to issue it without them.`
}
