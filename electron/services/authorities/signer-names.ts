import type { CertificateNames } from '#electron/pki/authority/client'
import type { RequestedCertificate } from '#electron/pki/authority/requested'
import { attributeLabel } from '#electron/pki/names'
import { neutralise } from '#shared/logic/neutralise'
import type { SubjectDraft } from '#shared/model/identity'

type Asked = RequestedCertificate['attributes']

const fields: [type: string, field: keyof SubjectDraft | null, words: string][] = [
  ['2.5.4.10', 'organization', 'organisation'],
  ['2.5.4.11', 'organizationalUnit', 'department'],
  ['2.5.4.7', 'locality', 'town'],
  ['2.5.4.8', 'state', 'state or county'],
  ['2.5.4.6', 'country', 'country'],
  ['2.5.4.5', null, 'serial number'],
]

/** What Go's names hold (`crypto/x509/pkix`, Name); cfssl 1.x writes nothing else. */
const known = new Set(['2.5.4.3', '2.5.4.9', '2.5.4.17', ...fields.map(([type]) => type)])

/** Why a cfssl signer cannot be asked for these names: it would write others. Null where it would not. */
export const refusalForSigner = (names: CertificateNames, asked: Asked): string | null =>
  names.kind === 'decided' ? keptByRequest(names.subject, asked) : leftOutBySigner(asked)

/**
 * cfssl fills a field that was left empty with what the requester wrote there (`PopulateSubjectFromCSR` of its package
 * `signer`).
 */
function keptByRequest(decided: SubjectDraft, asked: Asked): string | null {
  for (const [type, field, words] of fields) {
    const kept = asked.find((attribute) => attribute.type === type && attribute.text !== '')
    if (kept !== undefined && (field === null || decided[field] === ''))
      return `The signer would write the requester’s own ${words}, “${neutralise(kept.text)}”. Decide on one, or ask for a request without it.`
  }
  return null
}

function leftOutBySigner(asked: Asked): string | null {
  const lost = asked.find(({ type }) => !known.has(type))
  if (lost === undefined) return null
  const { label } = attributeLabel(lost.type)
  return `The signer would leave out the requester’s ${label}, “${neutralise(lost.text)}”. Decide on the names, or ask for a request without it.`
}
