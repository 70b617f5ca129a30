import type { Database } from '#electron/database/database'
import { throwIfCancelled } from '#electron/platform/cancelled'
import type { Clock } from '#electron/platform/clock'
import { AppError } from '#shared/errors'
import { renewalStage } from '#shared/logic/renewal'
import type { IdentityDetail } from '#shared/model/identity'
import type { HostId, IdentityId, StoreId } from '#shared/model/ids'
import type { ProbeMode } from '#shared/model/probe'
import type { RenewalProgress } from '#shared/model/renewal'
import type { Install, Trust } from '#shared/model/store'
import type { Changed } from './changes'

export interface RenewalPorts {
  database: Database
  clock: Clock
  changed: Changed
  detail(identity: IdentityId): Promise<IdentityDetail>
  /** Reads the stores. */
  refresh(identity: IdentityId): Promise<Install[]>
  install(identity: IdentityId, store: StoreId, trust: Trust): Promise<unknown>
  test(host: HostId, identity: IdentityId, mode: ProbeMode, signal: AbortSignal): Promise<unknown>
  /** Whether this process can test as the browser. */
  hasBrowser: boolean
  /** Out of every store, except for the key. */
  removeEarlier(identity: IdentityId, certificate: Uint8Array): Promise<void>
  /** Out of every store, and out of Latchkey with its key. */
  delete(identity: IdentityId): Promise<void>
}

/**
 * The way of a new certificate into the place of the old one. Where it stands is never written down: it is what was read back
 * from the stores and what the sites answered. So whatever interrupts it, `continueWith` goes on where it was.
 */
export function createRenewal(ports: RenewalPorts) {
  const { database, clock, changed } = ports

  async function progress(identity: IdentityId): Promise<RenewalProgress> {
    const { renewal } = await ports.detail(identity)
    if (renewal === null) throw new AppError('not-found', 'There is no renewal to continue.')
    return renewal
  }

  /** Installs wherever the old one is, then tests its sites. A store that refuses leaves the sites for later. */
  async function continueWith(identity: IdentityId, signal = new AbortController().signal): Promise<RenewalProgress> {
    const { replaces, id } = (await ports.detail(identity)).summary
    await ports.refresh(id)
    if (replaces !== null && replaces.identity !== id) await ports.refresh(replaces.identity)
    for (const { store, hasNew } of (await progress(identity)).places) {
      throwIfCancelled(signal)
      if (!hasNew) await ports.install(identity, store, await trustLike(replaces?.identity ?? id, store))
    }
    for (const { host, worksWithNew } of (await progress(identity)).sites) {
      throwIfCancelled(signal)
      if (worksWithNew !== true) await ports.test(host, identity, await modeFor(host, identity), signal)
    }
    return progress(identity)
  }

  /** As the person decided for the old one; never its issuer, which is a choice of its own. */
  async function trustLike(old: IdentityId, store: StoreId): Promise<Trust> {
    const install = (await database.installs.ofIdentity(old)).find((one) => one.store === store)
    return install?.trust.state === 'not-set' ? 'none' : 'certificate'
  }

  /** As the old one was tested, where that can be done. */
  async function modeFor(host: HostId, identity: IdentityId): Promise<ProbeMode> {
    const renewal = await database.renewals.get(identity)
    const tests = renewal === null ? [] : await database.reports.ofIdentity(renewal.replaces)
    const mode = tests.find((one) => one.host === host)?.mode ?? 'direct'
    return ports.hasBrowser ? mode : 'direct'
  }

  /** The old one, everywhere. Errors: `invalid-input` unless the new one is seen to do what the old one did. */
  async function removeOld(identity: IdentityId): Promise<void> {
    const renewal = await database.renewals.get(identity)
    if (renewal === null || renewalStage(await progress(identity)) !== 'works')
      throw new AppError('invalid-input', 'The new certificate has not been tested on every site of the old one.')
    if (renewal.replaces !== identity) return ports.delete(renewal.replaces)
    await ports.removeEarlier(identity, renewal.oldCertificate)
    await keepOld(identity)
  }

  /** Ends the renewal; the old one stays as it is. */
  async function keepOld(identity: IdentityId): Promise<void> {
    await database.renewals.finish(identity, clock.now().toISOString())
    changed('identities')
  }

  return { continueWith, removeOld, keepOld }
}
