import { X509Certificate } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import type { Issuer } from '#electron/pki/authority/issuer'
import { parseCertificate } from '#electron/pki/certificate'
import { isCrlSignedBy, readCrl } from '#electron/pki/crl/read'
import { createCrl, type Revocation } from '#electron/pki/crl/write'
import type { Clock } from '#electron/platform/clock'

export interface RevocationList {
  /** The CRL as it stands, DER. */
  current(): Uint8Array
  /** Puts a serial (as `CertificateView` spells it) on a new list. */
  revoke(serial: string): Promise<void>
}

/** The issuer's own revocation list, signed anew with each entry. */
export async function createRevocationList(
  issuer: Issuer,
  clock: Clock,
  nextUpdateDays: number,
): Promise<RevocationList> {
  const revoked: Revocation[] = []
  const write = () => createCrl({ ...issuer, revoked, number: revoked.length + 1, now: clock.now(), nextUpdateDays })
  let current = await write()
  return {
    current: () => current,
    async revoke(serial) {
      revoked.push({ serial, at: clock.now(), reason: 'unspecified' })
      current = await write()
    },
  }
}

interface RevocationQuestion {
  /** DER, like its issuer and the list. */
  leaf: Uint8Array
  issuer: Uint8Array
  crl: Uint8Array
  now: Date
}

/**
 * What an issuer's list says against a certificate; null where it says nothing. A list that cannot be believed is an
 * objection too. In OpenSSL's words, which are also Cloudflare's.
 */
export function revocationProblem({ leaf, issuer, crl, now }: RevocationQuestion): string | null {
  const list = readCrl(crl)
  const subject = new Uint8Array(AsnConvert.serialize(parseCertificate(issuer).tbsCertificate.subject))
  if (Buffer.compare(list.issuer, subject) !== 0) return 'unable to get certificate CRL'
  if (!isCrlSignedBy(list, new X509Certificate(issuer).publicKey)) return 'CRL signature failure'
  if (now < list.thisUpdate) return 'CRL is not yet valid'
  if (list.nextUpdate !== null && now > list.nextUpdate) return 'CRL has expired'
  const serial = new Uint8Array(parseCertificate(leaf).tbsCertificate.serialNumber)
  return list.find(serial) === null ? null : 'certificate revoked'
}
