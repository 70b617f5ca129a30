import type { Connection } from '../connection'
import { advanceOperation } from '../operations'
import type { Repository } from '../repositories'
import { mergeStaged } from './merge'
import { createStage } from './stage'

/** Thrown to end a transaction that was only a try. */
class TriedOnly extends Error {}

/**
 * What a backup holds is first staged, in a table of this connection alone, and then merged in one transaction: all of it or
 * nothing. A preview is the same merge, taken back at its end, so that it cannot say anything else.
 */
export function restores(connection: Connection): Repository<'restores'> {
  const stage = createStage(connection)

  function attempt() {
    let result: ReturnType<typeof mergeStaged> | null = null
    try {
      connection.transaction(() => {
        result = mergeStaged(connection, stage)
        throw new TriedOnly()
      })
    } catch (error) {
      if (!(error instanceof TriedOnly)) throw error
    }
    if (result === null) throw new Error('A merge ended without a result.')
    return result
  }

  return {
    begin: () => stage.begin(),
    add: (rows) => connection.transaction(() => rows.forEach(stage.add)),
    attempt,
    apply: (progress) =>
      connection.transaction(() => {
        advanceOperation(connection, progress)
        return mergeStaged(connection, stage)
      }),
    end: () => stage.end(),
  }
}
