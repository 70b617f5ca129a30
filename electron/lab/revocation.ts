import type { Issuer } from '#electron/pki/authority/issuer'
import { createCrl, type Revocation } from '#electron/pki/crl/write'
import type { Clock } from '#electron/platform/clock'
import { createQueue } from '#electron/platform/queue'
import { DAY_MS } from '#shared/logic/day'

export interface RevocationList {
  /** The current CRL, DER. */
  current(): Uint8Array
  /** Adds a serial number (in the format of `CertificateView`) and signs a new CRL. */
  revoke(serial: string): Promise<void>
}

/** The issuer's revocation list, which is signed again for each new entry. */
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
    const nextUpdate = new Date(now.getTime() + nextUpdateDays * DAY_MS)
    current = await createCrl({ ...issuer, revoked, number, now, thisUpdate: now, nextUpdate })
  }
  let current: Uint8Array = new Uint8Array()
  await write()
  // Written one after the other: a CRL that takes longer to sign must not replace a newer one.
  const queue = createQueue()
  return {
    current: () => current,
    revoke(serial) {
      revoked.push({ serial, at: clock.now(), reason: 'unspecified' })
      // If signing fails because of the clock, the entry goes into the next CRL.
      return queue.run(write)
    },
  }
}
