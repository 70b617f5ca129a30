import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { type Find, runCampaign, type Summary } from './campaign'
import { startCoverage } from './coverage'
import { openKeptFiles } from './kept-files'
import { MAX_INPUT } from './limits'
import { createRandom } from './random'
import { readers } from './readers'

/**
 * `npm run fuzz`. Each reader runs in a thread of its own, which writes every input where this one sees it first: what never
 * ends, or takes all memory, ends that thread, and the input is still known.
 *
 * Jazzer.js would do the same with libFuzzer. Its binary of 4.0 needs glibc 2.38, newer than Debian 12's, the earlier ones are
 * downloaded from GitHub while they are installed, and neither can change DER by its structure, without which nearly every
 * input ends at the first length. V8 counts blocks by itself.
 */
const Work = z.object({
  reader: z.string(),
  seed: z.number(),
  until: z.number(),
  folder: z.string(),
  shared: z.instanceof(SharedArrayBuffer),
})
type Work = z.infer<typeof Work>

type Message = { kind: 'find'; find: Find } | { kind: 'done'; summary: Summary }

/** No reader is so slow that it would be ended by mistake on a busy computer. */
const STUCK_MS = 60_000
const MAX_HEAP_MB = 1024

/** What is in the shared memory: how many runs there were, how long the input is, and the input. */
const header = { runs: 0, length: 1 } as const
const HEADER_BYTES = 8

async function fuzzOne(): Promise<void> {
  const work = Work.parse(workerData)
  const reader = readers.find(({ name }) => name === work.reader)
  if (reader === undefined || parentPort === null) throw new Error('no such reader')
  const port = parentPort
  const kept = openKeptFiles()
  const seeds = (await reader.seeds()).map((seed) => Buffer.from(seed))
  const coverage = await startCoverage(work.folder)
  const state = new Int32Array(work.shared, 0, 2)
  const shown = new Uint8Array(work.shared, HEADER_BYTES)
  const summary = await runCampaign({
    reader,
    inputs: [...seeds, ...kept.inputsOf(reader.name)],
    random: createRandom(work.seed),
    coverage,
    isOver: () => Date.now() >= work.until,
    onRun(input) {
      shown.set(input.subarray(0, shown.length))
      Atomics.store(state, header.length, Math.min(input.length, shown.length))
      Atomics.add(state, header.runs, 1)
    },
    onKept: (input) => kept.keep(reader.name, input),
    onFind: (find) => port.postMessage({ kind: 'find', find } satisfies Message),
  })
  port.postMessage({ kind: 'done', summary } satisfies Message)
}

interface Ended {
  summary: Summary | null
  finds: Find[]
  runs: number
}

function runReader(reader: string, seed: number, until: number): Promise<Ended> {
  const shared = new SharedArrayBuffer(HEADER_BYTES + MAX_INPUT)
  const state = new Int32Array(shared, 0, 2)
  const input = () => Buffer.from(new Uint8Array(shared, HEADER_BYTES, Atomics.load(state, header.length)))
  const worker = new Worker(__filename, {
    workerData: { reader, seed, until, folder: __dirname, shared } satisfies Work,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  })
  return new Promise((resolve) => {
    const ended: Ended = { summary: null, finds: [], runs: 0 }
    let last = { runs: -1, at: Date.now() }
    const watch = setInterval(() => {
      const runs = Atomics.load(state, header.runs)
      if (runs !== last.runs) last = { runs, at: Date.now() }
      // Before the first run seeds are made.
      else if (runs > 0 && Date.now() - last.at > STUCK_MS) {
        ended.finds.push({ kind: 'slow', key: 'stuck', detail: 'It never ended.', input: input() })
        void worker.terminate()
      }
    }, 1000)
    worker.on('message', (message: Message) => {
      if (message.kind === 'done') ended.summary = message.summary
      else ended.finds.push({ ...message.find, input: Buffer.from(message.find.input) })
    })
    worker.on('error', (error: Error & { code?: string }) => {
      const kind = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'exception'
      ended.finds.push({ kind, key: String(error.code), detail: error.stack ?? String(error), input: input() })
    })
    worker.on('exit', () => {
      clearInterval(watch)
      resolve({ ...ended, runs: Atomics.load(state, header.runs) })
    })
  })
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string', default: String(Date.now() % 1e6) } },
  })
  const [only] = positionals
  const chosen = readers.filter(({ name }) => only === undefined || name === only)
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)]
  if (chosen.length === 0 || !(minutes > 0) || !Number.isInteger(seed)) {
    console.error(
      `npm run fuzz -- [READER] [--minutes N] [--seed N]\nReaders: ${readers.map(({ name }) => name).join(', ')}`,
    )
    return 2
  }
  const kept = openKeptFiles()
  console.log(`Seed ${seed}. Kept inputs and finds: ${kept.folder}`)
  const share = (minutes * 60_000) / chosen.length
  let failed = false
  for (const { name } of chosen) {
    const started = Date.now()
    const { summary, finds, runs } = await runReader(name, seed, started + share)
    const seconds = (Date.now() - started) / 1000
    const slowest =
      summary === null ? '' : `slowest ${summary.slowest.ms.toFixed(0)} ms (${summary.slowest.input.length} bytes), `
    console.log(
      `${name}: ${runs} runs, ${(runs / seconds).toFixed(0)} runs/s, ${summary?.kept ?? '?'} kept, ${slowest}${finds.length} finds`,
    )
    if (summary !== null) kept.noteSlowest(name, summary.slowest.input)
    for (const find of finds) {
      failed = true
      console.log(`  ${find.kind}: ${find.detail.split('\n').slice(0, 3).join(' | ')}\n  ${kept.noteFind(name, find)}`)
    }
  }
  return failed ? 1 : 0
}

if (isMainThread) void main().then((code) => process.exit(code))
else void fuzzOne()
