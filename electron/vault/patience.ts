/** Whether the caller still waits; what is only done for its sake can be left out otherwise. */
export type IsWanted = () => boolean

/**
 * Native keyring calls one after the other, each waited for only so long. A call behind an unanswered prompt cannot be
 * taken back and blocks one of libuv's four threads; a fourth such call would stop every file access. So while one is
 * overdue, nothing further is started.
 */
export function createPatience(patienceMs: number) {
  let queue: Promise<unknown> = Promise.resolve()
  let isOverdue = false

  return async function patiently<T>(act: (isWanted: IsWanted) => Promise<T>): Promise<T> {
    if (isOverdue) throw new Error('The keyring still waits for its prompt to be answered: locked.')
    let isWanted = true
    let hasBegun = false
    const call = queue.then(() => {
      if (!isWanted) throw new Error('Nobody waits for this any more.')
      hasBegun = true
      return act(() => isWanted)
    })
    queue = call.catch(() => undefined)
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        isWanted = false
        if (hasBegun) {
          isOverdue = true
          void queue.then(() => {
            isOverdue = false
          })
        }
        reject(new Error('The keyring did not answer: locked.'))
      }, patienceMs)
    })
    try {
      return await Promise.race([call, patience])
    } finally {
      clearTimeout(timer)
    }
  }
}
