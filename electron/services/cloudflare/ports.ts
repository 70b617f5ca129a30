import type { CloudflareApi } from '#electron/cloudflare/api'
import type { Run } from '#electron/cloudflare/apply/journal'
import type { JournalFile } from '#electron/cloudflare/apply/journal-file'
import type { Outcome, RunPorts } from '#electron/cloudflare/apply/run-journal'
import type { VerifiedToken } from '#electron/cloudflare/connect'
import type { Pause } from '#electron/cloudflare/exchange'
import type { LocalKnowledge } from '#electron/cloudflare/status'
import type { Database } from '#electron/database/database'
import type { Clock } from '#electron/platform/clock'
import type { Wait } from '#electron/platform/wait'
import type { AccessAccount } from '#shared/model/access-account'
import type { Explanation, Visitor } from '#shared/model/access-explanation'
import type { AccessLook, Drift } from '#shared/model/access-look'
import type { AccessPlan, PlanProblem } from '#shared/model/access-plan'
import type { Instant } from '#shared/model/ids'
import type { CaTest, CaTester } from './ca-test'
import type { StoredTokens } from './stored-token'

export interface Progress {
  signal?: AbortSignal | undefined
  onPause?: ((pause: Pause) => void) | undefined
}

export interface CloudflarePorts {
  /** Loads the SDK, which nothing else needs. */
  openApi(input: Progress & { token: string }): Promise<CloudflareApi>
  /** The practice account; null where there is no folder to keep it in. */
  openPractice: ((input: Pick<Progress, 'signal'>) => Promise<CloudflareApi>) | null
  clock: Clock
  wait: Wait
  /** What this computer knows of real sites or of the practice site; nothing where no records are open. */
  local(isPractice: boolean): Promise<LocalKnowledge>
  /** Certificates (DER) that may complete a chain; none where no records are open. Practice knows what was uploaded, too. */
  issuerCertificates(isPractice: boolean): Promise<Uint8Array[]>
  /** Null where there is no vault. */
  stored: StoredTokens | null
  /** Null where no records are open. */
  looks: Database['accessLooks'] | null
  /** Null where no records are open. */
  readings: Database['accessReadings'] | null
  /** Null where no certificates are at hand. */
  testCa: CaTester | null
}

export interface Source extends Progress {
  /** As it was given; null for the one in the vault. */
  token: string | null
  /** The id or exact name of the account; null where the token sees only one, or for the one that was chosen at login. */
  account: string | null
  /** The practice account of this computer. It takes no token. */
  isPractice?: boolean
  /** Called before what was read is kept. Throws where it is not wanted any more. */
  beforeKeeping?(): void
}

/** An account as it was read, and with which token. */
export interface Reading {
  account: AccessAccount
  /** Permissions that the token lacks; what they open is null in the account. */
  unread: string[]
  token: VerifiedToken
}

/** Who gets in at an address, and what is needed to put that into words. */
export interface ExplainedReading extends Reading {
  visitor: Visitor
  explanation: Explanation
}

export interface PlannedReading extends Reading {
  plan: AccessPlan | null
  /** Why there is no plan. */
  problems: PlanProblem[]
}

interface ChangeHooks extends Pick<RunPorts, 'backUp' | 'test' | 'onWait' | 'onSettled'> {
  /** What Latchkey's own tests of a hostname showed, one for each of its CAs. `test` is only asked where not all were let in. */
  onTested?(tests: CaTest[]): void
}

export interface Changing {
  reading: Reading
  run(file: JournalFile, hooks: ChangeHooks): Promise<Outcome>
  /** Reads the account again, and takes note of what a run has changed there, as far as it has come. */
  noteOwn(run: Run): Promise<void>
}

export interface DriftReading extends Reading {
  /** When the look was taken that this one is compared with. */
  since: Instant | null
  drift: Drift[]
  /** Kinds that were not read this time or the last, so that nothing is said about them. */
  notCompared: AccessLook['unread']
  /** Whether later ones are compared with this one. */
  kept: boolean
}
