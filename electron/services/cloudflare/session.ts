import { practiceToken } from '#electron/cloudflare/practice/state'
import { createQueue } from '#electron/platform/queue'
import { AppError, isAppError } from '#shared/errors'
import { type AccessAccount, type AccountId, isPracticeAccount } from '#shared/model/access-account'
import type { AccessConnection } from '#shared/model/access-screen'
import type { Changed } from '../changes'
import type { Cloudflare } from './index'
import type { DriftReading, Progress, Reading, Source } from './ports'

export interface SessionPorts {
  cloudflare: Pick<Cloudflare, 'compare' | 'hasStoredToken' | 'login' | 'logout' | 'read'>
  changed: Changed
  /** Takes note of what Latchkey itself has changed in plans that are not over, before a reading is compared with the last look. */
  noteOwn(reading: Reading): Promise<void>
}

/** A token that is not stored: it is forgotten when the app ends, and when the keys are locked. */
interface OwnToken {
  token: string
  account: AccountId
}

/** Null for the token that is kept, and for the practice account, which takes none. `keepToken`: for further changes. */
export interface WritePermission {
  token: string | null
  keepToken?: boolean
}

/** The window's way to one account: with which tokens it reads and writes, and what it read last. Nothing here writes. */
export function createSession({ cloudflare, changed, noteOwn }: SessionPorts) {
  let own: OwnToken | null = null
  let writing: OwnToken | null = null
  let isPractising = false
  let last: DriftReading | null = null

  /** The token that reads: this session's, else the stored one. The practice account needs none. */
  const source = (progress: Progress): Source =>
    isPractising
      ? { token: null, account: null, isPractice: true, ...progress, ...whileHere() }
      : { token: own?.token ?? null, account: own?.account ?? null, ...progress, ...whileHere() }

  async function connection(): Promise<AccessConnection> {
    if (isPractising)
      return {
        state: 'connected',
        account: practiceToken.account,
        isStored: false,
        isPractice: true,
        keepsWriteToken: false,
      }
    const isStored = own === null && (await cloudflare.hasStoredToken())
    if (own === null && !isStored) return { state: 'none' }
    const account = last === null ? null : { id: last.account.id, name: last.account.name }
    const keepsWriteToken = writing !== null && writing.account === account?.id
    return { state: 'connected', account, isStored, isPractice: false, keepsWriteToken }
  }

  /** Counts the turns from one account to another. */
  let turn = 0

  /** Keeps nothing of what was read once another account has been turned to. */
  function whileHere(): Required<Pick<Source, 'beforeKeeping'>> {
    const since = turn
    return { beforeKeeping: () => requireTurn(since) }
  }

  /** A token is stored or removed, never both at the same moment: whoever disconnects later, removes what was stored before. */
  const storing = createQueue()

  async function verified(source: Source & { token: string }, isStored: boolean) {
    if (isStored) return cloudflare.login(source)
    return { reading: await cloudflare.read(source, { eachZone: false }), store: async () => undefined }
  }

  /** @param since The turn in which the reading began: what was read of another account is not shown as this one's. */
  function keep(reading: DriftReading, since: number): DriftReading {
    requireTurn(since)
    last = reading
    changed('cloudflare')
    return reading
  }

  /**
   * Does something with a token that may write: the one that is given, or the one that is kept for this account. A given one is
   * kept only once it has been accepted, and a kept one is forgotten when it is refused.
   */
  async function withWriteToken<T>(
    account: Pick<AccessAccount, 'id'>,
    { token, keepToken = false }: WritePermission,
    progress: Progress,
    work: (source: Source) => Promise<T>,
  ): Promise<T> {
    const since = turn
    const kept = writing?.account === account.id ? writing.token : null
    const source = writingSource(account, token ?? kept, progress)
    try {
      const result = await work(source)
      if (keepToken && token !== null && since === turn) {
        writing = { token, account: account.id }
        changed('cloudflare')
      }
      return result
    } catch (error) {
      if (token === null && isAppError(error, 'cloudflare-token-refused')) await forgetWriteToken()
      throw error
    }
  }

  function forgetWriteToken(): Promise<AccessConnection> {
    writing = null
    changed('cloudflare')
    return connection()
  }

  function requireTurn(since: number, done: string | null = null): void {
    if (since !== turn) throw new AppError('cancelled', null, { done })
  }

  return {
    connection,
    /** Verifies the token by reading the account. `isStored`: with the keys, in the place of an earlier one. */
    async connect(
      { token, account, isStored }: { token: string; account: string | null; isStored: boolean },
      progress: Progress,
    ): Promise<AccessConnection> {
      const [since, here] = [turn, whileHere()]
      const { reading, store } = await verified({ token, account, ...progress, ...here }, isStored)
      requireTurn(since)
      await noteOwn(reading)
      const compared = await cloudflare.compare(reading, { accept: false, ...here })
      await storing.run(async () => {
        requireTurn(since)
        await store()
        requireTurn(since, isStored ? 'The API token was stored.' : null)
      })
      keep(compared, since)
      own = isStored ? null : { token, account: reading.account.id }
      isPractising = false
      turn += 1
      return connection()
    },
    /** Turns to the practice account of this computer, or back. The token of an account stays where it is. */
    async practise(isOn: boolean): Promise<AccessConnection> {
      isPractising = isOn
      last = null
      turn += 1
      changed('cloudflare')
      return connection()
    },
    isPractising: () => isPractising,
    withWriteToken,
    forgetWriteToken,
    async disconnect(): Promise<AccessConnection> {
      own = null
      writing = null
      last = null
      turn += 1
      await storing.run(cloudflare.logout)
      changed('cloudflare')
      return connection()
    },
    /** Reads the account again, and says what has changed since the last look. */
    async read(progress: Progress): Promise<DriftReading> {
      const [since, here] = [turn, whileHere()]
      const reading = await cloudflare.read(source(progress), { eachZone: false })
      await noteOwn(reading)
      return keep(await cloudflare.compare(reading, { accept: false, ...here }), since)
    },
    /** The account once Latchkey has changed it: `note` tells the last look of that before it is compared. */
    async readAfter(progress: Progress, note: (reading: Reading) => Promise<void>): Promise<void> {
      const [since, here] = [turn, whileHere()]
      const reading = await cloudflare.read(source(progress), { eachZone: false })
      await note(reading)
      keep(await cloudflare.compare(reading, { accept: false, ...here }), since)
    },
    /** From now on, what was read last is compared with. */
    async accept(): Promise<void> {
      if (last === null) throw new AppError('cloudflare-not-connected')
      const [seen, since] = [last, turn]
      await cloudflare.compare(seen, { accept: true, ...whileHere() })
      keep({ ...seen, since: seen.account.readAt, drift: [], kept: true }, since)
    },
    /** What was read last; null before that. */
    reading: (): DriftReading | null => last,
    source,
    forget(): void {
      turn += 1
      own = null
      writing = null
      last = null
      changed('cloudflare')
    },
  }
}

export type Session = ReturnType<typeof createSession>

/** The stored token is for reading, so it never stands in for one that may write. */
function writingSource({ id }: Pick<AccessAccount, 'id'>, token: string | null, progress: Progress): Source {
  if (isPracticeAccount({ id })) return { token, account: null, isPractice: true, ...progress }
  if (token === null) throw new AppError('invalid-input', 'Changes need an API token that may write.')
  return { token, account: id, ...progress }
}
