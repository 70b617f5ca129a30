import { createHash } from 'node:crypto'
import { isAppError } from '#shared/errors'
import type { Coverage } from './coverage'
import { mutate, type Shape } from './mutate'
import type { Random } from './random'

/** One way into the program for what a stranger wrote. */
export interface Reader {
  name: string
  shape: Shape
  /** Well-formed inputs to begin with. */
  seeds(): Promise<Uint8Array[]>
  /** An AppError is an answer; whatever else is thrown is a bug. */
  read(input: Buffer): unknown
}

export interface Find {
  kind: 'exception' | 'slow' | 'memory'
  /** The same for finds that are likely the same bug. */
  key: string
  detail: string
  input: Buffer
}

export interface Summary {
  runs: number
  kept: number
  slowest: { ms: number; input: Buffer }
}

export interface Campaign {
  reader: Reader
  /** Seeds, and what earlier runs kept. */
  inputs: Buffer[]
  random: Random
  /** Null: nothing is kept, since nothing tells what is new. */
  coverage: Coverage | null
  limits?: Limits
  isOver(runs: number): boolean
  /** Before each run, so that somebody else can tell which input never ended. */
  onRun?(input: Buffer): void
  onKept?(input: Buffer): void
  onFind(find: Find): void
}

interface Limits {
  /** Of the processor's time. */
  ms: number
  /** How much more memory the process may have after a run. */
  bytes: number
}

/** For inputs of at most 64 KiB. */
const usualLimits: Limits = { ms: 2000, bytes: 256 * 1024 * 1024 }

/** Asking V8 takes as long as some dozen runs. */
const BATCH = 50

/** Runs a reader on changed inputs. Those that reach blocks that no input has reached before become seeds themselves. */
export async function runCampaign(campaign: Campaign): Promise<Summary> {
  const { reader, random, coverage, isOver, onKept, onFind, limits = usualLimits } = campaign
  const pool = campaign.inputs.filter(({ length }) => length > 0)
  const summary: Summary = { runs: 0, kept: 0, slowest: { ms: 0, input: Buffer.alloc(0) } }
  const seen = new Set<string>()
  const found = new Set<string>()

  async function run(input: Buffer): Promise<void> {
    campaign.onRun?.(input)
    const { ms, find } = await runOnce(reader, input, limits)
    summary.runs += 1
    if (ms > summary.slowest.ms) summary.slowest = { ms, input }
    if (find === null || found.has(find.key)) return
    // What is slow or large but once was the collector's or the compiler's work.
    if (find.kind !== 'exception' && (await runOnce(reader, input, limits)).find === null) return
    found.add(find.key)
    onFind(find)
  }
  /** Whether anything was run that was not run before. */
  async function reachesNew(): Promise<boolean> {
    const blocks = coverage === null ? [] : (await coverage.take()).filter((block) => !seen.has(block))
    for (const block of blocks) seen.add(block)
    return blocks.length > 0
  }

  for (const input of pool) {
    if (isOver(summary.runs)) return summary
    await run(input)
  }
  await reachesNew()
  while (!isOver(summary.runs)) {
    const batch = Array.from({ length: BATCH }, () =>
      mutate(reader.shape, random.pick(pool), random.pick(pool), random),
    )
    const before = new Set(seen)
    for (const input of batch) await run(input)
    if (!(await reachesNew())) continue
    // Which of them it was shows one by one.
    seen.clear()
    for (const block of before) seen.add(block)
    for (const input of batch) {
      await run(input)
      if (!(await reachesNew())) continue
      pool.push(input)
      summary.kept += 1
      onKept?.(input)
    }
  }
  return summary
}

async function runOnce(reader: Reader, input: Buffer, limits: Limits): Promise<{ ms: number; find: Find | null }> {
  const memory = process.memoryUsage.rss()
  const started = process.cpuUsage()
  let thrown: unknown = null
  try {
    await reader.read(input)
  } catch (error) {
    if (!isAppError(error)) thrown = error ?? new Error('nothing was thrown')
  }
  const { user, system } = process.cpuUsage(started)
  const ms = (user + system) / 1000
  const grown = process.memoryUsage.rss() - memory
  if (thrown !== null) return { ms, find: exceptionFind(thrown, input) }
  if (ms > limits.ms) return { ms, find: { kind: 'slow', key: 'slow', detail: `${Math.round(ms)} ms`, input } }
  if (grown > limits.bytes)
    return { ms, find: { kind: 'memory', key: 'memory', detail: `${Math.round(grown / 1024 ** 2)} MiB more`, input } }
  return { ms, find: null }
}

/** Two exceptions of one class from one place are one bug. */
function exceptionFind(thrown: unknown, input: Buffer): Find {
  const detail = thrown instanceof Error ? (thrown.stack ?? String(thrown)) : String(thrown)
  const name = thrown instanceof Error ? thrown.name : typeof thrown
  const frames = detail.split('\n').filter((line) => line.trimStart().startsWith('at '))
  return { kind: 'exception', key: `${name} ${frames.slice(0, 2).join(' ')}`, detail, input }
}

/** Names a file by what it holds. */
export const hashOf = (input: Uint8Array): string => createHash('sha256').update(input).digest('hex').slice(0, 16)
