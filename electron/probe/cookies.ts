import { parseSetCookie } from 'set-cookie-parser'
import { neutralise } from '#shared/logic/neutralise'
import { redactText } from '#shared/logic/redact'
import type { CookieView, Header } from '#shared/model/attempt'
import { toInstant } from '#shared/model/ids'

export interface SeenCookie {
  view: CookieView
  /** Memory only. */
  value: string
}

/** The cookies of an answer; their values apart from what may be shown. Input: headers as they came. */
export function readCookies(headers: Header[]): SeenCookie[] {
  const lines = headers.filter(({ name }) => name.toLowerCase() === 'set-cookie').map(({ value }) => value)
  return parseSetCookie(lines, { decodeValues: false, silent: true }).map((cookie) => ({
    value: cookie.value,
    view: {
      name: neutralise(redactText(cookie.name)).slice(0, 256),
      domain: cookie.domain === undefined ? null : neutralise(cookie.domain),
      path: cookie.path === undefined ? null : neutralise(cookie.path),
      expires: cookie.expires === undefined ? null : toInstant(cookie.expires),
      maxAge: Number.isFinite(cookie.maxAge) ? (cookie.maxAge ?? null) : null,
      secure: cookie.secure === true,
      httpOnly: cookie.httpOnly === true,
      sameSite: typeof cookie.sameSite === 'string' ? neutralise(cookie.sameSite) : null,
      valueLength: cookie.value.length,
    },
  }))
}
