import { z } from 'zod'
import type { BesideAuthority } from '#electron/database/authority-tables'
import type { JobInput, JobOptions } from '#electron/jobs/jobs'
import { nameKeysOf } from '#electron/pki/authority/distinct'
import { factsOf } from '#electron/pki/authority/facts'
import type { NewAuthority } from '#electron/pki/authority/root'
import { requireStrong } from '#electron/vault/derive'
import { AppError } from '#shared/errors'
import type { AuthorityDraft, AuthoritySummary } from '#shared/model/authority'
import { AuthorityId } from '#shared/model/ids'
import { KeyAlgorithm } from '#shared/model/key'
import type { ActivityLine } from '../operations'
import { requireUnlocked } from '../require-unlocked'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts, Signature } from './ports'
import { authorityRowOf, issuedRowOf } from './record'
import { summarise } from './summary'

type KeyOrder = Omit<JobInput<'create-authority'>, 'issuer' | 'now'>

/** For every new issuer, whether it is a first one or a successor. */
interface CreateOptions extends JobOptions {
  order: KeyOrder
  passphrase: string
  issuer: Signature | null
}

/** New issuers: a root, an intermediate on any level, or the successor of either. The key goes to the vault and nowhere else. */
export function createAuthorityCreator(ports: AuthorityPorts, keys: AuthorityKeys) {
  const { database, vault, jobs, operations, clock, random } = ports

  const creating = operations.define({
    kind: 'authority',
    subject: 'authority',
    payload: z.strictObject({ authority: AuthorityId }),
    changes: ['authorities', 'activity', 'vault'],
    recover: ({ authority }) => takeBack(authority),
  })

  async function create(draft: AuthorityDraft, making: Omit<CreateOptions, 'order'>): Promise<AuthoritySummary> {
    const { subject, algorithm, days, pathLength } = draft
    const order = { name: { subject, pathLength }, algorithm, days }
    return make({ ...making, order }, null)
  }

  async function rollOver(
    id: AuthorityId,
    days: number,
    making: Omit<CreateOptions, 'order'>,
  ): Promise<AuthoritySummary> {
    const old = await keys.get(id)
    if (old.successor !== null) throw overtaken()
    if (old.isRoot !== (making.issuer === null))
      throw new AppError('invalid-input', 'A root signs itself; an intermediate is signed by another issuer.')
    const order = { name: { successorOf: old.der }, algorithm: algorithmLike(old.algorithm), days }
    return make({ ...making, order }, id)
  }

  /** Whatever can be refused is refused before a key is made. */
  async function makeKey({ order, passphrase, issuer, ...options }: CreateOptions): Promise<NewAuthority> {
    requireStrong(passphrase)
    await requireUnlocked(vault)
    const input = { ...order, now: clock.now() }
    if (issuer === null) return jobs.run('create-authority', { ...input, issuer }, options)
    return keys.signWith(issuer, (signer) => jobs.run('create-authority', { ...input, issuer: signer }, options))
  }

  async function make(making: CreateOptions, predecessor: AuthorityId | null): Promise<AuthoritySummary> {
    const { certificate, pkcs8 } = await makeKey(making)
    const id = AuthorityId.parse(random.uuid())
    const parent = making.issuer?.authority ?? null
    try {
      const steps = [
        { name: 'name', run: () => requireOwnName(certificate, predecessor) },
        {
          name: 'secret',
          run: () => keys.seal(id, { pkcs8, certificate }, making.passphrase),
          undo: () => takeBack(id),
        },
        { name: 'record', run: () => record(id, certificate, parent, predecessor) },
      ]
      const line = () => lineFor(id, predecessor === null ? 'issuer-created' : 'issuer-rolled-over')
      await creating.perform({ authority: id }, steps, { signal: making.signal, line })
    } finally {
      pkcs8.fill(0)
    }
    return summarise(await keys.get(id), clock.now())
  }

  async function record(
    id: AuthorityId,
    der: Uint8Array,
    parent: AuthorityId | null,
    predecessor: AuthorityId | null,
  ): Promise<void> {
    const createdAt = clock.now().toISOString()
    const known = await database.authorities.list()
    const row = authorityRowOf({ id, der, known, issuers: [], hasKey: true, imported: false, createdAt })
    const issued = parent === null ? null : issuedRowOf(parent, factsOf(der), createdAt)
    const brought = { revoked: [], crl: null }
    const beside: BesideAuthority = { children: [], predecessor, brought, issued, line: null }
    await database.authorities.insert({ ...row, parent }, beside)
  }

  /** Two live issuers of one name and with different keys make verification a matter of luck. */
  async function requireOwnName(der: Uint8Array, predecessor: AuthorityId | null): Promise<void> {
    if (predecessor !== null) {
      if ((await keys.get(predecessor)).successor !== null) throw overtaken()
      return
    }
    const { subject } = nameKeysOf(der)
    const now = clock.now().toISOString()
    const namesake = (await database.authorities.list()).find((row) => row.nameKey === subject && row.notAfter > now)
    if (namesake !== undefined)
      throw new AppError('invalid-input', `An issuer named “${namesake.name}” already exists.`)
  }

  async function lineFor(id: AuthorityId, kind: 'issuer-created' | 'issuer-rolled-over'): Promise<ActivityLine> {
    const row = await keys.get(id)
    const sentence =
      kind === 'issuer-created'
        ? `An issuer with a key (${row.algorithm}) was created.`
        : 'A successor with a new key was created. The old issuer stays until its certificates have been replaced.'
    return { kind, about: row.name, sentence, thing: { issuer: id } }
  }

  /** Without a record it was never confirmed, so the sealed key is deleted. */
  async function takeBack(id: AuthorityId): Promise<void> {
    if ((await database.authorities.get(id)) === null) await vault.delete('authority-key', id)
  }

  return { create, rollOver }
}

const overtaken = () => new AppError('invalid-input', 'It already has a successor.')

/** A successor's key is of the kind of the old one, where Latchkey makes such keys. */
function algorithmLike(description: string): KeyAlgorithm {
  const name = description.toLowerCase().replace(/^ec /u, '').replace(' ', '-')
  const known = KeyAlgorithm.safeParse(name)
  return known.success ? known.data : 'rsa-4096'
}
