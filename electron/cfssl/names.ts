import { isIP } from 'node:net'
import { GeneralName, type Name } from '@peculiar/asn1-x509'
import { type Attribute, nameOf } from '#electron/pki/authority/names'
import { commonNameId } from '#electron/pki/x509/name'
import { AppError } from '#shared/errors'
import type { CfsslWarning, CsrFile } from './files'

/** The order in which Go writes a name; several values of one type form one set (`crypto/x509/pkix`, ToRDNSequence). */
const order: [keyof Omit<CsrFile['names'][number], 'OID'>, string][] = [
  ['C', '2.5.4.6'],
  ['ST', '2.5.4.8'],
  ['L', '2.5.4.7'],
  ['O', '2.5.4.10'],
  ['OU', '2.5.4.11'],
]

/** The subject that cfssl would write for this file. Errors: `invalid-input` if it is empty. */
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
  if (all.length === 0) throw new AppError('invalid-input', 'The file has neither CN nor names.')
  return nameOf(all)
}

/**
 * Turns `hosts` into alternative names, with cfssl's rules for the type: IP address, e-mail address, URI, otherwise DNS name.
 * The walkthrough's `"hosts": [""]` makes cfssl write an empty DNS name (measured with 1.2.0), which RFC 5280 §4.2.1.6 forbids
 * and some servers refuse; it is left out with a warning. A URI is written as a URI, although cfssl 1.2.0 writes a DNS name.
 */
export function alternativeNamesOf(hosts: string[]): { names: GeneralName[]; warnings: CfsslWarning[] } {
  const real = hosts.map((host) => host.trim()).filter((host) => host !== '')
  const warnings: CfsslWarning[] =
    real.length === hosts.length
      ? []
      : [
          {
            code: 'empty-host',
            sentence:
              'The file has an empty host. cfssl would write an empty DNS name into the certificate; it was left out.',
          },
        ]
  return { names: real.map(alternativeNameOf), warnings }
}

function alternativeNameOf(host: string): GeneralName {
  if (isIP(host) !== 0) return new GeneralName({ iPAddress: host })
  if (/^[^@\s]+@[^@\s]+$/u.test(host)) return new GeneralName({ rfc822Name: host })
  if (/^[a-z][a-z0-9+.-]*:\/\//iu.test(host)) return new GeneralName({ uniformResourceIdentifier: host })
  return new GeneralName({ dNSName: host })
}
