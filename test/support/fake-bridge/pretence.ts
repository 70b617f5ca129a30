import type { Topic } from '#shared/ipc/events'
import { messages } from '#shared/messages'
import type { IdentityDetail, ImportOutcome } from '#shared/model/identity'
import { settled } from './examples'
import { Refused, type World } from './world'

/** It takes its time, so that waiting can be looked at, unless the page's address says `?pace=fast`. */
const isFast = new URLSearchParams(location.search).get('pace') === 'fast'
/** What is to take a minute is there to be looked at while it lasts. */
const LASTING = 60_000
const paced = (milliseconds: number) => (isFast && milliseconds < LASTING ? 0 : milliseconds)

export const after = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, paced(milliseconds)))
export const refuse = (code: keyof typeof messages, detail: string | null = null, done: string | null = null) =>
  new Refused(code, messages[code].title, detail, done)

/** What the import answers when all went well. */
export const imported = ({ summary, checks }: IdentityDetail, keyCameAlong = false): ImportOutcome => ({
  kind: 'imported',
  identity: summary,
  checks,
  keyCameAlong,
  unchanged: false,
  others: null,
  unread: [],
})

/** The part of a list that was asked for; the search looks everywhere in a row. */
export function page<Row>(
  rows: Row[],
  { offset, limit, search }: { offset: number; limit: number; search: string },
): { rows: Row[]; total: number } {
  const wanted = search.toLowerCase()
  const matching = wanted === '' ? rows : rows.filter((row) => JSON.stringify(row).toLowerCase().includes(wanted))
  return { rows: matching.slice(offset, offset + limit), total: matching.length }
}

/** What every area of the pretended application works with. */
export function createPretence(world: World) {
  const jobs = new Map<string, () => void>()
  let lasting = 0
  return {
    world,
    changed: (...topics: Topic[]) => world.send({ type: 'changed', topics }),
    needVault() {
      if (world.vault.state === 'new') throw refuse('passphrase-needed')
      if (world.vault.state === 'locked') throw refuse('vault-locked')
      if (world.vault.state === 'key-lost') throw refuse('vault-key-lost')
    },
    find(id: string): IdentityDetail {
      const found = world.identities.find(({ summary }) => summary.id === id)
      if (found === undefined) throw refuse('not-found')
      return found
    },
    put(changed: IdentityDetail): IdentityDetail {
      const detail = settled(changed)
      world.identities = world.identities.map((known) => (known.summary.id === detail.summary.id ? detail : known))
      return detail
    },
    log(kind: World['activity'][number]['kind'], about: string, sentence: string) {
      world.activity.unshift({
        id: world.activity.length + 1,
        at: new Date().toISOString(),
        kind,
        about,
        sentence,
        thing: null,
        isGone: false,
      })
    },
    cancellable: (job: string, milliseconds: number) =>
      new Promise<void>((resolve, reject) => {
        if (milliseconds >= LASTING) lasting += 1
        const timer = setTimeout(resolve, paced(milliseconds))
        jobs.set(job, () => {
          clearTimeout(timer)
          reject(refuse('cancelled'))
        })
      }).finally(() => {
        if (milliseconds >= LASTING) lasting -= 1
        jobs.delete(job)
      }),
    /** How many jobs are under way whose end nobody waits for. */
    lasting: () => lasting,
    cancel: (job: string) => jobs.get(job)?.(),
  }
}
export type Pretence = ReturnType<typeof createPretence>
