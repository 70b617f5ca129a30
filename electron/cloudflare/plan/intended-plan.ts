import type { AccessChange, PlanProblem } from '#shared/model/access-plan'
import type { RollOverMark } from '#shared/model/access-roll-over'
import type { AccessWish } from '#shared/model/access-wish'
import type { Managed } from './managed'

/** A CA that a person chose, once its file or issuer was read. */
export type GivenCa = { name: string; pem: string } | null

/** What a person wants, as changes of the account. */
export interface IntendedPlan {
  title: string
  /** Null where a plan file cannot say it. */
  wish: AccessWish | null
  /** Null where there are problems. */
  changes: AccessChange[] | null
  problems: PlanProblem[]
  managed: Managed
  /** Applications that a block does not reach. */
  notCovered: string[]
  /** The roll-over that it is a part of. */
  rollOver: RollOverMark | null
}
