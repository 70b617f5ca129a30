import { z } from 'zod'
import type { ProcessChannel } from '#electron/platform/channel'
import { type Caller, createCaller } from '#electron/platform/rpc'
import { isAppError } from '#shared/errors'
import { type Keyring, type KeyringAnswer, keyringName } from './keyring'

/** What the process that talks to the keyring answers to. */
export interface KeyringMethods {
  get(account: string): Promise<KeyringAnswer<string | null>>
  set(entry: { account: string; value: string }): Promise<KeyringAnswer<true>>
  delete(account: string): Promise<KeyringAnswer<boolean>>
}

const answered = <Value extends z.ZodType>(value: Value) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('answer'), value }),
    z.strictObject({ kind: z.enum(['locked', 'unavailable']), reason: z.string() }),
  ])

/** The process gives up on a prompt after 20 seconds by itself; one that is silent for longer hangs. */
const LIMIT_MS = 30_000

const refused = (reason: string) => ({ kind: 'unavailable', reason }) as const

/**
 * The keyring through a process of its own, started at the first question. `end` ends it, whatever it waits for, so that
 * the CLI is never blocked by a prompt that no one answers.
 */
export function createRemoteKeyring(spawn: () => ProcessChannel): Keyring & { end(): void } {
  let open: { channel: ProcessChannel; caller: Caller<KeyringMethods> } | null = null

  function caller(): Caller<KeyringMethods> {
    if (open !== null) return open.caller
    const channel = spawn()
    const opened = { channel, caller: createCaller<KeyringMethods>(channel, { ended: () => new ProcessEnded() }) }
    channel.onExit(() => {
      if (open === opened) open = null
    })
    open = opened
    return opened.caller
  }

  async function ask<Answer>(
    schema: z.ZodType<KeyringAnswer<Answer>>,
    question: (caller: Caller<KeyringMethods>) => Promise<unknown>,
  ): Promise<KeyringAnswer<Answer>> {
    try {
      return schema.parse(await question(caller()))
    } catch (error) {
      if (error instanceof ProcessEnded) return refused('The process that talks to the keyring has ended.')
      if (!isAppError(error, 'busy')) throw error
      // Whatever it waits for is no longer needed.
      open?.channel.kill()
      return refused('The process that talks to the keyring does not answer.')
    }
  }

  const limit = { limitMs: LIMIT_MS }
  return {
    name: keyringName(),
    get: (account) => ask(answered(z.string().nullable()), (to) => to.call('get', account, limit)),
    set: (account, value) => ask(answered(z.literal(true)), (to) => to.call('set', { account, value }, limit)),
    delete: (account) => ask(answered(z.boolean()), (to) => to.call('delete', account, limit)),
    end: () => open?.channel.kill(),
  }
}

class ProcessEnded extends Error {}
