import { messages } from '#shared/messages'
import type { StoreState } from '#shared/model/store'
import { CallError, call } from './api'

/** Where browser mode reads, if that can be written to. `held`: certificate and key were read back. Rejects as `call` does. */
export async function installInBestPlace(identity: string): Promise<{ held: boolean; sentence: string }> {
  const place = bestPlace(await call('installs.stores', undefined))
  const made = await call('installs.install', { identity, store: place.id, trust: 'certificate' })
  const held = made.present && made.keyPresent
  const sentence = held ? `It is in ${made.storeName}, with its key.` : `It was not found in ${made.storeName}.`
  return { held, sentence: [sentence, made.trust.reason ?? ''].join(' ').trim() }
}

/** The place that browser mode reads comes first; Firefox keeps lists of its own. */
function bestPlace(places: StoreState[]): StoreState {
  const usable = places.filter(({ writable, problem }) => writable && problem === null)
  const found = usable.find(({ id }) => !id.startsWith('firefox')) ?? usable[0]
  if (found !== undefined) return found
  const problem = places.find((place) => place.problem !== null)?.problem ?? null
  const code = problem?.code ?? 'store-unavailable'
  throw new CallError({ code, message: messages[code].title, detail: problem?.remedy ?? null })
}
