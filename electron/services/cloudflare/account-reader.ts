import { type ReadAccount, readAccount } from '#electron/cloudflare/account/read'
import type { CloudflareApi } from '#electron/cloudflare/api'
import { connect, type VerifiedToken } from '#electron/cloudflare/connect'
import { practiceToken } from '#electron/cloudflare/practice/state'
import { readToken } from '#electron/cloudflare/token'
import { AppError } from '#shared/errors'
import { practiceAccountId } from '#shared/model/access-account'
import { keptOf } from './last-readings'
import type { CloudflarePorts, Reading, Source } from './ports'

interface OpenAccount {
  api: CloudflareApi
  token: VerifiedToken
  /** As it was given, to be stored; empty for the practice account. */
  text: string
  beforeKeeping: Source['beforeKeeping']
}

type ReaderPorts = Pick<CloudflarePorts, 'openApi' | 'openPractice' | 'clock' | 'stored' | 'readings'>

/** The way to an account: with a token that was given, the stored one, or the practice account. Each reading is kept. */
export function createAccountReader({ openApi, openPractice, clock, stored, readings }: ReaderPorts) {
  async function practise({ token, signal, beforeKeeping }: Source): Promise<OpenAccount> {
    if (token !== null) throw new AppError('cloudflare-token-unusable', 'The practice account takes no API token.')
    if (openPractice === null) throw new AppError('home-unusable', 'The practice account needs Latchkey’s folder.')
    return { api: await openPractice({ signal }), token: practiceToken, text: '', beforeKeeping }
  }

  async function open(source: Source): Promise<OpenAccount> {
    if (source.isPractice === true) return practise(source)
    const { token: given, account, signal, onPause, beforeKeeping } = source
    const kept = given === null ? await stored?.read() : null
    const text = given ?? kept?.token
    if (text === undefined) throw new AppError('cloudflare-not-connected')
    const { token, kind } = readToken(text)
    const api = await openApi({ token, signal, onPause })
    return { api, token: await connect(api, kind, account ?? kept?.account ?? null), text: token, beforeKeeping }
  }

  /** Kept for tests of sites and for warnings, which ask nothing of Cloudflare. */
  async function readAndKeep({ api, token, beforeKeeping }: OpenAccount, eachZone = false): Promise<ReadAccount> {
    const found = await readAccount(api, clock, { token, eachZone })
    beforeKeeping?.()
    if (token.account.id !== practiceAccountId) await readings?.put(keptOf(found.account))
    return found
  }

  return {
    open,
    readAndKeep,
    async read(source: Source, { eachZone }: { eachZone: boolean }): Promise<Reading> {
      const opened = await open(source)
      return { ...(await readAndKeep(opened, eachZone)), token: opened.token }
    },
  }
}
