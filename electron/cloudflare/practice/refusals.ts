import { AppError } from '#shared/errors'

/** How Access says no, in the words that Latchkey's own client would pass on. */
export const refused = (why: string): AppError =>
  new AppError('cloudflare-refused', `HTTP status 400: 12130 access.api.error.invalid_request: ${why}`)

/** Errors of notifications may lack a code. */
export const alertRefused = (why: string): AppError => new AppError('cloudflare-refused', `HTTP status 400: ${why}`)

export const conflict = (why: string): AppError =>
  new AppError('cloudflare-conflict', `HTTP status 409: 12132 access.api.error.conflict: ${why}`)

export const tooMany = (what: string): AppError =>
  new AppError(
    'cloudflare-limit-reached',
    `HTTP status 400: 12130 access.api.error.invalid_request: maximum number of ${what} has been reached`,
  )

export const notFound = (what: string): AppError =>
  new AppError('cloudflare-not-found', `HTTP status 404: 12135 access.api.error.not_found: ${what} not found`)
