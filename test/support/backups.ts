import { systemRandom } from '#electron/platform/random'
import { createBackups } from '#electron/services/backup/index'
import { type FilePieces, sealBackup } from '#electron/vault/backup/file'
import { openOffice, quickJobs } from './authorities'
import { noPolicy } from './policy'

export const backupPassphrase = 'battery staple'

/** A computer with its own records and its own vault, which can make and restore backups. */
export function backupComputer(home: string, policy = noPolicy) {
  const office = openOffice(home)
  const { database, vault, operations } = office
  const clock = { now: () => new Date() }
  const ports = { database, vault, operations, jobs: quickJobs(), random: systemRandom, clock, policy, changed() {} }
  return { ...office, backups: createBackups(ports) }
}
export type BackupComputer = ReturnType<typeof backupComputer>

export async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

/** In one piece, which its reader may wipe. */
export const asPieces = (bytes: Uint8Array): FilePieces =>
  async function* () {
    yield Uint8Array.from(bytes)
  }

export async function makeBackup({ backups }: BackupComputer, withIssuerKeys = false): Promise<FilePieces> {
  const { delivered } = await backups.make({ passphrase: backupPassphrase, withIssuerKeys }, gather)
  return asPieces(delivered)
}

export const restoreBackup = ({ backups }: BackupComputer, file: FilePieces) => backups.restore(file, backupPassphrase)

interface LooseRecord {
  section: string
  fields: unknown
  bytes?: Record<string, Uint8Array>
}

/** Whatever somebody who knows the passphrase may have written. */
export async function sealLoose(...records: LooseRecord[]): Promise<FilePieces> {
  const source = (async function* () {
    for (const { section, fields, bytes = {} } of records) yield { section, fields, bytes }
  })()
  return asPieces(await gather(sealBackup(source, backupPassphrase, { jobs: quickJobs(), random: systemRandom })))
}
