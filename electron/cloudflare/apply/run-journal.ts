import { failPoint } from '#electron/platform/fail-point'
import type { Wait } from '#electron/platform/wait'
import { type AppError, isAppError } from '#shared/errors'
import { doneWords } from '#shared/logic/access/apply-words'
import type { AccessAccount } from '#shared/model/access-account'
import { lookAgain, type ObjectReader } from '../account/look-again'
import type { CloudflareApi } from '../api'
import { type Applied, type ApplyPorts, apply } from './apply'
import type { Run } from './journal'
import { followed, type JournalFile } from './journal-file'
import { createSender, type Sender } from './send-change'

export interface RunPorts extends Pick<ApplyPorts, 'backUp' | 'test'> {
  api: Pick<CloudflareApi, 'send'> & ObjectReader
  read(): Promise<AccessAccount>
  wait: Wait
  signal?: AbortSignal | undefined
  /** Before it waits for Access, so many seconds. */
  onWait(seconds: number): void
  /** Once a step is done, by its number from 0. */
  onSettled(step: number): void
}

/** About two minutes together, as long as Terraform's provider waits for settings. */
const PAUSES_S = [2, 4, 8, 16, 32, 60]

/** What it came to. `refusal`: Access' own words, where that is why it stopped. */
export type Outcome = Applied & { refusal: AppError | null }

/** Applies the plan of a journal, from wherever that stands. Errors of the ports, with what had been done before. */
export function runJournal(file: JournalFile, ports: RunPorts): Promise<Outcome> {
  const sender = createSender(ports.api)
  const { file: noted, now } = followed(file)
  return tellingDone(now, async () => {
    const applied = await applyWith(noted, sender, ports)
    const refusal = sender.refusal()
    return { ...applied, refusal: refusal && withDone(refusal, now()) }
  })
}

/** Does a part of a change; an error of it does not say "Nothing was changed." where steps of the whole were done. */
export async function tellingDone<T>(now: () => Run, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw isAppError(error) && error.done === null ? withDone(error, now()) : error
  }
}

function withDone(error: AppError, run: Run): AppError {
  const done = doneWords({ ...run, total: run.changes.length })
  return done === null ? error : error.after(done)
}

function applyWith(file: JournalFile, sender: Sender, ports: RunPorts): Promise<Applied> {
  return apply(file.entries, {
    read: ports.read,
    lookAgain: (account, change) => lookAgain(ports.api, account, change),
    send: sender.send,
    backUp: ports.backUp,
    test: ports.test,
    async wait(attempt) {
      const seconds = PAUSES_S[attempt - 1]
      if (seconds === undefined) return false
      ports.onWait(seconds)
      await ports.wait(seconds * 1000, ports.signal)
      return true
    },
    async note(entry) {
      await file.append(entry)
      failPoint('step' in entry ? `access:${entry.kind}-${entry.step}` : `access:${entry.kind}`)
      if (entry.kind === 'settled') ports.onSettled(entry.step)
    },
  })
}
