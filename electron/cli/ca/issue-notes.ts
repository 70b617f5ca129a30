import type { Services } from '#electron/services/services'
import { formatIsoDate } from '#shared/logic/formatting'
import { notesOn, type RequestNote } from '#shared/logic/request-notes'
import type { IssueChoice, RequestBatch, RequestPreview } from '#shared/model/authority'

export interface IssueNote {
  source: string
  kind: RequestNote['kind'] | 'namesake' | 'ignored-column'
  note: string
}

/** Notes for the person who signs: names that are not issued, Common Names already in use, ignored columns of a list. */
export async function issueNotes(
  services: Services,
  { rows, ignored }: RequestBatch,
  choices: IssueChoice[],
): Promise<IssueNote[]> {
  const requests = new Map(rows.map((preview) => [preview.row, preview]))
  const notes: IssueNote[] = ignored.map(({ source, column }) => ({
    source,
    kind: 'ignored-column',
    note: `The column “${column}” is ignored`,
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

/** Another valid certificate with the same Common Name and a different key: a rule at Access would let both in. */
async function namesake(services: Services, wanted: string, request: RequestPreview): Promise<string | null> {
  const found = await services.authorities.namesake(wanted, request.keyCode)
  if (found === null) return null
  const { commonName, keyCode, notAfter } = found
  return `“${commonName}” already has a certificate with another key: ${keyCode}, until ${formatIsoDate(notAfter)}`
}
