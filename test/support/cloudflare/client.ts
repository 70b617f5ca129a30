import type { CloudflareApi } from '#electron/cloudflare/api'
import { createCloudflareApi } from '#electron/cloudflare/client'
import type { Pause } from '#electron/cloudflare/exchange'
import { askServer } from '#electron/platform/ask-server'
import { AccountId } from '#shared/model/access-account'
import type { CloudflareDouble } from './double'
import { account } from './world'

export const accountId = AccountId.parse(account)
export const ofAccount = { account: accountId }

export interface Client {
  api: CloudflareApi
  /** In place of waiting. */
  pauses: Pause[]
}

/** Our client on the double, whose pauses take no time. */
export function clientOf(
  { base, addToken, world }: CloudflareDouble,
  { token = addToken(), signal }: { token?: string; signal?: AbortSignal } = {},
): Client {
  const pauses: Pause[] = []
  const api = createCloudflareApi({
    askServer,
    base,
    token,
    signal,
    clock: { now: () => new Date(world.now) },
    wait: async () => undefined,
    onPause: (pause) => pauses.push(pause),
  })
  return { api, pauses }
}
