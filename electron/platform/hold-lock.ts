import { AppError } from '#shared/errors'
import { throwIfCancelled } from './cancelled'

/** Null while another process, or an earlier call of this one, holds it; otherwise how to release it. */
export type TryLock = () => Promise<(() => Promise<void>) | null>

/** How often and how long we wait for another process to finish: 20 seconds in all. */
const attempts = 400
const pauseMs = 50

/** Does something while a lock is held against other processes. Errors: `busy`, `cancelled`. */
export async function holdLock<T>(tryLock: TryLock, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const release = await waitForLock(tryLock, signal)
  try {
    return await work()
  } finally {
    await release()
  }
}

async function waitForLock(tryLock: TryLock, signal: AbortSignal | undefined): Promise<() => Promise<void>> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    throwIfCancelled(signal)
    const release = await tryLock()
    if (release !== null) return release
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  throw new AppError('busy')
}
