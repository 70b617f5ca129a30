import type { IssuedCertificate } from '#shared/model/authority'
import { ObjectDetails } from '#shared/model/details'
import { certificate } from './examples'

const field = (id: string, label: string, value: string, critical: boolean | null = null) => ({
  id,
  label,
  value,
  raw: '0c0c416461204c6f76656c616365',
  oid: null,
  critical,
})

/** Everything that an issued certificate says, shortened. */
export function objectDetails(row: IssuedCertificate, issuer: string): ObjectDetails {
  return ObjectDetails.parse({
    kind: 'certificate',
    title: row.commonName,
    groups: [
      { title: 'Subject', fields: [field('subject.commonName', 'Common Name', row.commonName)] },
      { title: 'Issuer', fields: [field('issuer', 'Issuer', issuer)] },
      {
        title: 'Extensions',
        fields: [
          field('extension.2.5.29.15', 'Key usage', 'digital signature', true),
          field('extension.2.5.29.37', 'Extended key usage', 'client authentication', false),
        ],
      },
    ],
    fingerprints: { sha256: row.sha256, sha1: row.sha256.slice(0, 40), md5: row.sha256.slice(0, 32) },
    oddities: [],
    pem: certificate(row.commonName).pem,
  })
}
