import type { AccessCall } from '#electron/cloudflare/api'
import type { ApplyPorts, Sent } from '#electron/cloudflare/apply/apply'
import type { JournalEntry } from '#electron/cloudflare/apply/journal'
import type { AccessAccount, Md5 } from '#shared/model/access-account'
import { type AccessApiState, accountOf, perform } from './access-api-model'

/** The process that applies a plan has ended at this point. */
export class Killed extends Error {}

export interface World {
  ports: ApplyPorts
  journal: JournalEntry[]
  /** Everything that reached Access. */
  calls: AccessCall[]
  backups: AccessAccount[]
  state(): AccessApiState
  /** Another administrator does something. */
  edit(change: (state: AccessApiState) => AccessApiState): void
  /** How many things happened to which a kill could have come. */
  moments(): number
}

export interface WorldOptions {
  bundles: ReadonlyMap<string, Md5[]>
  fingerprintOf: (pem: string) => string
  /** The moment at which the process ends; none where left out. */
  killAt?: number
  /** What happens at each such moment. */
  onMoment?: (moment: number) => void
  /** After each write, so many reads still show the account as it was. */
  lag?: number
  /** What becomes of the connection during a call, by the number of the call. */
  connection?: (call: number) => 'holds' | 'cut-before' | 'cut-after'
  /** Whether certificates are let in where a plan has them tested. */
  letsIn?: boolean
}

/** Access and a person's computer in memory, for applying plans. The journal and what Access has survive the process. */
export function createWorld(start: AccessApiState, options: WorldOptions, journal: JournalEntry[] = []): World {
  let state = start
  let shown = { state: start, stale: 0 }
  let moment = 0
  const calls: AccessCall[] = []
  const backups: AccessAccount[] = []
  const pass = () => {
    moment += 1
    options.onMoment?.(moment)
    if (moment === options.killAt) throw new Killed(`at moment ${moment}`)
  }
  const commit = (call: AccessCall): string | null => {
    const done = perform(state, call, options.fingerprintOf)
    shown = { state, stale: options.lag ?? 0 }
    state = done.state
    calls.push(call)
    return done.id
  }
  const ports: ApplyPorts = {
    async read() {
      pass()
      if (shown.stale === 0) return accountOf(state, options.bundles)
      shown = { ...shown, stale: shown.stale - 1 }
      return accountOf(shown.state, options.bundles)
    },
    async lookAgain() {
      pass()
      return accountOf(shown.stale === 0 ? state : shown.state, options.bundles)
    },
    async send(call): Promise<Sent> {
      pass()
      const connection = options.connection?.(calls.length) ?? 'holds'
      if (connection === 'cut-before') {
        calls.push(call)
        return { outcome: 'uncertain' }
      }
      const id = commit(call)
      pass()
      return connection === 'cut-after' ? { outcome: 'uncertain' } : { outcome: 'done', id }
    },
    async backUp(account) {
      pass()
      backups.push(account)
    },
    async test() {
      pass()
      return options.letsIn ?? true
    },
    async wait(attempt) {
      pass()
      return attempt < 5
    },
    async note(entry) {
      pass()
      journal.push(entry)
      pass()
    },
  }
  return {
    ports,
    journal,
    calls,
    backups,
    state: () => state,
    edit(change) {
      state = change(state)
      shown = { state, stale: 0 }
    },
    moments: () => moment,
  }
}
