import type { Name } from '@peculiar/asn1-x509'
import { type Attribute, nameOf } from '#electron/pki/authority/names'
import { commonNameId } from '#electron/pki/x509/name'
import { AppError } from '#shared/errors'
import type { CsrFile } from './files'

/** Go writes a name in this order, several values of one type as one set (`crypto/x509/pkix`, ToRDNSequence). */
const order: [keyof Omit<CsrFile['names'][number], 'OID'>, string][] = [
  ['C', '2.5.4.6'],
  ['ST', '2.5.4.8'],
  ['L', '2.5.4.7'],
  ['O', '2.5.4.10'],
  ['OU', '2.5.4.11'],
]

/** The subject that cfssl would write for this file. Errors: `invalid-input` for one that is empty. */
export function subjectOf({ CN, names, serialnumber }: CsrFile): Name {
  const sets = order.map(([field, oid]) =>
    names.map((entry): Attribute => [oid, entry[field]]).filter(([, value]) => value !== ''),
  )
  const rest: Attribute[] = [
    [commonNameId, CN],
    ['2.5.4.5', serialnumber],
    ...names.map(({ E }): Attribute => ['1.2.840.113549.1.9.1', E]),
    ...names.flatMap(({ OID }) => Object.entries(OID)),
  ]
  const singles = rest.filter(([, value]) => value !== '').map((attribute) => [attribute])
  const all = [...sets.filter((set) => set.length > 0), ...singles]
  if (all.length === 0) throw new AppError('invalid-input', 'The file names neither CN nor names.')
  return nameOf(all)
}
