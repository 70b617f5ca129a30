import { z } from 'zod'
import { AccessAccount } from '#shared/model/access-account'
import { AccessChange } from '#shared/model/access-plan'
import { RollOverMark } from '#shared/model/access-roll-over'
import { JsonObject } from '#shared/model/access-rule'
import { ManagedElsewhere } from '#shared/model/access-wish'
import { type Managed, nothingManaged } from '../plan/managed'
import { simulate } from '../plan/simulate'
import { type CreatedIds, withIds } from '../plan/with-ids'

/** Why applying a plan ended before its end. */
export const StopReason = z.enum([
  /** Somebody else has changed what the next step is about. */
  'changed',
  /** A call was cut off, and what it should have created has not appeared. Only a person may decide to send it again. */
  'uncertain',
  /** What was written has not appeared for too long. */
  'not-settled',
  /** What Access reports is not what was written. */
  'written-otherwise',
  /** What the next step is about could not be read. */
  'not-read',
  /** Access refused a call. */
  'refused',
  /** A certificate was not let in where it should have been. */
  'test-failed',
])
export type StopReason = z.infer<typeof StopReason>

const step = z.number().int().min(0)

/** One line of the journal: written before or after whatever it says, so that a killed process can be continued. */
export const JournalEntry = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('begun'),
    before: AccessAccount,
    changes: z.array(AccessChange),
    /** What the plan is about, for its reader. */
    title: z.string().optional(),
    /** What the plan leaves to other tools: an undo does, too. */
    managed: ManagedElsewhere.optional(),
    /** The run that this one undoes. */
    undoes: z.string().optional(),
    rollOver: RollOverMark.optional(),
  }),
  z.strictObject({ kind: z.literal('backed-up') }),
  /** Before the call: without `sent` after it, nobody knows whether it arrived. */
  z.strictObject({
    kind: z.literal('sending'),
    step,
    /** Of a request that replaces a whole object: what it has to be read back with. */
    body: JsonObject.nullable().optional(),
  }),
  /** The id of what was created. */
  z.strictObject({ kind: z.literal('sent'), step, id: z.string().nullable() }),
  /** Access had not finished an earlier change, so that nothing was written. */
  z.strictObject({ kind: z.literal('busy'), step }),
  /** Access reports what was written. The id is that of something which was found instead of created twice. */
  z.strictObject({ kind: z.literal('settled'), step, id: z.string().nullable() }),
  z.strictObject({
    kind: z.literal('stopped'),
    step,
    why: StopReason,
    /** Names of the fields that are not as they were written. */
    fields: z.array(z.string()).optional(),
  }),
  /** A person has decided to continue after a stop. */
  z.strictObject({ kind: z.literal('resumed') }),
  /** It is about to be taken back with a journal of its own: what is left of it must not be applied any more. */
  z.strictObject({ kind: z.literal('undone') }),
])
export type JournalEntry = z.infer<typeof JournalEntry>

/** Where applying a plan stands. */
export interface Run {
  /** The account as it was before the first change. */
  before: AccessAccount
  /** As planned, with the plan's ids for what it creates. */
  changes: AccessChange[]
  title: string
  managed: Managed
  undoes: string | null
  rollOver: RollOverMark | null
  isBackedUp: boolean
  /** The step that is next, or under way. */
  step: number
  phase: 'ready' | 'sending' | 'sent'
  /** The step under way was sent before, without an answer: what is answered now says nothing about that. */
  isUnanswered: boolean
  /** What the step under way has sent, where that replaces an object. */
  body: JsonObject | null
  created: CreatedIds
  stopped: StopReason | null
  /** Those that are not as they were written, if that is why it stopped. */
  fields: string[]
  /** A person wants a call that may have been lost to be sent again, should what it creates still be missing. */
  maySendAgain: boolean
  isUndone: boolean
}

/** Reads a journal from its beginning. Null while it is empty. */
export function runOf(journal: readonly JournalEntry[]): Run | null {
  const [first, ...others] = journal
  if (first?.kind !== 'begun') return null
  const start: Run = {
    before: first.before,
    changes: first.changes,
    title: first.title ?? '',
    managed: first.managed ?? nothingManaged,
    undoes: first.undoes ?? null,
    rollOver: first.rollOver ?? null,
    isBackedUp: false,
    step: 0,
    phase: 'ready',
    isUnanswered: false,
    body: null,
    created: new Map(),
    stopped: null,
    fields: [],
    maySendAgain: false,
    isUndone: false,
  }
  return others.reduce(follow, start)
}

function follow(run: Run, entry: JournalEntry): Run {
  switch (entry.kind) {
    case 'begun':
      return run
    case 'backed-up':
      return { ...run, isBackedUp: true }
    case 'sending':
      return {
        ...run,
        phase: 'sending',
        isUnanswered: run.phase === 'sending',
        body: entry.body ?? null,
        maySendAgain: false,
      }
    case 'sent':
      return { ...run, phase: 'sent', created: withCreated(run, entry.step, entry.id) }
    case 'settled':
      return {
        ...run,
        phase: 'ready',
        isUnanswered: false,
        step: entry.step + 1,
        created: withCreated(run, entry.step, entry.id),
        stopped: null,
        fields: [],
      }
    case 'busy':
      // Whoever let it be sent again has said so for this time, too.
      return { ...run, phase: afterRefusal(run), maySendAgain: run.isUnanswered }
    case 'stopped':
      return {
        ...run,
        stopped: entry.why,
        fields: entry.fields ?? [],
        phase: entry.why === 'refused' ? afterRefusal(run) : run.phase,
      }
    case 'resumed':
      return { ...run, maySendAgain: run.stopped === 'uncertain', stopped: null, fields: [] }
    case 'undone':
      return { ...run, isUndone: true }
  }
}

/** Access has refused it: nothing was written, so it may be sent once more. But an earlier request may have arrived. */
const afterRefusal = ({ isUnanswered }: Run): Run['phase'] => (isUnanswered ? 'sending' : 'ready')

function withCreated({ created, changes }: Run, at: number, id: string | null): CreatedIds {
  const change = changes[at]
  if (id === null || change === undefined || !('id' in change)) return created
  return new Map([...created, [change.id, id]])
}

/** A planned change with Access' own ids, as far as they are known. What it creates has the id that it got, too. */
export function changeOf({ created }: Run, change: AccessChange): AccessChange {
  const known = withIds(change, created)
  const id = 'id' in change ? created.get(change.id) : undefined
  return id === undefined ? known : AccessChange.parse({ ...known, id })
}

/** The account as it should be just before a step. */
export const expectedBefore = (run: Run, at: number): AccessAccount =>
  run.changes.slice(0, at).reduce((account, change) => simulate(account, changeOf(run, change)), run.before)

/**
 * What was done, with Access' own ids: what an undo takes back. Without the step under way as long as nobody knows whether it
 * arrived; see `standingOf`.
 */
export const appliedChanges = (run: Run): AccessChange[] =>
  run.changes.slice(0, run.phase === 'sent' ? run.step + 1 : run.step).map((change) => changeOf(run, change))
