import type { SubjectDraft } from '#shared/model/identity'

const fields: [keyof SubjectDraft, string][] = [
  ['organization', 'organisation'],
  ['organizationalUnit', 'department'],
  ['locality', 'town'],
  ['state', 'state or county'],
  ['country', 'country'],
]

/**
 * Why a signer cannot be asked: cfssl fills a field that was left empty with what the requester wrote there
 * (`PopulateSubjectFromCSR` of its package `signer`). Null where there is nothing of the kind.
 */
export function keptByRequest(decided: SubjectDraft, asked: SubjectDraft): string | null {
  const [kept] = fields.filter(([field]) => decided[field] === '' && asked[field] !== '')
  if (kept === undefined) return null
  const [field, words] = kept
  return `The signer would write the requester’s own ${words}, “${asked[field]}”. Decide on one, or ask for a request without it.`
}
