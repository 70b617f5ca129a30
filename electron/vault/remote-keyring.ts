import type { z } from 'zod'
import type { ProcessChannel } from '#electron/platform/process-channel'
import { keyringName } from './keyring'
import { Answers, type Question, Reply } from './keyring-protocol'
import type { Keyring } from './vault-ports'

const gone = { kind: 'unavailable', reason: 'The process that talks to the keyring has ended.' } as const

/**
 * The keyring through a process of its own, started at the first question. `end` ends it, whatever it waits for, so that a
 * program in the terminal is never held by a prompt that nobody answers.
 */
export function createRemoteKeyring(spawn: () => ProcessChannel): Keyring & { end(): void } {
  const waiting = new Map<number, (answer: unknown) => void>()
  let channel: ProcessChannel | null = null
  let last = 0

  function open(): ProcessChannel {
    const opened = spawn()
    opened.onMessage((message) => {
      const { id, answer } = Reply.parse(message)
      waiting.get(id)?.(answer)
      waiting.delete(id)
    })
    opened.onExit(() => {
      if (channel === opened) channel = null
      for (const tell of waiting.values()) tell(gone)
      waiting.clear()
    })
    return opened
  }

  async function ask<Answer>(schema: z.ZodType<Answer>, question: (id: number) => Question): Promise<Answer> {
    channel ??= open()
    const asked = channel
    last += 1
    const id = last
    const answer = await new Promise<unknown>((resolve) => {
      waiting.set(id, resolve)
      asked.post(question(id))
    })
    return schema.parse(answer)
  }

  return {
    name: keyringName(),
    get: (account) => ask(Answers.get, (id) => ({ id, verb: 'get', account })),
    set: (account, value) => ask(Answers.set, (id) => ({ id, verb: 'set', account, value })),
    delete: (account) => ask(Answers.delete, (id) => ({ id, verb: 'delete', account })),
    end: () => channel?.kill(),
  }
}
