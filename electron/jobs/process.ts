import { webcrypto } from 'node:crypto'
import { isAppError } from '#shared/errors'
import { type ParentPort, parentOf } from './parent'
import { type Notice, Order } from './protocol'
import { runJob } from './run-job'

if (globalThis.crypto === undefined) Object.defineProperty(globalThis, 'crypto', { value: webcrypto })

/** The process in which jobs run: an Electron utility process, or a forked child of the terminal. */
function serve(parent: ParentPort): void {
  parent.onMessage((message) => {
    const order = Order.parse(message)
    void perform(order, (notice) => parent.post(notice))
  })
}

async function perform({ id, name, input }: Order, post: (notice: Notice) => void): Promise<void> {
  try {
    const value = await runJob(name, input, ({ fraction, phase }) => post({ kind: 'progress', id, fraction, phase }))
    post({ kind: 'done', id, value })
  } catch (error) {
    post({ kind: 'failed', id, ...describe(error) })
  }
}

function describe(error: unknown): { code: string | null; detail: string | null } {
  if (isAppError(error)) return { code: error.code, detail: error.detail }
  return { code: null, detail: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

serve(parentOf(process))
