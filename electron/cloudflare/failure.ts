import { APIConnectionError, APIError, APIUserAbortError } from 'cloudflare/core/error'
import { AnswerTooLarge } from '#electron/platform/ask-server'
import { AppError, type ErrorCode, isAppError } from '#shared/errors'
import { Refusal } from './envelope'

/** Why a call brought no usable answer, and what that means for what comes next. */
export interface Failure {
  error: AppError
  /** The same question may be answered a little later. */
  isTransient: boolean
  /** In seconds, where the API says so. */
  retryAfter: number | null
  /** Cloudflare said no, or was never reached: a write was certainly not carried out. */
  isUndone: boolean
}

/** Made from an error of the SDK. Rethrows errors that come from neither the API nor the network: they are bugs. */
export function failureOf(error: unknown, now: Date): Failure {
  if (error instanceof APIUserAbortError) return local(new AppError('cancelled'))
  if (error instanceof APIConnectionError) return unreachable(error.cause)
  if (!(error instanceof APIError) || typeof error.status !== 'number') throw error
  const retryAfter = secondsUntil(error.headers?.get('retry-after') ?? '', now)
  return { ...refusal(error.status, error.error), retryAfter }
}

/** An unusable answer with a successful status. Its content is not quoted, because it may be any page. */
export const wrongAnswer = (why: string): Failure => ({
  error: new AppError('cloudflare-answer-wrong', why),
  isTransient: false,
  retryAfter: null,
  isUndone: false,
})

const local = (error: AppError): Failure => ({ error, isTransient: false, retryAfter: null, isUndone: false })

/** No connection was made, so that nothing was sent. */
const beforeSending = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])

function unreachable(cause: unknown): Failure {
  if (isAppError(cause, 'cancelled')) return local(cause)
  if (cause instanceof AnswerTooLarge) return wrongAnswer(cause.message)
  const reason = cause instanceof Error ? cause.message : 'The request took too long.'
  const isUndone = cause instanceof Error && 'code' in cause && beforeSending.has(String(cause.code))
  return { ...local(new AppError('cloudflare-unreachable', reason)), isTransient: true, isUndone }
}

interface Reason {
  code: number | undefined
  message: string
}

/** Told apart by status, namespace and message; a code alone stands for a whole family of errors (12130, 12132). */
function refusal(status: number, body: unknown): Omit<Failure, 'retryAfter'> {
  const reasons = reasonsIn(body)
  const known = reasons === null ? codeWithoutReason(status) : codeOf(status, reasons)
  const words = (reasons ?? []).map(({ code, message }) => (code === undefined ? message : `${code} ${message}`))
  const detail = [`HTTP status ${status}`, ...words].join(': ')
  const isTransient = known === 'cloudflare-unreachable' || known === 'cloudflare-rate-limited'
  return { error: new AppError(known, detail), isTransient, isUndone: reasons !== null && status < 500 }
}

function reasonsIn(body: unknown): Reason[] | null {
  const parsed = Refusal.safeParse(body)
  if (!parsed.success) return null
  return parsed.data.errors.flatMap(({ code, message, error_chain: chain = [] }) => [
    { code, message },
    ...chain.map((link) => ({ code: link.code, message: link.message })),
  ])
}

/** Without the API's own reasons, something on the way to it may have answered. */
function codeWithoutReason(status: number): ErrorCode {
  if (status === 429) return 'cloudflare-rate-limited'
  return status >= 500 ? 'cloudflare-unreachable' : 'cloudflare-answer-wrong'
}

function codeOf(status: number, reasons: Reason[]): ErrorCode {
  const has = (...codes: number[]) => reasons.some(({ code }) => code !== undefined && codes.includes(code))
  const says = (words: RegExp) => reasons.some(({ message }) => words.test(message))
  if (status === 429 || has(971, 10100)) return 'cloudflare-rate-limited'
  if (status >= 500) return 'cloudflare-unreachable'
  if (has(9999) || says(/not_enabled/u)) return 'cloudflare-not-enabled'
  if (says(/maximum number of certificates/iu) || has(1489)) return 'cloudflare-limit-reached'
  if (status === 409 || has(12139)) return 'cloudflare-conflict'
  // 10000 and 9109 are what a valid token without the permission gets; whether it is valid is asked separately.
  if (status === 403 || has(10000, 9109)) return 'cloudflare-permission-missing'
  if (status === 401 || has(6003, 6103, 6111)) return 'cloudflare-token-refused'
  if (status === 404 || has(7003)) return 'cloudflare-not-found'
  return status >= 400 ? 'cloudflare-refused' : 'cloudflare-answer-wrong'
}

/** `Retry-After` is a number of seconds or a date (RFC 9110 §10.2.3). */
function secondsUntil(header: string, now: Date): number | null {
  if (/^\d{1,9}$/u.test(header)) return Number(header)
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1000))
}
