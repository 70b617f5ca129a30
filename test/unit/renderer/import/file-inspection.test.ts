import { describe, expect, it } from 'vitest'
import { messages } from '#shared/messages'
import { InspectedFile } from '#shared/model/details'
import { CallError } from '../../../../renderer/src/api'
import { createInspection, type FileEntry, isClosed } from '../../../../renderer/src/import/file-inspection'
import type { ReceivedFile } from '../../../../renderer/src/import/file-sources'

/** Files in the dark: each opens with its own password, if it has one. */
type Drawer = Record<string, string | null>

const file = (name: string): ReceivedFile => ({ kind: 'bytes', name, bytes: new Uint8Array(1) })
const seenOf = (name: string, code: 'password-needed' | 'wrong-password' | null) =>
  InspectedFile.parse({
    name,
    format: code === null ? 'PEM' : null,
    objects: [],
    pairs: [],
    failures: code === null ? [] : [{ where: '', code, detail: null }],
  })
const cancelled = new CallError({ code: 'cancelled', message: messages.cancelled.title, detail: null })

function begin(names: string[], drawer: Drawer) {
  const asked: [string, string | null][] = []
  const gates = new Map<string, { reject(error: unknown): void }>()
  const jobs = new Map<string, string>()
  const looking = createInspection(names.map(file), {
    inspect: ({ source, password, job }) => {
      const name = source.kind === 'bytes' ? source.name : source.ticket
      asked.push([name, password])
      jobs.set(job, name)
      if (!(name in drawer)) return new Promise((_, reject) => gates.set(name, { reject }))
      if (drawer[name] === 'gone') return Promise.reject(new Error('gone'))
      const isOpen = drawer[name] === null || drawer[name] === password
      const code = isOpen ? null : password === null ? 'password-needed' : 'wrong-password'
      return Promise.resolve({ file: seenOf(name, code), again: null })
    },
    // The main process ends the job, and the question is answered with that.
    cancel: (job) => gates.get(jobs.get(job) ?? '')?.reject(cancelled),
  })
  return { looking, asked }
}

const kindsOf = (files: readonly FileEntry[]) => files.map((each) => (isClosed(each) ? 'closed' : each.look.kind))
const wrongOf = (files: readonly FileEntry[]) => files.map(({ look }) => look.kind === 'seen' && look.wrong)

describe('many files', () => {
  it('are all read, one after another, however many', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `${index}.pem`)
    const { looking, asked } = begin(names, Object.fromEntries(names.map((name) => [name, null])))
    await looking.start()
    expect(asked.map(([name]) => name)).toEqual(names)
    expect(new Set(kindsOf(looking.files.get()))).toEqual(new Set(['seen']))
  })

  it('do not suffer from one that cannot be opened', async () => {
    const { looking } = begin(['a', 'gone', 'b'], { a: null, gone: 'gone', b: null })
    await looking.start()
    expect(kindsOf(looking.files.get())).toEqual(['seen', 'failed', 'seen'])
  })

  it('may all have the same name', async () => {
    const { looking } = begin(['a', 'a'], { a: 'x' })
    await looking.start()
    await looking.open(1, 'x')
    expect(kindsOf(looking.files.get())).toEqual(['seen', 'seen'])
  })
})

describe('passwords', () => {
  it('belong to files: another file’s password closes nothing that is open', async () => {
    const { looking } = begin(['a', 'b', 'c'], { a: 'one', b: null, c: 'two' })
    await looking.start()
    expect(kindsOf(looking.files.get())).toEqual(['closed', 'seen', 'closed'])
    await looking.open(0, 'one')
    expect(kindsOf(looking.files.get())).toEqual(['seen', 'seen', 'closed'])
    await looking.open(2, 'two')
    expect(kindsOf(looking.files.get())).toEqual(['seen', 'seen', 'seen'])
  })

  it('open every file they fit, and are called wrong only for the file they were entered for', async () => {
    const { looking, asked } = begin(['a', 'b', 'c'], { a: 'one', b: 'two', c: 'one' })
    await looking.start()
    await looking.open(0, 'one')
    expect(kindsOf(looking.files.get())).toEqual(['seen', 'closed', 'seen'])
    expect(wrongOf(looking.files.get())).toEqual([false, false, false])
    await looking.open(1, 'no')
    expect(wrongOf(looking.files.get())).toEqual([false, true, false])
    expect(asked.filter(([, password]) => password === 'no')).toEqual([['b', 'no']])
  })
})

describe('stopping', () => {
  it('ends the job, leaves what was read, and can go on', async () => {
    const drawer: Drawer = { a: null, c: null }
    const { looking, asked } = begin(['a', 'slow', 'c'], drawer)
    const reading = looking.start()
    while (asked.length < 2) await Promise.resolve()
    looking.stop()
    await reading
    expect(kindsOf(looking.files.get())).toEqual(['seen', 'waiting', 'waiting'])
    drawer['slow'] = null
    await looking.start()
    expect(kindsOf(looking.files.get())).toEqual(['seen', 'seen', 'seen'])
  })

  it('leaves a file closed whose password was being tried', async () => {
    const drawer: Drawer = { slow: 'x' }
    const { looking, asked } = begin(['slow'], drawer)
    await looking.start()
    delete drawer['slow']
    const trying = looking.open(0, 'x')
    while (asked.length < 2) await Promise.resolve()
    looking.stop()
    await trying
    expect(kindsOf(looking.files.get())).toEqual(['closed'])
    expect(wrongOf(looking.files.get())).toEqual([false])
  })

  it('does not keep a beginning that follows at once from reading', async () => {
    const { looking } = begin(['a'], { a: null })
    void looking.start()
    looking.stop()
    await looking.start()
    expect(kindsOf(looking.files.get())).toEqual(['seen'])
  })
})

it('looks again with the ticket that the last look brought', async () => {
  const tickets: string[] = []
  const given = { kind: 'tickets', name: 'a.p12', import: 'unused', inspect: 'first' } as ReceivedFile
  const looking = createInspection([given], {
    inspect: async ({ source, password }) => {
      tickets.push(source.kind === 'ticket' ? source.ticket : 'bytes')
      return { file: seenOf('a.p12', password === null ? 'password-needed' : null), again: 'second' } as never
    },
    cancel: () => undefined,
  })
  await looking.start()
  await looking.open(0, 'sesame')
  expect(tickets).toEqual(['first', 'second'])
})
