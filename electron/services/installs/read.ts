import type { IdentityRow } from '#electron/database/identity-rows'
import type { CertificateStore, StoredKey } from '#electron/stores/store'
import { type ErrorCode, isAppError } from '#shared/errors'
import { InstallId, type StoreId } from '#shared/model/ids'
import type { Install } from '#shared/model/store'
import type { InstallPorts } from './ports'
import { type InstallFrame, neededIssuers, recordedIn, seenInstall, seenTrust } from './seen'

/** An identity as far as its certificates are looked for. */
export type Subject = Pick<IdentityRow, 'id' | 'certificate'>

/** A store that could not be read now (locked, its tool missing, …): what is recorded of it may be out of date. */
export interface UnreadStore {
  store: StoreId
  code: ErrorCode
}

/** Brings the records in line with what is in the stores. Nothing in a store is changed. */
export function createInstallReader(ports: InstallPorts) {
  const { database, clock, random } = ports

  /** Reads every store for the keys of `subjects`, and records what was found, also where somebody else put it there. */
  async function refresh(subjects: readonly Subject[]): Promise<UnreadStore[]> {
    const unread: UnreadStore[] = []
    for (const store of ports.stores) {
      try {
        await refreshStore(store, subjects)
      } catch (error) {
        if (!isAppError(error)) throw error
        unread.push({ store: store.id, code: error.code })
      }
    }
    return unread
  }

  async function refreshStore(store: CertificateStore, subjects: readonly Subject[]): Promise<void> {
    const issued = await withCertificates(subjects)
    if (issued.length === 0) return
    const before = (await database.installs.all()).filter((install) => install.store === store.id)
    const found = await store.keysOf(issued.map(({ der }) => der))
    const seen: [Install | null, Install][] = []
    for (const [place, { subject }] of issued.entries()) {
      const known = before.find(({ identity }) => identity === subject.id) ?? null
      const key = found[place]
      if (key === undefined) continue
      const needed = await neededIssuers(database, subject.id, key)
      const install = known === null ? await adopted(store, subject, key, needed) : asSeen(known, key, needed)
      if (install !== null) seen.push([known, install])
    }
    await write(seen)
  }

  async function withCertificates(subjects: readonly Subject[]) {
    const wanted = subjects.flatMap((subject) => subject.certificate ?? [])
    const rows = new Map((await database.certificates.getMany(wanted)).map(({ sha256, der }) => [sha256, der]))
    return subjects.flatMap((subject) => {
      const der = subject.certificate === null ? undefined : rows.get(subject.certificate)
      return der === undefined ? [] : [{ subject, der }]
    })
  }

  function asSeen(known: Install, key: StoredKey, needed: InstallFrame['needed']): Install {
    const frame = { ...known, needed, trust: seenTrust(known.trust, key), recorded: recordedIn(known) }
    return seenInstall(frame, key, clock.now())
  }

  /** Somebody else put the key there, or a version before this one left it behind: it is shown, and can be removed. */
  async function adopted(
    store: CertificateStore,
    subject: Subject,
    key: StoredKey,
    needed: InstallFrame['needed'],
  ): Promise<Install | null> {
    if (key.privateKey !== 'present' || subject.certificate === null) return null
    const now = clock.now()
    const trust = key.certificates[0]?.trust ?? { state: 'not-set', reason: null }
    const frame = {
      id: InstallId.parse(random.uuid()),
      identity: subject.id,
      store: store.id,
      storeName: (await store.describe()).name,
      installedAt: now.toISOString(),
      sha256: subject.certificate,
      trust,
      needed,
      recorded: new Set<string>(),
    }
    return seenInstall(frame, key, now)
  }

  /** Not while an operation is at work: what was read may then be half of it, and it records the whole itself. */
  async function write(seen: [Install | null, Install][]): Promise<void> {
    if (seen.length === 0) return
    const release = await database.tryLock()
    if (release === null) return
    try {
      for (const [before, now] of seen) await database.installs.observe(before, now)
    } finally {
      await release()
    }
    ports.changed('installs', 'identities')
  }

  return { refresh, refreshStore }
}
