import { AppError, isAppError } from '#shared/errors'
import { failureOf } from '#shared/failure'
import type { Channel } from '#shared/ipc/channels'
import { contract, type Failure, type Handlers, type Out, type Reply } from '#shared/ipc/contract'

/** What `serve.ts` knows of the frame that sent a message, without Electron's own types. */
export interface Sender {
  isMainFrame: boolean
  url: string
}

export interface AnswerOptions {
  /** A promise while the database is still opening; a failed start is then every call's answer. */
  /** A promise while the database is still opening; a failed start is then every call's answer. */
  handlers: Handlers | Promise<Handlers>
  /** Those that answer without a start. */
  early?: Partial<Handlers>
  ownOrigin: { protocol: string; host: string }
  /** A bug: recorded where developers look, told to the user as `internal`. */
  onBug(channel: Channel, error: unknown): void
  /** How long it took, in whole milliseconds; of everything that was answered, errors too. */
  onAnswered(channel: Channel, milliseconds: number): void
}

/** Sender check, parse, call, parse, reply: the whole life of one message. */
export async function answer<C extends Channel>(
  channel: C,
  sender: Sender | null,
  input: unknown,
  options: AnswerOptions,
): Promise<Reply<C>> {
  const begun = performance.now()
  try {
    if (!isOwnFrame(sender, options.ownOrigin)) throw new AppError('foreign-sender')
    if (!isPlain(input)) throw new AppError('invalid-input', 'input: not a plain object')
    const parsed = contract[channel].in.safeParse(input)
    if (!parsed.success) throw new AppError('invalid-input', describeIssues(parsed.error.issues))
    const value = await callHandler(channel, parsed.data, options.early?.[channel] ?? (await options.handlers)[channel])
    return { ok: true, value }
  } catch (error) {
    return { ok: false, error: toFailure(channel, error, options) }
  } finally {
    options.onAnswered(channel, Math.round(performance.now() - begun))
  }
}

async function callHandler<C extends Channel>(channel: C, input: unknown, found: Handlers[C]): Promise<Out<C>> {
  // The table guarantees that `input` fits this handler; TypeScript cannot follow one key through three indexed types.
  const handler = found as (input: unknown) => Promise<unknown>
  return contract[channel].out.parse(await handler(input)) as Out<C>
}

/** Every channel takes one plain object or nothing; a Date or a Map has no keys to be strict about. */
function isPlain(input: unknown): boolean {
  if (input === undefined) return true
  if (typeof input !== 'object' || input === null) return false
  const prototype: unknown = Object.getPrototypeOf(input)
  return prototype === Object.prototype || prototype === null
}

/** The main frame of our own page and nothing else: no sub-frame, no other scheme (`URL.origin` is 'null' for app://). */
function isOwnFrame(sender: Sender | null, own: AnswerOptions['ownOrigin']): boolean {
  if (sender?.isMainFrame !== true) return false
  try {
    const { protocol, host, username } = new URL(sender.url)
    return protocol === own.protocol && host === own.host && username === ''
  } catch {
    return false // No address at all. `URL.canParse` came with Node 19.
  }
}

function toFailure(channel: Channel, error: unknown, options: AnswerOptions): Failure {
  // A helper process that died is reported as `internal` to whoever waited for it, but it is still a bug of ours.
  if (isAppError(error) && error.code !== 'internal') return failureOf(error)
  options.onBug(channel, error)
  return failureOf(isAppError(error) ? error : new AppError('internal'))
}

/** Paths and rules only: the value itself may be a password. */
function describeIssues(issues: { path: PropertyKey[]; code?: string | undefined }[]): string {
  return issues.map((issue) => `${issue.path.map(String).join('.') || 'input'}: ${issue.code ?? 'invalid'}`).join('; ')
}
