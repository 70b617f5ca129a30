import type { Services } from '#electron/services/services'
import { formatIsoDate } from '#shared/logic/formatting'
import { notesOn, type RequestNote } from '#shared/logic/request-notes'
import type { IssueChoice, RequestBatch, RequestPreview } from '#shared/model/authority'

export interface IssueNote {
  source: string
  kind: RequestNote['kind'] | 'namesake' | 'ignored-column'
  note: string
}

/** What whoever signs should know: what was asked for and is not issued, who has a name already, what a list says in vain. */
export async function issueNotes(
  services: Services,
  { rows, ignored }: RequestBatch,
  choices: IssueChoice[],
): Promise<IssueNote[]> {
  const requests = new Map(rows.map((preview) => [preview.row, preview]))
  const notes: IssueNote[] = ignored.map(({ source, column }) => ({
    source,
    kind: 'ignored-column',
    note: `The column “${column}” is not used`,
  }))
  for (const { row, names } of choices) {
    const request = requests.get(row)
    if (request === undefined) continue
    const { source } = request
    notes.push(...notesOn(request, names).map((note) => ({ source, ...note })))
    const commonName = names.kind === 'decided' ? names.subject.commonName : request.requested.commonName
    const note = commonName === null ? null : await namesake(services, commonName, request)
    if (note !== null) notes.push({ source, kind: 'namesake', note })
  }
  return notes
}

/** Whose Common Name has a live certificate under another key: where a rule at Access names it, both get in. */
async function namesake(services: Services, wanted: string, request: RequestPreview): Promise<string | null> {
  const found = await services.authorities.namesake(wanted, request.keyCode)
  if (found === null) return null
  const { commonName, keyCode, notAfter } = found
  return `“${commonName}” already has a certificate with another key: ${keyCode}, until ${formatIsoDate(notAfter)}`
}
