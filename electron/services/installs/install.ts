import { z } from 'zod'
import type { IdentityRow } from '#electron/database/identity-rows'
import { type CertificateStore, type InstallOptions, type NoteUndo, unnoted } from '#electron/stores/store'
import { AppError } from '#shared/errors'
import { isInstalled } from '#shared/logic/installed'
import { IdentityId, InstallId, Instant, Sha256, StoreId } from '#shared/model/ids'
import type { Install, Trust, TrustState } from '#shared/model/store'
import { Undo } from '#shared/model/undo'
import { issuedCertificates } from '../issued-certificates'
import type { Step } from '../operations'
import { requireUnlocked } from '../require-unlocked'
import { notes, tellUnrestored, withoutRemoval } from './notes'
import type { InstallPorts } from './ports'
import { neededIssuers, recordedIn, seenInstall } from './seen'

const Payload = z.strictObject({
  install: InstallId,
  identity: IdentityId,
  store: StoreId,
  sha256: Sha256,
  /** DER of the certificate, by which a key without a certificate is found too; not in the journal of 0.1.0. */
  certificate: z.base64().optional(),
  /** It was in the store before we began, so taking our work back must leave it there. */
  wasThere: z.boolean(),
  /** Goes into the record, so that an earlier record of the same certificate is not taken for this one's. */
  startedAt: Instant,
  undo: z.array(Undo),
})
type Payload = z.infer<typeof Payload>

/** One click: certificate and key into the store, its issuers beside it, trust where that is safe, then read back. */
export function createInstaller(ports: InstallPorts, storeOf: (id: StoreId) => CertificateStore) {
  const { database, vault, operations, clock, random, policy } = ports

  const installing = operations.define({
    kind: 'install',
    subject: 'install',
    payload: Payload,
    changes: ['installs', 'identities', 'activity'],
    async recover(payload, note) {
      const recorded = await database.installs.get(payload.install)
      const isDone =
        recorded !== null && isInstalled(recorded, payload.sha256) && recorded.installedAt === payload.startedAt
      if (!isDone) await takeBack(payload, notes(payload, note).add)
    },
  })

  async function install(identity: IdentityId, storeId: StoreId, trust: Trust): Promise<Install> {
    const row = await issued(identity)
    if (row.practice && trust === 'authority') throw new AppError('trust-withheld', practiceReason)
    if (policy.store !== null && policy.store !== storeId) throw new AppError('managed', elsewhere(policy.store))
    const store = storeOf(storeId)
    const options = await optionsFor(row)
    await requireUnlocked(vault)
    const sha256 = row.certificate
    const known = (await database.installs.ofIdentity(identity)).find((candidate) => candidate.store === storeId)
    const there = await store.find(sha256)
    const payload: Payload = {
      install: known?.id ?? InstallId.parse(random.uuid()),
      identity,
      store: storeId,
      sha256,
      certificate: Buffer.from(options.certificate).toString('base64'),
      wasThere: there?.keyPresent ?? false,
      startedAt: clock.now().toISOString(),
      undo: [],
    }
    const done: { trust: TrustState; install: Install | null } = { trust: notSet, install: null }
    const steps: Step<Payload>[] = [
      {
        name: 'store',
        run: async (current, note) => {
          const noted = notes(current, note)
          await bringIn(store, row, options, noted.add)
          return noted.payload()
        },
        undo: (current) => takeBack(current),
      },
      {
        name: 'trust',
        run: async (current, note) => {
          const noted = notes(current, note)
          done.trust = await setTrust(store, row, options, trust, noted.add)
          return noted.payload()
        },
        undo: (current) => takeBack(current),
      },
      {
        name: 'record',
        run: async (current) => {
          done.install = await readBack(store, row, options.certificate, current, done.trust)
        },
      },
    ]
    const line = () =>
      ({
        kind: 'installed',
        about: row.name,
        sentence: `Installed in ${installed(done).storeName}.`,
        thing: { identity: row.id },
      }) as const
    await installing.perform(payload, steps, { line })
    return installed(done)
  }

  async function issued(id: IdentityId): Promise<IdentityRow & { certificate: Sha256 }> {
    const row = await database.identities.get(id)
    if (row === null || row.certificate === null)
      throw new AppError('not-found', 'The certificate has not been issued yet.')
    if (!row.keyInVault) throw new AppError('key-not-in-vault')
    return { ...row, certificate: row.certificate }
  }

  async function optionsFor(row: IdentityRow): Promise<InstallOptions> {
    const found = await issuedCertificates(database, row)
    const [certificate, ...chain] = found.map(({ der }) => der)
    if (certificate === undefined)
      throw new AppError('database-damaged', 'The certificate is missing from the database.')
    return { label: `${row.name} · Latchkey`, certificate, chain }
  }

  /** The key leaves the vault only inside a PKCS#12 with a one-time password, made and wiped within this call. */
  async function bringIn(
    store: CertificateStore,
    row: IdentityRow,
    options: InstallOptions,
    note: NoteUndo,
  ): Promise<void> {
    const password = Buffer.from(random.bytes(32)).toString('base64')
    const pkcs8 = await vault.open('private-key', row.id)
    try {
      const { certificate, label } = options
      const { p12 } = await ports.jobs.run('write-pkcs12', {
        profile: 'store',
        pkcs8,
        certificate,
        chain: [],
        password,
        label,
      })
      await store.install(p12, password, options, note)
    } finally {
      pkcs8.fill(0)
    }
  }

  async function setTrust(
    store: CertificateStore,
    row: IdentityRow,
    options: InstallOptions,
    trust: Trust,
    note: NoteUndo,
  ): Promise<TrustState> {
    if (row.practice) return { state: 'withheld', reason: practiceReason }
    if (trust === 'none') return notSet
    return await store.setTrust(options, trust, note)
  }

  async function readBack(
    store: CertificateStore,
    row: IdentityRow,
    certificate: Uint8Array,
    payload: Payload,
    trust: TrustState,
  ): Promise<Install> {
    const [key] = await store.keysOf([certificate])
    const found = key?.certificates.find(({ sha256 }) => sha256 === payload.sha256)
    if (key === undefined || found?.keyPresent !== true) throw new AppError('store-not-confirmed')
    const known = await database.installs.get(payload.install)
    const frame = {
      id: payload.install,
      identity: row.id,
      store: payload.store,
      storeName: (await store.describe()).name,
      installedAt: payload.startedAt,
      sha256: payload.sha256,
      trust,
      needed: await neededIssuers(database, row.id, key),
      recorded: new Set([payload.sha256, ...(known === null ? [] : recordedIn(known))]),
    }
    const record = seenInstall(frame, key, clock.now())
    // Installed again: what the first time changed is still to be taken back one day, after what this time did.
    const before = await database.installs.undoOf(payload.install)
    await database.installs.upsert(record, [...before, ...payload.undo])
    return record
  }

  /** Every undo is idempotent; an identity that was there before us stays. */
  async function takeBack(payload: Payload, note: NoteUndo = unnoted): Promise<void> {
    const store = storeOf(payload.store)
    for (const undo of [...payload.undo].reverse()) await tellUnrestored(ports, await store.undo(withoutRemoval(undo)))
    if (!payload.wasThere) await store.removeCertificate(await certificateOf(payload), note)
  }

  async function certificateOf({ certificate, sha256 }: Payload): Promise<Uint8Array> {
    if (certificate !== undefined) return Buffer.from(certificate, 'base64')
    const row = await database.certificates.get(sha256)
    if (row === null) throw new AppError('database-damaged', 'The certificate is missing from the database.')
    return row.der
  }

  return { install }
}

function installed({ install }: { install: Install | null }): Install {
  if (install === null) throw new Error('An installation ended without its record.')
  return install
}

const notSet: TrustState = { state: 'not-set', reason: null }
const practiceReason = 'This is a practice certificate; practice certificates are never trusted by your computer.'

const elsewhere = (store: StoreId): string => `Certificates go only into the store “${store}” on this computer.`
