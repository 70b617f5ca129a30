import { lookAgain } from '#electron/cloudflare/account/look-again'
import { readAccount } from '#electron/cloudflare/account/read'
import type { ApplyPorts } from '#electron/cloudflare/apply/apply'
import type { JournalEntry } from '#electron/cloudflare/apply/journal'
import { createSender } from '#electron/cloudflare/apply/send-change'
import { createCloudflareApi } from '#electron/cloudflare/client'
import { askServer } from '#electron/platform/ask-server'
import type { AccessAccount } from '#shared/model/access-account'
import { accountId } from './client'
import type { CloudflareDouble } from './double'

/** A process that applies a plan at the double. */
interface ApplyingProcess {
  ports: ApplyPorts
  journal: JournalEntry[]
  read(): Promise<AccessAccount>
}

interface Watching {
  /**
   * At each moment at which a process may end with something to be found by the next: before and after each write on the wire,
   * before each reading, and before and after each entry of the journal.
   */
  onMoment?: () => void
  /** Before a reading of everything, and before one object or the settings are read. */
  onRead?: (what: 'account' | 'object') => void
}

const nothing = () => undefined

/** Begins or goes on with a journal; whatever it notes is appended to that. */
export function startProcess(
  double: CloudflareDouble,
  token: string,
  journal: JournalEntry[],
  { onMoment = nothing, onRead = nothing }: Watching = {},
): ApplyingProcess {
  const api = createCloudflareApi({
    async askServer(question) {
      const isWrite = question.method !== undefined && question.method !== 'GET'
      const [list, object] = [/\/access\/certificates$/u, /\/access\/[a-z]+\/[\w-]+$/u].map((pattern) =>
        pattern.test(question.url.pathname),
      )
      if (isWrite || list || object) onMoment()
      if (!isWrite && list) onRead('account')
      if (!isWrite && object) onRead('object')
      const answer = await askServer(question)
      if (isWrite) onMoment()
      return answer
    },
    base: double.base,
    token,
    clock: { now: () => new Date(double.world.now) },
    wait: async () => undefined,
    onPause: nothing,
  })
  const identity = { kind: 'user', expiresOn: null, account: { id: accountId, name: 'Acme' } } as const
  const clock = { now: () => new Date(double.world.now) }
  const read = async () => (await readAccount(api, clock, { token: identity, eachZone: false })).account
  const ports: ApplyPorts = {
    read,
    lookAgain: (account, change) => lookAgain(api, account, change),
    send: createSender(api).send,
    backUp: async () => undefined,
    test: async () => true,
    async wait(attempt) {
      double.later(2000)
      return attempt < 6
    },
    async note(entry) {
      onMoment()
      journal.push(entry)
      onMoment()
    },
  }
  return { ports, journal, read }
}
