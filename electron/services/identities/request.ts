import { z } from 'zod'
import type { IdentityRow } from '#electron/database/database'
import type { JobOptions } from '#electron/jobs/jobs'
import { describeKey, keyCodeOf, keySha256 } from '#electron/pki/keys'
import { readRequest } from '#electron/pki/request'
import { AppError } from '#shared/errors'
import type { IdentitySummary, RequestDraft } from '#shared/model/identity'
import { IdentityId } from '#shared/model/ids'
import type { Recovery } from '../operations'
import { requireUnlocked } from '../require-unlocked'
import type { IdentityPorts } from './ports'
import { summarise } from './summary'

/** What the journal keeps of a request being made: enough to take it back, nothing secret. */
const Payload = z.strictObject({ identity: IdentityId })

/** A new key and its request. The key goes into the vault and nowhere else; the record follows it. */
export function createRequests(ports: IdentityPorts) {
  const { database, vault, jobs, operations, clock, random } = ports

  async function request(draft: RequestDraft, options: JobOptions = {}): Promise<IdentitySummary> {
    // Asked for first: nobody should watch a key being made only to learn that it cannot be kept.
    await requireUnlocked(vault)
    const key = await jobs.run('generate-key', { algorithm: draft.algorithm }, options)
    try {
      const { der } = await jobs.run('create-request', { draft, pkcs8: key.pkcs8 }, options)
      const row = await rowFor(draft, key.spki, der)
      await operations.perform('request', { identity: row.id }, stepsFor(row, key.pkcs8), options.signal)
      return await announce(row)
    } finally {
      key.pkcs8.fill(0)
    }
  }

  const stepsFor = (row: IdentityRow, pkcs8: Uint8Array) => [
    {
      name: 'secret',
      run: () => vault.seal('private-key', row.id, pkcs8),
      undo: () => vault.delete('private-key', row.id),
    },
    { name: 'record', run: () => database.identities.insert(row), undo: () => database.identities.delete(row.id) },
  ]

  async function rowFor(draft: RequestDraft, spki: Uint8Array, requestDer: Uint8Array): Promise<IdentityRow> {
    const { alternativeNames } = await readRequest(requestDer)
    return {
      id: IdentityId.parse(random.uuid()),
      name: draft.subject.commonName,
      algorithm: describeKey(spki),
      keyCode: keyCodeOf(spki),
      keySha256: keySha256(spki),
      subject: draft.subject,
      alternativeNames,
      requestDer,
      keyInVault: true,
      practice: false,
      createdAt: clock.now().toISOString(),
      certificate: null,
      chain: [],
    }
  }

  async function announce(row: IdentityRow): Promise<IdentitySummary> {
    await database.activity.append(
      clock.now(),
      'request-made',
      row.name,
      `A key (${row.algorithm}) and its request were made.`,
    )
    ports.changed('identities', 'activity', 'vault')
    const found = await database.identities.summary(row.id)
    if (found === null) throw new AppError('not-found')
    return summarise(found, clock.now())
  }

  /** Not recorded means not confirmed: the sealed key nobody knows of goes. */
  const recover: Recovery = async (payload) => {
    const { identity } = Payload.parse(payload)
    if ((await database.identities.get(identity)) === null) await vault.delete('private-key', identity)
  }

  return { request, recover }
}
