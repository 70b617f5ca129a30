import type { IntendedPlan } from '#electron/cloudflare/plan/intended-plan'
import { type IntentFiles, planIntent } from '#electron/cloudflare/plan/intent'
import { planOf } from '#electron/cloudflare/plan/plan'
import { spellOut } from '#electron/cloudflare/plan/spell-out'
import type { Undo } from '#electron/cloudflare/plan/undo'
import type { Clock } from '#electron/platform/clock'
import { createExpiringMap } from '#electron/platform/expiring-map'
import type { Random } from '#electron/platform/random'
import { AppError } from '#shared/errors'
import { lossWords, problemWords, undoNoteWords } from '#shared/logic/access/plan-words'
import type { AccessAccount } from '#shared/model/access-account'
import type { AccessIntent } from '#shared/model/access-intent'
import type { AccessPlan } from '#shared/model/access-plan'
import { AccessPlanId, type AccessPlanView, type PlanLine } from '#shared/model/access-screen'
import type { AccessWish } from '#shared/model/access-wish'
import type { Instant } from '#shared/model/ids'
import type { Reading } from './ports'

/** A plan that somebody looks at, with all that applying it needs. */
export interface HeldPlan {
  account: AccessAccount
  plan: AccessPlan
  title: string
  managed: IntendedPlan['managed']
  wish: AccessWish | null
  /** The run that it undoes. */
  undoes: string | null
  rollOver: IntendedPlan['rollOver']
  /** Some of the run stays as it is. */
  isPartial: boolean
}

/** Long enough to read a plan and fetch a token; the account is compared before anything is written. */
const lifetimeMs = 60 * 60_000

const backup: PlanLine = {
  place: 'here',
  title: 'Save a backup of everything that was read',
  detail: 'On this computer, before the first change',
  warnings: [],
  confirm: [],
  call: null,
}

/** Plans that the window looks at. What is applied is what was looked at, found by its id. */
export function createPlans({ clock, random }: { clock: Clock; random: Random }) {
  const held = createExpiringMap<AccessPlanId, HeldPlan>({
    newId: () => AccessPlanId.parse(random.uuid()),
    clock,
    lifetimeMs,
  })

  function view(reading: Reading, intended: IntendedPlan, extra: { notes: string[]; undoes: string | null }) {
    const { account, unread } = reading
    const { title, wish, changes, problems, managed, notCovered, rollOver } = intended
    const plan = changes === null ? null : planOf(account, changes, account.readAt)
    const isEmpty = plan === null || plan.steps.length === 0
    const id = isEmpty
      ? null
      : held.put({
          account,
          plan,
          title,
          managed,
          wish,
          undoes: extra.undoes,
          rollOver,
          isPartial: extra.notes.length > 0,
        })
    const notes = [
      ...notCovered.map(
        (name) => `${name} is not covered: it lets people in without a policy that could exclude them.`,
      ),
      ...extra.notes,
      ...unread.map((permission) => `Not everything was read: the token lacks the permission “${permission}”.`),
    ]
    return {
      id,
      title,
      account: { id: account.id, name: account.name },
      readAt: account.readAt,
      lines: isEmpty ? [] : [backup, ...linesOf(account, plan)],
      visitors: plan?.visitors ?? [],
      losses: lossWords(plan?.visitors ?? []),
      notes,
      problems: problems.map(problemWords),
      canSave: wish !== null && !isEmpty,
    } satisfies AccessPlanView
  }

  return {
    plan(reading: Reading, intent: AccessIntent, files: IntentFiles, at: Instant): AccessPlanView {
      const intended = planIntent(reading.account, intent, files, new Date(at))
      return view(reading, intended, { notes: [], undoes: null })
    },
    /** `before`: the account when the first of the changes was made. */
    planUndo(reading: Reading, { undo, before, title, managed, run }: UndoneRun): AccessPlanView {
      const notes = undo.notes.map((note) => {
        const words = undoNoteWords(note, before, reading.account)
        return `Stays: ${words.title}. ${words.detail}`
      })
      const intended = {
        title,
        wish: null,
        changes: undo.changes,
        problems: [],
        managed,
        notCovered: [],
        rollOver: null,
      }
      return view(reading, intended, { notes, undoes: run })
    },
    /** Errors: `not-found` for one that was applied, or waited for too long. */
    get(id: AccessPlanId): HeldPlan {
      const found = held.get(id)
      if (found === null) throw new AppError('not-found', 'This plan has expired. Plan the change again.')
      return found
    },
    remove: (id: AccessPlanId) => held.takeOut(id),
    clear: () => held.clear(),
  }
}

export interface UndoneRun {
  undo: Undo
  before: AccessAccount
  title: string
  managed: IntendedPlan['managed']
  run: string
}

const linesOf = (account: AccessAccount, { steps }: AccessPlan): PlanLine[] =>
  spellOut(account, steps).map(({ title, detail, warnings, confirm, call }) => ({
    place: call === null ? 'here' : 'cloudflare',
    title,
    detail,
    warnings,
    confirm,
    call: call === null ? null : { method: call.method, path: call.path, body: call.body },
  }))

export type Plans = ReturnType<typeof createPlans>
