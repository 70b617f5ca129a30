import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Database, OperationRow } from '#electron/database/database'
import type { Clock } from '#electron/platform/clock'
import { parseJson } from '#electron/platform/parse-json'
import type { CertificateStore } from '#electron/stores/store'
import { AppError } from '#shared/errors'
import { discardedSentence, isWaiting } from '#shared/logic/interrupted-words'
import { neutralise } from '#shared/logic/neutralise'
import { AuthorityId, IdentityId, InstallId, Instant, StoreId } from '#shared/model/ids'
import {
  type Interrupted,
  InterruptedId,
  InterruptedKind,
  type InterruptedList,
  MAX_INTERRUPTED,
} from '#shared/model/interrupted'
import type { Changed } from './changes'
import type { Journal, Standing } from './journal'
import type { OperationSubject, Operations } from './operations'

export interface InterruptedPorts {
  database: Pick<Database, 'operations' | 'identities' | 'authorities' | 'installs'>
  journal: Journal
  operations: Operations
  stores: CertificateStore[]
  clock: Clock
  changed: Changed
}

/**
 * What the journal holds of changes that were never finished, for a person to see and to discard. Whatever stands in a row
 * may have been written by anybody: it is only ever shown.
 */
export function createInterrupted({ database, journal, operations, stores, clock, changed }: InterruptedPorts) {
  /** Rows that belonged to no running operation when they were last checked. */
  let orphans = new Set<string>()

  async function lookAtOrphans(): Promise<OperationRow[]> {
    const rows = await database.operations.unfinished()
    orphans = new Set(rows.map(idOf))
    return rows
  }

  /**
   * Waits for nobody: while another process is at work, any row may be the one that it is working on, but for those that
   * were seen before.
   */
  async function seenOrphans(): Promise<OperationRow[]> {
    if ((await database.operations.unfinished()).length === 0) return []
    const rows = await operations.whenIdle(lookAtOrphans)
    return rows ?? (await database.operations.unfinished()).filter((row) => orphans.has(idOf(row)))
  }

  const glance = async (): Promise<InterruptedList> => describeAll(await seenOrphans())

  /** How many are not run. Does not wait for another process, either. */
  const count = async (): Promise<number> => (await judged(await seenOrphans())).notRun.length

  /** Errors: `busy`. */
  const list = async (): Promise<InterruptedList> => describeAll(await operations.exclusively(lookAtOrphans))

  async function judged(rows: OperationRow[]) {
    const standings = await journal.judge(rows)
    const all = rows.map((row, index) => ({ row, reason: reasonFor(row, standings[index] ?? 'unsigned') }))
    return { notRun: all.filter((one) => !isWaiting(one)), waiting: all.filter(isWaiting) }
  }

  async function describeAll(rows: OperationRow[]): Promise<InterruptedList> {
    const { notRun, waiting } = await judged(rows)
    const shown = [...notRun, ...waiting].slice(0, MAX_INTERRUPTED)
    return {
      rows: await Promise.all(shown.map(({ row, reason }) => describe(row, reason))),
      notRun: notRun.length,
      waiting: waiting.length,
    }
  }

  function contentOf(row: OperationRow): Content | null {
    const kind = InterruptedKind.safeParse(row.kind).data
    const subject = operations.subjectOf(row.kind)
    if (kind === undefined || subject === null || row.payload.length > MAX_PAYLOAD) return null
    const payload = names[subject].safeParse(parseJson(row.payload)).data
    return payload === undefined ? null : { kind, payload }
  }

  function reasonFor(row: OperationRow, standing: Standing): Interrupted['reason'] {
    if (standing !== 'genuine') return standing
    return contentOf(row) === null ? 'newer-version' : 'retried'
  }

  async function describe(row: OperationRow, reason: Interrupted['reason']): Promise<Interrupted> {
    const content = contentOf(row)
    return {
      id: idOf(row),
      kind: content?.kind ?? 'unknown',
      ...(content === null ? { subject: null, place: null } : await namesIn(content)),
      startedAt: Instant.safeParse(row.startedAt).data ?? null,
      reason,
    }
  }

  async function namesIn({ payload }: Content): Promise<Pick<Interrupted, 'subject' | 'place'>> {
    if ('authority' in payload)
      return { subject: shorten((await database.authorities.get(payload.authority))?.name), place: null }
    const install = 'install' in payload ? await database.installs.get(payload.install) : null
    const identity = payload.identity ?? install?.identity
    return {
      subject: shorten(identity === undefined ? undefined : (await database.identities.get(identity))?.name),
      place: 'store' in payload ? shorten(install?.storeName ?? (await nameOf(payload.store))) : null,
    }
  }

  async function nameOf(id: StoreId): Promise<string> {
    const store = stores.find((candidate) => candidate.id === id)
    return store === undefined ? id : (await store.describe()).name
  }

  /** Takes the row out of the journal and does nothing else. Errors: `not-found`, `change-waits`, `vault-locked`, `busy`. */
  async function discard(id: InterruptedId): Promise<Interrupted> {
    const discarded = await operations.exclusively(async () => {
      const row = (await database.operations.unfinished()).find((candidate) => idOf(candidate) === id)
      if (row === undefined) throw new AppError('not-found')
      const [standing = 'unsigned'] = await journal.judge([row])
      const entry = await describe(row, reasonFor(row, standing))
      if (entry.reason === 'vault-locked') throw new AppError('vault-locked')
      if (isWaiting(entry)) throw new AppError('change-waits')
      const line = {
        at: clock.now().toISOString(),
        kind: 'change-discarded',
        about: entry.subject ?? 'Interrupted change',
      } as const
      await database.operations.discard(row, { ...line, sentence: discardedSentence(entry) })
      return entry
    })
    // A key that the entry spoke of may have no record.
    changed('vault', 'activity')
    return discarded
  }

  return { glance, count, list, discard }
}

/** Only what names something, so that an entry of another version still says what it is about. */
const names = {
  identity: z.object({ identity: IdentityId }),
  authority: z.object({ authority: AuthorityId }),
  install: z.object({ install: InstallId, store: StoreId, identity: IdentityId.optional() }),
  nothing: z.object({}),
} satisfies Record<OperationSubject, z.ZodType>

interface Content {
  kind: Interrupted['kind']
  payload: z.infer<(typeof names)[OperationSubject]>
}

/** More than any of ours: a removal keeps a few certificates. */
const MAX_PAYLOAD = 1_000_000

function idOf({ id, kind, step, payload, startedAt, mac }: OperationRow): InterruptedId {
  const content = JSON.stringify([id, kind, step, payload, startedAt, mac])
  return InterruptedId.parse(createHash('sha256').update(content).digest('hex').slice(0, 16))
}

/** Neutralised text may be longer than what it came from, so it is cut last. */
function shorten(text: string | undefined): string | null {
  if (text === undefined) return null
  const harmless = neutralise(text.slice(0, 200))
  return harmless.length > 200 ? `${harmless.slice(0, 199)}…` : harmless
}
