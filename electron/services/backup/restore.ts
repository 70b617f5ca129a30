import { z } from 'zod'
import type { BackupRow, MergeResult } from '#electron/database/backup/rows'
import type { JobOptions } from '#electron/jobs/jobs'
import { keySha256, publicKeyOf } from '#electron/pki/keys'
import { certificatePem } from '#electron/pki/x509/pem'
import { throwIfCancelled } from '#electron/platform/cancelled'
import { failPoint } from '#electron/platform/fail-point'
import { createQueue } from '#electron/platform/queue'
import { someAtOnce } from '#electron/platform/some-at-once'
import { type FilePieces, type OpenedBackup, openBackup } from '#electron/vault/backup/file'
import type { BackupRecord } from '#electron/vault/backup/records'
import { AppError } from '#shared/errors'
import type { Topic } from '#shared/ipc/events'
import { countOf } from '#shared/logic/formatting'
import type { RestoreReport } from '#shared/model/backup'
import { AuthorityId, IdentityId, Sha256 } from '#shared/model/ids'
import { keepRestored } from '../authorities/restored-key'
import type { Step } from '../operations'
import { requireUnlocked } from '../require-unlocked'
import { SETUP_KEY_ID } from '../setup-keys'
import { createRecordReader, damagedEntry } from './from-record'
import type { BackupPorts } from './ports'
import { Manifest, manifestSection, sectionVersions, setupKeySection } from './sections'
import { createSetupKeyRestore, setupKeyIn } from './setup-key'

/** Keys that this restore brings: without a record that speaks of them they go again. */
const Payload = z.strictObject({
  keys: z.array(IdentityId),
  issuerKeys: z.array(AuthorityId),
  /** Of set-up files, by its fingerprint; not in journals of earlier versions. */
  setupKey: Sha256.nullable().default(null),
  /** Everything was confirmed in the transaction that wrote this; not in journals of earlier versions. */
  isRecorded: z.boolean().default(false),
})
type Payload = z.infer<typeof Payload>

/** What a backup holds is added to what is here: first it is read to its end and compared, then all of it or nothing. */
export function createRestorer(ports: BackupPorts) {
  const { database, vault, jobs, operations, changed } = ports
  const { restores } = database
  /** One at a time: they share one stage. */
  const queue = createQueue()
  const setupKeys = createSetupKeyRestore(vault)

  const restoring = operations.define({
    kind: 'restore',
    subject: 'nothing',
    payload: Payload,
    changes,
    recover: takeBack,
  })

  /** Errors: those of the file and of `openBackup`; `busy`. Nothing is changed. */
  const preview = (pieces: FilePieces, passphrase: string, options: JobOptions = {}): Promise<RestoreReport> =>
    withStaged(pieces, passphrase, options, async ({ madeAt, setupKey }) => ({
      madeAt,
      ...(await restores.attempt()).report,
      setupKey: await setupKeys.outcomeOf(setupKey),
    }))

  /** Errors: also those of the vault. */
  function restore(pieces: FilePieces, passphrase: string, options: JobOptions = {}): Promise<RestoreReport> {
    return withStaged(pieces, passphrase, options, async ({ madeAt, backup, hasKeys, setupKey }) => {
      if (hasKeys) await requireUnlocked(vault)
      const outcome = await setupKeys.outcomeOf(setupKey)
      const done = await perform(backup, setupKey, options)
      changed(...changes)
      return { madeAt, ...done.report, setupKey: outcome }
    })
  }

  async function perform(backup: OpenedBackup, setupKey: Sha256 | null, options: JobOptions): Promise<MergeResult> {
    let wanted: MergeResult | null = null
    const steps: Step<Payload>[] = [
      {
        name: 'match',
        // Once more, now that nothing else can add or remove a key.
        async run() {
          wanted = await restores.attempt()
          return {
            keys: wanted.keys.map(({ here }) => here),
            issuerKeys: wanted.issuerKeys.map(({ here }) => here),
            setupKey: (await setupKeys.outcomeOf(setupKey)) === 'added' ? setupKey : null,
            isRecorded: false,
          }
        },
      },
      {
        name: 'secret',
        run: async ({ setupKey: added }) => void (wanted !== null && (await sealKeys(backup, wanted, added, options))),
        undo: takeBack,
      },
      {
        name: 'record',
        async run(payload, _note, sign) {
          options.onProgress?.({ fraction: null, phase: 'Restoring' })
          const recorded = { ...payload, isRecorded: true }
          wanted = await restores.apply(sign(recorded))
          if (!isSealed(wanted, payload)) throw new Error('A restore recorded keys that it has not sealed.')
          return recorded
        },
      },
    ]
    const line = () => ({ kind: 'backup-restored', about: 'Backup', sentence: sentenceFor(wanted) }) as const
    await restoring.perform({ keys: [], issuerKeys: [], setupKey: null, isRecorded: false }, steps, {
      signal: options.signal,
      line,
    })
    if (wanted === null) throw new Error('A restore ended without a result.')
    return wanted
  }

  /** From the file once more: no key has been kept since it was compared. */
  async function sealKeys(
    backup: OpenedBackup,
    { keys, issuerKeys }: MergeResult,
    setupKey: Sha256 | null,
    { signal, onProgress }: JobOptions,
  ): Promise<void> {
    const places = new Map<string, IdentityId>(keys.map(({ inBackup, here }) => [inBackup, here]))
    const issuerPlaces = new Map<string, AuthorityId>(issuerKeys.map(({ inBackup, here }) => [inBackup, here]))
    const total = places.size + issuerPlaces.size + (setupKey === null ? 0 : 1)
    if (total === 0) return
    const session = await vault.session()
    let sealed = 0
    await someAtOnce(backup.records(), SEALED_TOGETHER, async (record) => {
      throwIfCancelled(signal)
      const { id, keySha256: digest } = KeyFields.safeParse(record.fields).data ?? {}
      const { key, certificate } = record.bytes
      const isSetupKey = record.section === setupKeySection
      if (key === undefined || (id === undefined && !isSetupKey)) return
      try {
        if (isSetupKey && setupKey !== null) await session.seal('setup-key', SETUP_KEY_ID, key)
        const here = record.section === 'identities' ? places.get(id ?? '') : undefined
        const issuer = record.section === 'issuers' ? issuerPlaces.get(id ?? '') : undefined
        if (here !== undefined) {
          if (keySha256(publicKeyOf(key)) !== digest) throw damagedEntry(record.section)
          await session.seal('private-key', here, key)
        }
        if (issuer !== undefined) {
          if (certificate === undefined) throw damagedEntry(record.section)
          await vault.keepCertificate(issuer, certificatePem(certificate))
          await session.seal('authority-key', issuer, keepRestored(key, AuthorityId.parse(id), issuer))
        }
        if (here === undefined && issuer === undefined && !(isSetupKey && setupKey !== null)) return
        failPoint('restore:key-sealed')
        sealed += 1
        onProgress?.({ fraction: sealed / total, phase: 'Restoring keys' })
      } finally {
        key.fill(0)
      }
    })
    if (sealed !== total) throw damagedEntry('identities')
  }

  /** Opens the file, reads it to its end, and stages it while `work` runs. */
  async function withStaged<T>(
    pieces: FilePieces,
    passphrase: string,
    options: JobOptions,
    work: (staged: StagedBackup) => Promise<T>,
  ): Promise<T> {
    return queue.run(async () => {
      options.onProgress?.({ fraction: null, phase: 'Opening the backup' })
      const backup = await openBackup(pieces, passphrase, jobs)
      try {
        await restores.begin()
        return await work({ backup, ...(await stageAll(backup, options)) })
      } finally {
        backup.close()
        await restores.end()
      }
    })
  }

  async function stageAll(
    backup: OpenedBackup,
    { signal, onProgress }: JobOptions,
  ): Promise<Omit<StagedBackup, 'backup'>> {
    const read = createRecordReader(await database.authorities.list())
    let manifest: Manifest | null = null
    let hasKeys = false
    let setupKey: Sha256 | null = null
    let staged = 0
    let rows: BackupRow[] = []
    const flush = async () => {
      throwIfCancelled(signal)
      if (manifest !== null)
        onProgress?.({ fraction: Math.min(1, staged / Math.max(1, manifest.total)), phase: 'Reading the backup' })
      await restores.add(rows)
      staged += rows.length
      rows = []
    }
    for await (const record of backup.records()) {
      if (manifest === null) manifest = readManifest(record)
      else if (record.section !== setupKeySection) rows.push(read(record))
      else if (setupKey === null) setupKey = setupKeyIn(record)
      else throw damagedEntry(setupKeySection)
      hasKeys ||= record.bytes['key'] !== undefined
      record.bytes['key']?.fill(0)
      if (rows.length >= STAGED_TOGETHER) await flush()
    }
    await flush()
    if (manifest === null) throw damagedEntry(manifestSection)
    return { madeAt: manifest.madeAt, hasKeys, setupKey }
  }

  /** A key that no record speaks of was never confirmed. */
  async function takeBack({ keys, issuerKeys, setupKey, isRecorded }: Payload): Promise<void> {
    if (isRecorded) return
    if (setupKey !== null) await setupKeys.takeBack(setupKey)
    for (const id of keys)
      if ((await database.identities.get(id))?.keyInVault !== true) await vault.delete('private-key', id)
    for (const id of issuerKeys)
      if ((await database.authorities.get(id))?.hasKey !== true) await vault.delete('authority-key', id)
  }

  return { preview, restore }
}

interface StagedBackup {
  backup: OpenedBackup
  madeAt: string
  /** Whether there are private keys in it. */
  hasKeys: boolean
  /** The key of set-up files that is in it, by its fingerprint. */
  setupKey: Sha256 | null
}

/** Rows of a few kilobytes each: a message that is put together within a few milliseconds. */
const STAGED_TOGETHER = 50
/** Each waits for the disk. */
const SEALED_TOGETHER = 8

const KeyFields = z.object({ id: z.string(), keySha256: z.string().optional() })

function readManifest({ section, fields }: BackupRecord): Manifest {
  const manifest = section === manifestSection ? Manifest.safeParse(fields) : null
  if (manifest === null || !manifest.success) throw damagedEntry(manifestSection)
  for (const [name, version] of Object.entries(manifest.data.sections)) {
    const known = sectionVersions[name]
    if (known === undefined || version > known)
      throw new AppError(
        'backup-too-new',
        `It has a part that this Latchkey does not know: ${name.slice(0, 64)}, version ${version}.`,
      )
  }
  return manifest.data
}

function isSealed({ keys, issuerKeys }: MergeResult, payload: Payload): boolean {
  const sealed = new Set<string>([...payload.keys, ...payload.issuerKeys])
  return [...keys, ...issuerKeys].every(({ here }) => sealed.has(here))
}

function sentenceFor(done: MergeResult | null): string {
  if (done === null) return 'It was restored.'
  const { certificates, sites, issuers } = done.report
  return `Added: ${countOf(certificates.added, 'certificate')}, ${countOf(sites.added, 'site')} and ${countOf(issuers.added, 'issuer')}.`
}

const changes: readonly Topic[] = ['identities', 'hosts', 'reports', 'activity', 'authorities', 'vault', 'backup']
