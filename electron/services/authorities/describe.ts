import { createHash } from 'node:crypto'
import { viewCertificate } from '#electron/pki/certificate'
import type { DetailField, ObjectDetails } from '#shared/model/details'

/** What the short view of a certificate (DER) says, field by field. */
export function describeCertificate(der: Uint8Array): ObjectDetails {
  const view = viewCertificate(der)
  const digest = (algorithm: string) => createHash(algorithm).update(der).digest('hex')
  return {
    kind: 'certificate',
    title: view.commonName ?? view.subject,
    groups: [
      {
        title: 'Certificate',
        fields: [
          field('subject', 'Subject', view.subject),
          field('issuer', 'Issuer', view.issuer),
          field('serial', 'Serial number', view.serial),
          field('validity.notBefore', 'Valid from', view.notBefore),
          field('validity.notAfter', 'Valid until', view.notAfter),
          field('version', 'Version', `X.509 v${view.version}`),
          field('signature.algorithm', 'Signature', view.signatureAlgorithm),
        ],
      },
      {
        title: 'Key',
        fields: [field('key.algorithm', 'Key', view.publicKey), field('key.code', 'Key code', view.keyCode)],
      },
      {
        title: 'Use',
        fields: [
          field('use.key', 'Key usage', view.keyUsage.join('\n')),
          field('use.purposes', 'Extended key usage', view.extendedKeyUsage.join('\n')),
          field('use.names', 'Alternative names', view.alternativeNames.join('\n')),
        ].filter(({ value }) => value !== ''),
      },
    ],
    fingerprints: { sha256: view.sha256, sha1: view.sha1, md5: digest('md5') },
    oddities: [],
    pem: view.pem,
  }
}

const field = (id: string, label: string, value: string): DetailField => ({
  id,
  label,
  value,
  raw: null,
  oid: null,
  critical: null,
})
