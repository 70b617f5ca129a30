import { type AppError, isAppError } from '#shared/errors'
import type { AccessCall, CloudflareApi } from '../api'
import type { Sent } from './apply'

/** What Access says while an earlier change is still being applied. Terraform's provider waits for the same three. */
const stillBusy = /still being updated|active associations|in use/u

export interface Sender {
  send(call: AccessCall): Promise<Sent>
  /** Why the last call was refused, in Access' own words. */
  refusal(): AppError | null
}

/** Sends the calls of a plan. Errors other than a refusal leave it open what became of the call. */
export function createSender(api: Pick<CloudflareApi, 'send'>): Sender {
  let refusal: AppError | null = null

  async function send(call: AccessCall): Promise<Sent> {
    refusal = null
    try {
      return { outcome: 'done', id: await api.send(call) }
    } catch (error) {
      if (isAppError(error, 'cloudflare-uncertain')) return { outcome: 'uncertain' }
      if (!isAppError(error) || error.code === 'cancelled') throw error
      refusal = error
      const isBusy = error.code === 'cloudflare-conflict' && stillBusy.test(error.detail ?? '')
      return { outcome: isBusy ? 'busy' : 'refused' }
    }
  }

  return { send, refusal: () => refusal }
}
