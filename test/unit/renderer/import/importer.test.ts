import { expect, it } from 'vitest'
import { MAX_SETUP_BYTES } from '#shared/logic/setup-file'
import { messages } from '#shared/messages'
import { Sha256 } from '#shared/model/ids'
import { KeyCode } from '#shared/model/key'
import { SetupReview } from '#shared/model/setup-file'
import { CallError } from '../../../../renderer/src/api'
import type { FileBatch, ReceivedFile, Source } from '../../../../renderer/src/import/file-sources'
import type { ImportOutcome, ImportState } from '../../../../renderer/src/import/import-context'
import { createImporter } from '../../../../renderer/src/import/importer'

const failure = (code: 'nothing-usable' | 'cancelled') =>
  new CallError({ code, message: messages[code].title, detail: null })
const bytes = (name: string, text = ''): ReceivedFile => ({
  kind: 'bytes',
  name,
  bytes: new TextEncoder().encode(text),
})
const tickets = (name: string) =>
  ({ kind: 'tickets', name, import: `import ${name}`, inspect: `look ${name}` }) as ReceivedFile
const request = (name: string) => bytes(name, '-----BEGIN CERTIFICATE REQUEST-----\n')
const gathered = (...files: ReceivedFile[]): FileBatch => ({ files, leftOut: [] })
const setupReview = SetupReview.parse({
  content: {
    from: 'Acme IT',
    madeAt: '2026-11-27T09:00:00.000Z',
    sites: [],
    commonName: null,
    keyType: null,
    contact: null,
    issuers: [],
  },
  key: { sha256: Sha256.parse('5e'.repeat(32)), code: KeyCode.parse('K7QD-2M5A-XWPL-3ROB') },
  standing: 'unverified',
  known: [],
})
const needsPassword = { kind: 'password-needed', staged: 'staged', fileName: 'a.p12', wrong: false } as ImportOutcome

interface Setting {
  chosen?: ReceivedFile[]
  leftOut?: number
  taker?: (sources: Source[]) => void
}

/** One import, with a main process that answers when it is told to. */
function begin({ chosen = [], leftOut = 0, taker }: Setting = {}) {
  const states: ImportState[] = []
  const asked: { sources: Source[]; password: string | null; staged: string | null }[] = []
  const cancelled: string[] = []
  let reply: { resolve(outcome: ImportOutcome): void; reject(error: unknown): void } | null = null
  const importing = createImporter({
    choose: async () => ({ files: chosen, leftOut }) as never,
    read: (input) =>
      new Promise((resolve, reject) => {
        asked.push(input)
        reply = { resolve, reject }
      }),
    inspect: () => Promise.reject(new Error('unused')),
    reviewSetup: async ({ file }) => {
      if (file.length > MAX_SETUP_BYTES) throw new CallError({ code: 'too-large', message: '', detail: null })
      return setupReview
    },
    cancel: (job) => cancelled.push(job),
    taker: () => taker ?? null,
    show: (state) => states.push(state),
  })
  /** Everything before the reading is queued already; the runner's own limit ends this if it never begins. */
  const isReading = async () => {
    while (reply === null) await new Promise(setImmediate)
  }
  const settle = async (work: Promise<void>, answer: ImportOutcome | CallError) => {
    await isReading()
    if (answer instanceof CallError) reply?.reject(answer)
    else reply?.resolve(answer)
    reply = null
    await work
  }
  const last = () => states.at(-1)
  /** Resolves when nothing is being gathered or read. */
  const receive = async (get: () => Promise<FileBatch>) => {
    expect(importing.receive({ names: [], get })).toBe(true)
    do await new Promise(setImmediate)
    while (last()?.step.kind === 'working')
  }
  const drop = (...files: ReceivedFile[]) => receive(async () => gathered(...files))
  return { isReading, importing, asked, cancelled, settle, receive, drop, last, states }
}

it('takes nothing more while it reads, so that nothing is lost on the way', async () => {
  const { importing, drop, isReading, asked, settle, last } = begin()
  const reading = drop(bytes('a.p12'))
  await isReading()
  const later = { names: ['b.key'], get: async () => gathered(bytes('b.key')) }
  expect(importing.receive(later)).toBe(false)
  await settle(reading, needsPassword)
  expect([asked.length, last()?.files.length]).toEqual([1, 1])
  await settle(drop(bytes('b.key')), failure('nothing-usable'))
  expect(last()?.files.map(({ name }) => name)).toEqual(['a.p12', 'b.key'])
})

it('offers to look into what was refused, also when it came from the dialog', async () => {
  const { importing, asked, settle, last } = begin({ chosen: [tickets('ca.pem')] })
  await settle(importing.choose(), failure('nothing-usable'))
  expect(asked[0]?.sources).toEqual([{ kind: 'ticket', ticket: 'import ca.pem' }])
  expect(last()).toMatchObject({ step: { kind: 'failed' }, files: [{ inspect: 'look ca.pem' }] })
  importing.look()
  expect(last()).toMatchObject({ step: { kind: 'looking' }, files: [{ inspect: 'look ca.pem' }] })
})

it('offers to issue for requests, dropped or chosen, and takes a mixture for an import', async () => {
  const { importing, drop, last, asked } = begin({ chosen: [request('a.csr'), bytes('people.csv')] })
  await importing.choose()
  expect(last()?.step.kind).toBe('requests')
  importing.close()
  await drop(request('b.csr'))
  expect(last()?.step.kind).toBe('requests')
  expect(asked).toEqual([])
  const mixed = begin({ chosen: [request('a.csr'), tickets('a.key')] })
  await mixed.settle(mixed.importing.choose(), needsPassword)
  expect(mixed.asked[0]?.sources.map(({ kind }) => kind)).toEqual(['bytes', 'ticket'])
})

it('joins a file that comes while another waits, and can look into both', async () => {
  const { importing, drop, asked, settle, last } = begin()
  await settle(drop(bytes('a.p12')), needsPassword)
  await settle(drop(bytes('b.key')), needsPassword)
  expect(asked[1]).toMatchObject({ sources: [{ name: 'b.key' }], staged: 'staged' })
  await settle(importing.tryPassword('sesame'), failure('nothing-usable'))
  expect(asked[2]).toMatchObject({ sources: [], password: 'sesame', staged: 'staged' })
  expect(last()?.files.map(({ name }) => name)).toEqual(['a.p12', 'b.key'])
})

it('cancels the job itself and goes back to where it was', async () => {
  const { importing, drop, isReading, cancelled, asked, settle, last } = begin()
  await settle(drop(bytes('a.p12')), needsPassword)
  const trying = importing.tryPassword('sesame')
  await isReading()
  const working = last()?.step
  importing.stop()
  expect(cancelled).toEqual([working?.kind === 'working' ? working.job : 'none'])
  expect(asked[1]).toMatchObject({ job: cancelled[0] })
  await settle(trying, failure('cancelled'))
  expect(last()?.step).toEqual({ kind: 'outcome', outcome: needsPassword })
})

it('shows what came of it when cancelling was too late', async () => {
  const { importing, drop, isReading, settle, last } = begin()
  const reading = drop(bytes('a.p12'))
  await isReading()
  importing.close()
  await settle(reading, needsPassword)
  expect(last()?.step.kind).toBe('outcome')
})

it('forgets files that were still being gathered when it was stopped', async () => {
  let finish: (files: FileBatch) => void = () => undefined
  const { importing, receive, last, asked } = begin()
  const gathering = receive(() => new Promise((resolve) => (finish = resolve)))
  importing.stop()
  expect(last()?.step.kind).toBe('idle')
  finish(gathered(bytes('a.pem')))
  await gathering
  expect([last()?.step.kind, asked]).toEqual(['idle', []])
})

it('stays where it was when the dialog is closed without a file', async () => {
  const { importing, drop, settle, last, asked } = begin()
  await settle(drop(bytes('a.p12')), needsPassword)
  await importing.choose()
  expect([last()?.step.kind, asked.length]).toEqual(['outcome', 1])
})

it('says what was left out, also where nothing else is left to say', async () => {
  const deep = { name: 'deep', why: 'too-deep' } as const
  const { receive, last } = begin()
  await receive(async () => ({ files: [], leftOut: [deep] }))
  expect(last()).toMatchObject({ step: { kind: 'left-out' }, leftOut: [deep] })
  const many = begin({ chosen: [tickets('a.pem')], leftOut: 2 })
  await many.settle(many.importing.choose(), needsPassword)
  expect(many.last()?.leftOut.map(({ why }) => why)).toEqual(['too-many', 'too-many'])
})

it('gives files to the form that is open for them', async () => {
  const taken: Source[][] = []
  const { receive, asked, last } = begin({ taker: (sources) => taken.push(sources) })
  await receive(async () => ({ files: [request('a.csr')], leftOut: [{ name: 'x', why: 'unreadable' }] }))
  expect(taken).toMatchObject([[{ name: 'a.csr' }]])
  expect([asked, last()?.step.kind]).toEqual([[], 'left-out'])
})

it('keeps what was seen when another dialog is closed without a file', async () => {
  const { importing, drop, settle, last } = begin()
  await settle(drop(bytes('a.p12')), failure('nothing-usable'))
  importing.look()
  const before = last()?.step
  await importing.chooseToLook()
  expect(last()?.step).toBe(before)
  expect(before?.kind).toBe('looking')
})

it('reviews a set-up file or a link, also where a form is open or a file waits, and reads nothing else of it', async () => {
  for (const text of ['latchkey-setup 1 x\n{}\n', 'latchkey://setup#AAAA', 'latchkey:whatever']) {
    const given: Source[][] = []
    for (const setting of [{}, { taker: (sources: Source[]) => void given.push(sources) }]) {
      const { drop, last, asked } = begin(setting)
      await drop(bytes('acme.latchkey', text))
      expect(last()?.step).toMatchObject({ kind: 'setup', review: setupReview, file: new TextEncoder().encode(text) })
      expect([asked, given]).toEqual([[], []])
    }
  }
  const { drop, last, settle } = begin()
  await settle(drop(bytes('a.p12')), needsPassword)
  await drop(bytes('acme.latchkey', 'latchkey-setup 1 x\n'))
  expect(last()?.step.kind).toBe('setup')
})

it('says of a set-up file that it is too large, and takes one among other files for an import', async () => {
  const large = begin()
  await large.drop(bytes('acme.latchkey', `latchkey-setup 1 ${'x'.repeat(MAX_SETUP_BYTES)}`))
  expect(large.last()?.step).toMatchObject({ kind: 'failed', error: { failure: { code: 'too-large' } } })
  const several = begin()
  await several.settle(several.drop(bytes('acme.latchkey', 'latchkey-setup 1 x\n'), bytes('a.p12')), needsPassword)
  expect(several.last()?.step.kind).toBe('outcome')
})
