import type { Services } from '#electron/services/services'
import type { IssueChoice, RequestPreview } from '#shared/model/authority'

/** Whose Common Name has a live certificate under another key: where a rule at Access names it, both get in. */
export async function namesakes(services: Services, rows: RequestPreview[], choices: IssueChoice[]) {
  const requests = new Map(rows.map((preview) => [preview.row, preview]))
  const notes: { source: string; note: string }[] = []
  for (const { row, subject } of choices) {
    const request = requests.get(row)
    if (request === undefined) continue
    const found = await services.authorities.namesake(subject.commonName, request.keyCode)
    if (found === null) continue
    const { commonName, keyCode, notAfter } = found
    const note = `“${commonName}” has a certificate under another key already: ${keyCode}, until ${notAfter.slice(0, 10)}`
    notes.push({ source: request.source, note })
  }
  return notes
}
