import type { Page } from '@playwright/test'
import type { Channel } from '#shared/ipc/channels'
import { type Call, contract, type Out } from '#shared/ipc/contract'

/** One call through the window's own bridge, as its screens make it. */
export async function callBridge<C extends Channel>(page: Page, channel: C, input: Call<C>): Promise<Out<C>> {
  const reply: unknown = await page.evaluate(
    async ([name, value]) => {
      const bridge: unknown = Reflect.get(globalThis, 'latchkey')
      const call: unknown = typeof bridge === 'object' && bridge !== null ? Reflect.get(bridge, name) : null
      if (typeof call !== 'function') throw new Error(`There is no channel ${name}.`)
      return call(value)
    },
    [channel, input] as const,
  )
  if (typeof reply !== 'object' || reply === null || !('value' in reply)) throw new Error(JSON.stringify(reply))
  return contract[channel].out.parse(reply.value) as Out<C>
}
