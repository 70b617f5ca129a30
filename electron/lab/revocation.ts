import type { Issuer } from '#electron/pki/authority/issuer'
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
