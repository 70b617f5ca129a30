import { neutralise } from '#shared/logic/neutralise'
import { redactHeader, redactText } from '#shared/logic/redact'
import { keptAccessCookie } from '#shared/logic/test/access-cookie'
import {
  type Attempt,
  type BodyEnd,
  type FailureReason,
  type Header,
  nothingSeen,
  type Phase,
  type ProxyView,
  type Timings,
  type TlsView,
} from '#shared/model/attempt'
import { toInstant } from '#shared/model/ids'
import { readAccess } from './access'
import { readCookies } from './cookies'
import type { AttemptResult, TokenKeys } from './probe'
import { readToken } from './token'

export interface RawAnswer {
  status: number
  statusText: string
  httpVersion: string | null
  /** As they came, values and all. */
  headers: Header[]
  /** The start of the page; at most `MAX_BODY_SHOWN` characters are shown. */
  body: string
  bodyTruncated: boolean
  bodyEnd: BodyEnd | null
}

export interface AnswerToPresent {
  raw: RawAnswer
  timings: Timings
  tls: TlsView | null
  proxy: ProxyView | null
  askedForHttp1: boolean
  answeredAt: Date
  keys: TokenKeys
}

export interface FailureToPresent {
  reason: FailureReason
  detail: string
  phase: Phase | null
  firstBytes: string | null
  timings: Timings
  tls: TlsView | null
  proxy: ProxyView | null
  askedForHttp1: boolean
}

/** What is shown of a page. */
export const MAX_BODY_SHOWN = 4096
/** What is looked through for it: hiding makes text shorter, and a whole page would take too long. */
const MAX_BODY_SEARCHED = 4 * MAX_BODY_SHOWN

/**
 * An answer as it may leave the main process: text neutralised, secrets hidden, cookie values apart in memory. Direct and
 * browser mode both end here, so that they can never differ in what they let out.
 */
export async function presentAnswer(answer: AnswerToPresent): Promise<AttemptResult> {
  const { raw, timings, tls, proxy, askedForHttp1, answeredAt, keys } = answer
  const cookies = readCookies(raw.headers)
  const kept = keptAccessCookie(
    cookies.map(({ view }) => view),
    toInstant(answeredAt),
  )
  const accessCookie = cookies.find(({ view }) => view === kept)
  const token = accessCookie === undefined ? null : await readToken(accessCookie.value, keys)
  const location = raw.headers.find(({ name }) => name.toLowerCase() === 'location')?.value ?? null
  const attempt: Attempt = {
    outcome: {
      kind: 'answered',
      status: raw.status,
      statusText: neutralise(redactText(raw.statusText)),
      httpVersion: raw.httpVersion,
      headers: raw.headers
        .map(redactHeader)
        .map(({ name, value }) => ({ name: neutralise(name), value: neutralise(value) })),
      cookies: cookies.map(({ view }) => view),
      location: location === null ? null : neutralise(redactText(location)),
      body: neutraliseLines(redactText(raw.body.slice(0, MAX_BODY_SEARCHED)).slice(0, MAX_BODY_SHOWN)),
      bodyTruncated: raw.bodyTruncated || raw.body.length > MAX_BODY_SHOWN,
      bodyEnd: raw.bodyEnd,
    },
    timings,
    tls,
    access: readAccess({
      ...raw,
      token,
      hasAccessCookie: cookies.some(({ view }) => view.name === 'CF_Authorization'),
    }),
    proxy,
    askedForHttp1,
    answeredAt: toInstant(answeredAt),
  }
  return { attempt, secrets: { cookies: cookies.map(({ view, value }) => ({ name: view.name, value })) } }
}

export function presentFailure(failure: FailureToPresent): AttemptResult {
  const { reason, detail, phase, firstBytes, timings, tls, proxy, askedForHttp1 } = failure
  const outcome = { kind: 'failed' as const, reason, detail: neutralise(redactText(detail)), phase, firstBytes }
  return {
    attempt: { outcome, timings, tls, access: nothingSeen, proxy, askedForHttp1, answeredAt: null },
    secrets: { cookies: [] },
  }
}

/** Line breaks and tabs belong to a page's text; everything else that acts does not. */
function neutraliseLines(text: string): string {
  return text
    .split(/\r?\n/u)
    .map((line) => line.split('\t').map(neutralise).join('\t'))
    .join('\n')
}
