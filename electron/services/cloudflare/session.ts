import { practiceToken } from '#electron/cloudflare/practice/state'
import { AppError } from '#shared/errors'
import type { AccountId } from '#shared/model/access-account'
import type { AccessConnection } from '#shared/model/access-screen'
import type { Changed } from '../changes'
import type { Cloudflare, DriftReading, Progress, Reading, Source } from './index'

export interface SessionPorts {
  cloudflare: Pick<Cloudflare, 'compare' | 'hasStoredToken' | 'login' | 'logout' | 'read'>
  changed: Changed
}

/** A token that is not stored: it is forgotten when the app ends, and when the keys are locked. */
interface OwnToken {
  token: string
  account: AccountId
}

/** The window's way to one account: with which token it reads, and what it read last. Nothing here writes. */
export function createSession({ cloudflare, changed }: SessionPorts) {
  let own: OwnToken | null = null
  let isPractising = false
  let last: DriftReading | null = null

  /** The token that reads: this session's, else the stored one. The practice account needs none. */
  const source = (progress: Progress): Source =>
    isPractising
      ? { token: null, account: null, isPractice: true, ...progress }
      : { token: own?.token ?? null, account: own?.account ?? null, ...progress }

  async function connection(): Promise<AccessConnection> {
    if (isPractising) return { state: 'connected', account: practiceToken.account, isStored: false, isPractice: true }
    const isStored = own === null && (await cloudflare.hasStoredToken())
    if (own === null && !isStored) return { state: 'none' }
    const account = last === null ? null : { id: last.account.id, name: last.account.name }
    return { state: 'connected', account, isStored, isPractice: false }
  }

  function keep(reading: DriftReading): DriftReading {
    last = reading
    changed('cloudflare')
    return reading
  }

  return {
    connection,
    /** Verifies the token by reading the account. `isStored`: with the keys, in the place of an earlier one. */
    async connect(
      { token, account, isStored }: { token: string; account: string | null; isStored: boolean },
      progress: Progress,
    ): Promise<AccessConnection> {
      const given = { token, account, ...progress }
      const reading = isStored ? await cloudflare.login(given) : await cloudflare.read(given, { eachZone: false })
      own = isStored ? null : { token, account: reading.account.id }
      isPractising = false
      keep(await cloudflare.compare(reading, { accept: false }))
      return connection()
    },
    /** Turns to the practice account of this computer, or back. The token of an account stays where it is. */
    async practise(isOn: boolean): Promise<AccessConnection> {
      isPractising = isOn
      last = null
      changed('cloudflare')
      return connection()
    },
    isPractising: () => isPractising,
    async disconnect(): Promise<AccessConnection> {
      own = null
      last = null
      await cloudflare.logout()
      changed('cloudflare')
      return connection()
    },
    /** Reads the account again, and says what has changed since the last look. */
    async read(progress: Progress): Promise<DriftReading> {
      const reading = await cloudflare.read(source(progress), { eachZone: false })
      return keep(await cloudflare.compare(reading, { accept: false }))
    },
    /** The account once Latchkey has changed it: `note` tells the last look of that before it is compared. */
    async readAfter(progress: Progress, note: (reading: Reading) => Promise<void>): Promise<void> {
      const reading = await cloudflare.read(source(progress), { eachZone: false })
      await note(reading)
      keep(await cloudflare.compare(reading, { accept: false }))
    },
    /** From now on, what was read last is compared with. */
    async accept(): Promise<void> {
      if (last === null) throw new AppError('cloudflare-not-connected')
      await cloudflare.compare(last, { accept: true })
      keep({ ...last, since: last.account.readAt, drift: [], kept: true })
    },
    /** What was read last; null before that. */
    reading: (): DriftReading | null => last,
    source,
    forget(): void {
      own = null
      last = null
      changed('cloudflare')
    },
  }
}

export type Session = ReturnType<typeof createSession>
