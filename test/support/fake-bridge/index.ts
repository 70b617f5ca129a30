import { type Channel, channels } from '#shared/ipc/channels'
import { contract } from '#shared/ipc/contract'
import type { AppEvent } from '#shared/ipc/events'
import { createHandlers } from './handlers'
import { withOtherNames } from './names'
import { createPretence } from './pretence'
import { createWorld, Refused, type Scene } from './world'

const scenes: Scene[] = [
  'full',
  'empty',
  'many',
  'new',
  'locked',
  'key-lost',
  'no-tool',
  'interrupted',
  'not-installed',
  'damaged',
  'no-backup',
  'managed',
  'policy-unusable',
  'names',
]

/**
 * A main process inside the page, for looking at the screens without Electron. Input and output are parsed with the real
 * contract, so that a mistake on either side shows as an error in the console.
 */
function createBridge(scene: Scene) {
  const world = createWorld(scene)
  const listeners = new Set<(event: AppEvent) => void>()
  // As over IPC, an event never arrives before the call that caused it has returned to the page's queue.
  world.send = (event) => setTimeout(() => listeners.forEach((listener) => void listener(event)))
  const pretence = createPretence(world)
  const handlers = createHandlers(pretence) as Record<Channel, (input: unknown) => Promise<unknown>>
  let pending = 0
  const ask = (channel: Channel) => async (input: unknown) => {
    pending += 1
    try {
      const parsed = contract[channel].in.parse(structuredClone(input))
      const value = structuredClone(contract[channel].out.parse(await handlers[channel](parsed)))
      return { ok: true, value: scene === 'names' && value !== undefined ? withOtherNames(value) : value }
    } catch (error) {
      if (error instanceof Refused) return { ok: false, error: error.failure }
      console.error(channel, error)
      return {
        ok: false,
        error: {
          code: 'internal',
          message: 'Something went wrong inside Latchkey.',
          detail: String(error).slice(0, 500),
        },
      }
    } finally {
      pending -= 1
    }
  }
  return {
    ...Object.fromEntries(channels.map((channel) => [channel, ask(channel)])),
    onEvent(listener: (event: AppEvent) => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** For a test that wants to be the main process. */
    world,
    /** How many calls are not answered yet, without those that last on purpose. */
    pending: () => pending - pretence.lasting(),
  }
}

const wanted = new URLSearchParams(location.search).get('scene')
Object.assign(window, { latchkey: createBridge(scenes.find((scene) => scene === wanted) ?? 'full') })
