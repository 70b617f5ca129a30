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

/** The issuer's own revocation list, signed again with each entry. */
export async function createRevocationList(
  issuer: Issuer,
  clock: Clock,
  nextUpdateDays: number,
): Promise<RevocationList> {
  const revoked: Revocation[] = []
  let number = 0n
  async function write(): Promise<void> {
    number += 1n
    const now = clock.now()
    const nextUpdate = new Date(now.getTime() + nextUpdateDays * 86_400_000)
    current = await createCrl({ ...issuer, revoked, number, now, thisUpdate: now, nextUpdate })
  }
  let current: Uint8Array = new Uint8Array()
  await write()
  // One after the other: a list that took longer to sign must not replace a newer one.
  let last = Promise.resolve()
  return {
    current: () => current,
    revoke(serial) {
      revoked.push({ serial, at: clock.now(), reason: 'unspecified' })
      const written = last.then(write)
      // Refused by the clock guard, its entry waits for the next list.
      last = written.catch(() => undefined)
      return written
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
