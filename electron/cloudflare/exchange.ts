import type { Clock } from '#electron/platform/clock'
import { parseJson } from '#electron/platform/parse-json'
import type { Wait } from '#electron/platform/wait'
import { AppError } from '#shared/errors'
import { Accepted, Success } from './envelope'
import { type Failure, failureOf, wrongAnswer } from './failure'

/** A call of the SDK that has begun. Only its response is used: what the SDK makes of it turns failures into empty lists. */
export interface Call {
  asResponse(): Promise<Response>
}

export interface CallOptions {
  signal?: AbortSignal | undefined
}

/** Shown while nothing else happens. */
export interface Pause {
  seconds: number
  reason: 'rate-limited' | 'unreachable'
}

export interface ExchangePorts {
  wait: Wait
  clock: Clock
  /** Cut out of whatever a server says. */
  token: string
  signal?: AbortSignal | undefined
  onPause?: ((pause: Pause) => void) | undefined
}

export interface Exchange {
  /** Repeats the question after a fault that may pass. Errors: `cloudflare-*`, `cancelled`. */
  read(call: (options: CallOptions) => Call): Promise<Success>
  /**
   * Never repeats it. `cloudflare-uncertain` unless Cloudflare itself refused or was never reached: the API has no idempotency
   * keys, so a second POST makes a second object.
   */
  write(call: (options: CallOptions) => Call): Promise<Success>
}

/** Cloudflare's block for too many requests lasts five minutes. What asks for more is not waited for. */
const MAX_PAUSE_S = 300
/** Before the second, third and fourth attempt, where the API does not say when. */
const PAUSES_S = [1, 4, 10]

type Envelope = typeof Success | typeof Accepted

type Attempt = { answer: Success } | { failure: Failure }

export function createExchange({ wait, clock, token, signal, onPause }: ExchangePorts): Exchange {
  const attempt = async (call: (options: CallOptions) => Call, envelope: Envelope): Promise<Attempt> => {
    try {
      return await answerOf(await call({ signal }).asResponse(), envelope)
    } catch (error) {
      return { failure: failureOf(error, clock.now()) }
    }
  }

  async function read(call: (options: CallOptions) => Call): Promise<Success> {
    for (let tried = 0; ; tried += 1) {
      const outcome = await attempt(call, Success)
      if ('answer' in outcome) return outcome.answer
      const { error, isTransient, retryAfter } = outcome.failure
      const own = PAUSES_S[tried]
      const seconds = retryAfter ?? own
      if (!isTransient || own === undefined || seconds === undefined || seconds > MAX_PAUSE_S) throw hide(error, token)
      onPause?.({ seconds, reason: error.code === 'cloudflare-rate-limited' ? 'rate-limited' : 'unreachable' })
      await wait(seconds * 1000, signal)
    }
  }

  async function write(call: (options: CallOptions) => Call): Promise<Success> {
    const outcome = await attempt(call, Accepted)
    if ('answer' in outcome) return outcome.answer
    const error = hide(outcome.failure.error, token)
    throw outcome.failure.isUndone ? error : new AppError('cloudflare-uncertain', error.detail, { cause: error })
  }

  return { read, write }
}

/** HTTP 200 is not enough: a network's login page has it, and so do some failures (`success: false`). */
async function answerOf(response: Response, envelope: Envelope): Promise<Attempt> {
  const type = response.headers.get('content-type') ?? ''
  if (response.status === 204) return { answer: { success: true, result: null } }
  if (!/^application\/json\b/iu.test(type)) return { failure: wrongAnswer(`It is not JSON but “${type}”.`) }
  const text = await response.text()
  const json = parseJson(text)
  if (json === undefined) return { failure: wrongAnswer('It is incomplete JSON.') }
  const parsed = envelope.safeParse(json)
  return parsed.success
    ? { answer: parsed.data }
    : { failure: wrongAnswer(`HTTP status ${response.status}, but not “success”.`) }
}

/** Removes the token from the details, because some servers quote the request. */
const hide = ({ code, detail, cause }: AppError, token: string): AppError =>
  new AppError(code, detail?.replaceAll(token, '‹token, hidden›') ?? null, { cause })
