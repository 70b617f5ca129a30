/** Answers in the envelope of Cloudflare's API. */

export type Json = { [name: string]: unknown }

export interface Reply {
  status: number
  /** Undefined for 204, which has no body. */
  body?: Json
}

export const success = (result: unknown, status = 200): Reply => ({
  status,
  body: { success: true, errors: [], messages: [], result },
})

export const refusal = (status: number, code: number, message: string, more: Json = {}): Reply => ({
  status,
  body: { success: false, errors: [{ code, message, ...more }], messages: [], result: null },
})

export const invalid = (why: string): Reply => refusal(400, 12130, `access.api.error.invalid_request: ${why}`)
export const conflict = (why: string): Reply => refusal(409, 12132, `access.api.error.conflict: ${why}`)
export const absent = (what: string): Reply => refusal(404, 12135, `access.api.error.not_found: ${what} not found`)
export const noPermission = refusal(403, 10000, 'Authentication error')
export const noSuchPath = refusal(
  400,
  7003,
  'Could not route to the requested path, perhaps your object identifier is invalid?',
)

interface Paging {
  query: URLSearchParams
  /** What one page holds if nothing is asked for, and at most. */
  size: number
  most: number
  /** An endpoint that ignores `page` gives the first one for ever. */
  ignoresPage: boolean
}

export function page(items: unknown[], { query, size, most, ignoresPage }: Paging): Reply {
  const perPage = numberIn(query, 'per_page', size)
  const wanted = ignoresPage ? 1 : numberIn(query, 'page', 1)
  if (perPage < 1 || perPage > most || wanted < 1) return invalid('page or per_page is out of range')
  const result = items.slice((wanted - 1) * perPage, wanted * perPage)
  const total = items.length
  const pages = Math.ceil(total / perPage)
  const info = { count: result.length, page: wanted, per_page: perPage, total_count: total, total_pages: pages }
  return { status: 200, body: { success: true, errors: [], messages: [], result, result_info: info } }
}

function numberIn(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name)
  return text === null ? otherwise : Number(text)
}

/** The last item first: the API promises no order, and ours must not depend on one. */
export const reordered = <T>(items: T[]): T[] => [...items].reverse()
