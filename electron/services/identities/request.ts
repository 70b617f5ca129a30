import { z } from 'zod'
import type { IdentityRow } from '#electron/database/identity-rows'
import type { JobOptions } from '#electron/jobs/jobs'
import { describeKey, keyCodeOf, keySha256 } from '#electron/pki/keys'
import { readRequest } from '#electron/pki/request'
import { AppError } from '#shared/errors'
import type { IdentitySummary, RequestDraft } from '#shared/model/identity'
import { IdentityId, type Sha256 } from '#shared/model/ids'
import { requireUnlocked } from '../require-unlocked'
import type { IdentityPorts } from './ports'
import { summarise } from './summary'

interface NewRequest {
  /** Unless it is said otherwise, the row alone. */
  record?(row: IdentityRow): Promise<void>
  sentence: string
  signal: AbortSignal | undefined
}

interface RequestOptions extends JobOptions {
  /** Fingerprints of the CAs that a set-up file named: what arrives is compared with them. */
  namedIssuers?: Sha256[]
}

/** A new key and its request. The key goes into the vault and nowhere else; the record follows it. */
export function createRequests(ports: IdentityPorts) {
  const { database, vault, jobs, operations, clock, random } = ports

  const requesting = operations.define({
    kind: 'request',
    subject: 'identity',
    payload: z.strictObject({ identity: IdentityId }),
    changes: ['identities', 'activity', 'vault'],
    /** Without a record it was never confirmed, so the sealed key is deleted. */
    async recover({ identity }) {
      if ((await database.identities.get(identity)) === null) await vault.delete('private-key', identity)
    },
  })

  async function request(
    draft: RequestDraft,
    { namedIssuers = [], ...options }: RequestOptions = {},
  ): Promise<IdentitySummary> {
    // Unlocked first, so that no one waits for a key that then cannot be kept.
    await requireUnlocked(vault)
    const key = await jobs.run('generate-key', { algorithm: draft.algorithm }, options)
    try {
      const { der } = await jobs.run('create-request', { draft, pkcs8: key.pkcs8 }, options)
      const named = { name: draft.subject.commonName, subject: draft.subject }
      const row = { ...(await rowFor(named, key.spki, der)), namedIssuers }
      const sentence = `A key (${row.algorithm}) and its request were created.`
      return await keep(row, key.pkcs8, { sentence, signal: options.signal })
    } finally {
      key.pkcs8.fill(0)
    }
  }

  /** Key and record: both or neither. */
  async function keep(row: IdentityRow, pkcs8: Uint8Array, wanted: NewRequest): Promise<IdentitySummary> {
    const { record = database.identities.insert, sentence, signal } = wanted
    const steps = [
      {
        name: 'secret',
        run: () => vault.seal('private-key', row.id, pkcs8),
        undo: () => vault.delete('private-key', row.id),
      },
      { name: 'record', run: () => record(row), undo: () => database.identities.delete(row.id) },
    ]
    const thing = { identity: row.id }
    const line = () => ({ kind: 'request-made', about: row.name, sentence, thing }) as const
    await requesting.perform({ identity: row.id }, steps, { signal, line })
    return summaryOf(row.id)
  }

  async function rowFor(
    { name, subject }: Pick<IdentityRow, 'name' | 'subject'>,
    spki: Uint8Array,
    requestDer: Uint8Array,
  ): Promise<IdentityRow> {
    const { alternativeNames } = await readRequest(requestDer)
    return {
      id: IdentityId.parse(random.uuid()),
      name,
      algorithm: describeKey(spki),
      keyCode: keyCodeOf(spki),
      keySha256: keySha256(spki),
      subject,
      alternativeNames,
      requestDer,
      keyInVault: true,
      practice: false,
      createdAt: clock.now().toISOString(),
      certificate: null,
      chain: [],
      tags: [],
      note: '',
      namedIssuers: [],
    }
  }

  async function summaryOf(id: IdentityId): Promise<IdentitySummary> {
    const found = await database.identities.summary(id)
    if (found === null) throw new AppError('not-found')
    return summarise(found, clock.now())
  }

  return { request, keep, rowFor, summaryOf }
}

export type Requests = ReturnType<typeof createRequests>
