import type { BackupRow } from '#electron/database/backup/rows'
import type { JobOptions } from '#electron/jobs/jobs'
import { throwIfCancelled } from '#electron/platform/cancelled'
import { failPoint } from '#electron/platform/fail-point'
import { sealBackup } from '#electron/vault/backup/file'
import type { BackupRecord } from '#electron/vault/backup/records'
import { requireStrong } from '#electron/vault/derive'
import type { VaultSession } from '#electron/vault/vault'
import { isAppError } from '#shared/errors'
import { countOf } from '#shared/logic/formatting'
import type { BackupContents } from '#shared/model/backup'
import { requireUnlocked } from '../require-unlocked'
import { SETUP_KEY_ID } from '../setup-keys'
import type { BackupPorts } from './ports'
import { type Manifest, manifestSection, sectionVersions, setupKeySection } from './sections'
import { toRecord } from './to-record'

export interface MakeOptions extends JobOptions {
  passphrase: string
  /** Also the issuers' private keys, each still behind its own passphrase. */
  withIssuerKeys: boolean
}

export interface MadeBackup<Delivered> {
  delivered: Delivered
  contents: BackupContents
  /** Names of certificates whose sealed keys are missing, and so are missing in the backup. */
  missingKeys: string[]
}

/** Everything that a person would miss, in one encrypted file. */
export function createBackupMaker(ports: BackupPorts) {
  const { database, vault, jobs, operations, clock, random, changed } = ports

  /**
   * `deliver` writes the pieces where they go; once it has, the backup counts as made. While it runs no key is added or removed.
   * Errors: `passphrase-weak`, those of the vault and of `deliver`, `busy`, `cancelled`.
   */
  async function make<Delivered>(
    options: MakeOptions,
    deliver: (pieces: AsyncIterable<Uint8Array>) => Promise<Delivered>,
  ): Promise<MadeBackup<Delivered>> {
    requireStrong(options.passphrase)
    const { keys, issuerKeys } = await database.backups.state()
    const hasSetupKey = await vault.has('setup-key', SETUP_KEY_ID)
    if (keys > 0 || hasSetupKey || (issuerKeys > 0 && options.withIssuerKeys)) await requireUnlocked(vault)
    const made = await operations.exclusively(() => makeAlone(options, deliver))
    changed('backup', 'activity')
    return made
  }

  async function makeAlone<Delivered>(
    options: MakeOptions,
    deliver: (pieces: AsyncIterable<Uint8Array>) => Promise<Delivered>,
  ): Promise<MadeBackup<Delivered>> {
    const contents = emptyContents()
    const missingKeys: string[] = []
    const madeAt = clock.now().toISOString()
    try {
      const { total } = await database.backups.open()
      const records = recordsOf({ madeAt, total, contents, missingKeys }, options)
      const delivered = await deliver(sealBackup(records, options.passphrase, { jobs, random }))
      failPoint('backup:written')
      await database.backups.noteMade(madeAt, {
        at: madeAt,
        kind: 'backup-made',
        about: 'Backup',
        sentence: said(contents),
      })
      return { delivered, contents, missingKeys }
    } finally {
      await database.backups.close()
    }
  }

  async function* recordsOf(
    { madeAt, total, contents, missingKeys }: Progress,
    { withIssuerKeys, signal, onProgress }: MakeOptions,
  ): AsyncGenerator<BackupRecord> {
    const manifest: Manifest = { madeAt, total, sections: sectionVersions }
    yield { section: manifestSection, fields: manifest, bytes: {} }
    let session: VaultSession | null = null
    const open: OpenKey = async (kind, id) => {
      session ??= await vault.session()
      return session.open(kind, id)
    }
    if (await vault.has('setup-key', SETUP_KEY_ID)) {
      yield { section: setupKeySection, fields: {}, bytes: { key: await open('setup-key', SETUP_KEY_ID) } }
      contents.setupKey = true
    }
    let done = 0
    for (let rows = await database.backups.next(); rows.length > 0; rows = await database.backups.next()) {
      throwIfCancelled(signal)
      onProgress?.({ fraction: Math.min(1, done / Math.max(1, total)), phase: 'Writing the backup' })
      for (const entry of rows) {
        const key = await keyOf(entry, open, withIssuerKeys).catch((error: unknown) => {
          if (!isAppError(error, 'not-found')) throw error
          missingKeys.push(nameOf(entry))
          return null
        })
        note(contents, entry, key !== null)
        yield toRecord(entry, key)
      }
      done += rows.length
    }
  }

  return make
}

interface Progress {
  madeAt: string
  total: number
  contents: BackupContents
  missingKeys: string[]
}

type OpenKey = (kind: 'private-key' | 'authority-key' | 'setup-key', id: string) => Promise<Uint8Array>

async function keyOf(entry: BackupRow, open: OpenKey, withIssuerKeys: boolean): Promise<Uint8Array | null> {
  if (entry.section === 'identities' && entry.row.keyInVault) return open('private-key', entry.row.id)
  if (entry.section === 'issuers' && entry.row.hasKey && withIssuerKeys) return open('authority-key', entry.row.id)
  return null
}

const nameOf = (entry: BackupRow): string => ('name' in entry.row ? (entry.row.name ?? entry.section) : entry.section)

const emptyContents = (): BackupContents => ({
  certificates: 0,
  keys: 0,
  sites: 0,
  reports: 0,
  activity: 0,
  issuers: 0,
  issuerKeys: 0,
  templates: 0,
  issued: 0,
  setupKey: false,
})

function note(contents: BackupContents, { section }: BackupRow, hasKey: boolean): void {
  switch (section) {
    case 'identities':
      contents.certificates += 1
      if (hasKey) contents.keys += 1
      return
    case 'issuers':
      contents.issuers += 1
      if (hasKey) contents.issuerKeys += 1
      return
    case 'sites':
    case 'reports':
    case 'activity':
    case 'templates':
    case 'issued':
      contents[section] += 1
      return
    case 'certificates':
    case 'renewals':
    case 'revocations':
    case 'crls':
      return
  }
}

function said({ certificates, sites, issuers, issuerKeys }: BackupContents): string {
  const withKeys = issuers === 0 ? '' : issuerKeys === 0 ? ', without their keys' : `, ${countOf(issuerKeys, 'key')}`
  return `It holds ${countOf(certificates, 'certificate')}, ${countOf(sites, 'site')} and ${countOf(issuers, 'issuer')}${withKeys}.`
}
