import { z } from 'zod'
import type { AuthorityListRow, BroughtRevocations } from '#electron/database/authority-tables'
import type { JobOptions } from '#electron/jobs/jobs'
import { orderChain } from '#electron/pki/x509/chain'
import { certificateSha256 } from '#electron/pki/x509/read'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { requireStrong } from '#electron/vault/derive'
import { AppError } from '#shared/errors'
import type { Topic } from '#shared/ipc/events'
import type { NewActivity } from '#shared/model/activity'
import type { AuthoritySummary } from '#shared/model/authority'
import { AuthorityId } from '#shared/model/ids'
import type { Step } from '../operations'
import { requireUnlocked } from '../require-unlocked'
import { type AuthorityMaterial, readAuthority } from './import-files'
import type { AuthorityKeys } from './keys'
import { broughtRevocations } from './last-crl'
import type { AuthorityPorts } from './ports'
import { authorityRowOf, orphansOf } from './record'
import { summarise } from './summary'

/** An issuer that was made elsewhere: its certificate, and its key and last CRL where they come along. */
export function createAuthorityImporter(ports: AuthorityPorts, keys: AuthorityKeys) {
  const { database, vault, jobs, operations, clock, random } = ports

  const importing = operations.define({
    kind: 'authority-import',
    subject: 'authority',
    payload: z.strictObject({ authority: AuthorityId }),
    changes,
    recover: ({ authority }) => takeBack(authority),
  })

  /** `password` opens the files, `passphrase` will guard the key here. */
  async function importFiles(
    files: IncomingFile[],
    password: string | null,
    passphrase: string | null,
    options: JobOptions = {},
  ): Promise<AuthoritySummary> {
    const brought = await readAuthority(jobs, files, password, options)
    try {
      return await take(brought, passphrase, options)
    } finally {
      brought.pkcs8?.fill(0)
    }
  }

  /** What is not here yet of an issuer is added to what is. The key stays the caller's to wipe. */
  async function take(
    brought: AuthorityMaterial,
    passphrase: string | null,
    options: JobOptions = {},
  ): Promise<AuthoritySummary> {
    const known = await database.authorities.list()
    const present = known.find((row) => row.sha256 === certificateSha256(brought.certificate))
    const newKey = present?.hasKey === true ? null : brought.pkcs8
    const others = [...brought.pool, ...known.map(({ der }) => der)]
    const revocations = broughtRevocations(brought.crls, brought.certificate, others)
    if (present !== undefined && newKey === null) return await addLastCrl(present, revocations)
    if (newKey !== null) await requireGuard(passphrase)
    const id = present?.id ?? AuthorityId.parse(random.uuid())
    const steps = [
      ...(newKey === null ? [] : [sealing(id, { pkcs8: newKey, certificate: brought.certificate }, passphrase ?? '')]),
      {
        name: 'record',
        async run() {
          if (present === undefined) await add(id, brought, revocations, null)
          else await database.authorities.complete(id, { withKey: true, brought: revocations, line: null })
        },
      },
    ]
    const sentence =
      newKey === null ? 'An issuer’s certificate was added, without its key.' : 'An issuer was added with its key.'
    const line = async () =>
      ({ kind: 'issuer-imported', about: (await keys.get(id)).name, sentence, thing: { issuer: id } }) as const
    await importing.perform({ authority: id }, steps, { signal: options.signal, line })
    return summarise(await keys.get(id), clock.now())
  }

  async function requireGuard(passphrase: string | null): Promise<void> {
    if (passphrase === null)
      throw new AppError(
        'invalid-input',
        'The file contains the issuer’s private key: choose a passphrase to protect it.',
      )
    requireStrong(passphrase)
    await requireUnlocked(vault)
  }

  const sealing = (
    id: AuthorityId,
    key: { pkcs8: Uint8Array; certificate: Uint8Array },
    passphrase: string,
  ): Step<{ authority: AuthorityId }> => ({
    name: 'secret',
    run: () => keys.seal(id, key, passphrase),
    undo: () => takeBack(id),
  })

  /** A record of its own; the key, where it comes along, is sealed under this id already. */
  async function add(
    id: AuthorityId,
    { certificate, pool, pkcs8 }: AuthorityMaterial,
    brought: BroughtRevocations,
    sentence: string | null,
  ): Promise<void> {
    const known = await database.authorities.list()
    const { chain: issuers } = orderChain(certificate, [...pool, ...known.map(({ der }) => der)], clock.now())
    const facts = { id, der: certificate, known, issuers, hasKey: pkcs8 !== null, imported: true }
    const row = authorityRowOf({ ...facts, createdAt: clock.now().toISOString() })
    const children = orphansOf(certificate, known)
    const line = sentence === null ? null : lineFor(row, sentence)
    await database.authorities.insert(row, { children, predecessor: null, brought, issued: null, line })
  }

  /** The list may come after the rest, even after the key. */
  async function addLastCrl({ id, name }: AuthorityListRow, brought: BroughtRevocations): Promise<AuthoritySummary> {
    const line = lineFor({ id, name }, 'Its last CRL was imported.')
    const isNew = await database.authorities.complete(id, { withKey: false, brought, line })
    if (!isNew) throw new AppError('already-present')
    ports.changed(...changes)
    return summarise(await keys.get(id), clock.now())
  }

  /** An issuer whose key is here already, without an operation: there is nothing to take back. */
  async function addSealed(id: AuthorityId, brought: AuthorityMaterial, sentence: string): Promise<AuthoritySummary> {
    await add(id, brought, { revoked: [], crl: null }, sentence)
    ports.changed(...changes)
    return summarise(await keys.get(id), clock.now())
  }

  const lineFor = ({ id, name }: { id: AuthorityId; name: string }, sentence: string): NewActivity => ({
    at: clock.now().toISOString(),
    kind: 'issuer-imported',
    about: name,
    sentence,
    thing: { issuer: id },
  })

  /** A key that no record speaks of was never confirmed. */
  async function takeBack(id: AuthorityId): Promise<void> {
    if ((await database.authorities.get(id))?.hasKey !== true) await vault.delete('authority-key', id)
  }

  return { importFiles, take, addSealed }
}

const changes: readonly Topic[] = ['authorities', 'activity', 'vault']
