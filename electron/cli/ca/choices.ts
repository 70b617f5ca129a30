import { AppError } from '#shared/errors'
import { IssueChoice, type RequestPreview } from '#shared/model/authority'
import { parsed, subjectOf } from '../subject'
import type { IssueOptions } from './issue'

/**
 * What is issued for each request that may be: the list's names, those of the command line, or, only when that was said,
 * the requester's own. `undecided` are those that nobody has named.
 */
export function chooseAll(
  rows: RequestPreview[],
  options: IssueOptions,
  days: number,
): { choices: IssueChoice[]; undecided: RequestPreview[] } {
  const usable = rows.filter(({ refusal }) => refusal === null)
  const unnamed = usable.filter(({ fromList }) => !fromList)
  if (options.cn !== undefined && unnamed.length > 1)
    throw new AppError('invalid-input', `--cn names one certificate, but there are ${unnamed.length} requests.`)
  const choices: IssueChoice[] = []
  const undecided: RequestPreview[] = []
  for (const preview of usable) {
    const names = namesFor(preview, options)
    if (names === null) undecided.push(preview)
    else choices.push(parsed(IssueChoice, { row: preview.row, ...names, days }))
  }
  return { choices, undecided }
}

function namesFor({ fromList, proposed }: RequestPreview, options: IssueOptions) {
  if (fromList) return proposed
  if (options.cn !== undefined)
    return { subject: subjectOf(options.cn, options), emails: options.email, dnsNames: options.dns }
  return options.acceptSubject === true ? proposed : null
}
