import { z } from 'zod'
import { AppError } from '#shared/errors'
import { JsonObject } from '#shared/model/access-rule'
import { parseAnswer } from './answers/kept'
import type { Success } from './envelope'

/** Far above every limit of Access: 50 CAs and 500 applications come in one page each. */
const MAX_PAGES = 200

const Items = z.array(JsonObject.refine((item) => typeof item['id'] === 'string', 'without an id'))

/**
 * A list to its end: as many pages as it says it has, or where it does not say, until one is empty. A list that contradicts
 * itself, repeats itself (an endpoint that ignores `page`) or changes meanwhile is read once more from its beginning; then it
 * is an error, never a shorter list. Errors: `cloudflare-answer-wrong`, those of `read`.
 */
export async function readPages(what: string, read: (page: number) => Promise<Success>): Promise<JsonObject[]> {
  const first = await readOnce(what, read)
  if (typeof first !== 'string') return first
  const second = await readOnce(what, read)
  if (typeof second !== 'string') return second
  throw new AppError('cloudflare-answer-wrong', `${what}: ${second}`)
}

/** The items, or what is wrong with them. */
async function readOnce(what: string, read: (page: number) => Promise<Success>): Promise<JsonObject[] | string> {
  const items: JsonObject[] = []
  const seen = new Set<unknown>()
  let announced: number | undefined
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { result, result_info: info } = await read(page)
    const found = parseAnswer(what, Items, result)
    for (const item of found) {
      const id = item['id']
      if (seen.has(id)) return 'The same item is on two pages.'
      seen.add(id)
      items.push(item)
    }
    const total = info?.total_count
    const pages = info?.total_pages
    if (page > 1 && total !== announced) return 'It changed while it was read.'
    announced = total
    if (total !== undefined && items.length > total) return 'There are more items than it says.'
    const isLast = pages === undefined ? found.length === 0 || items.length === total : page >= pages
    if (!isLast) continue
    return total === undefined || total === items.length ? items : 'There are fewer items than it says.'
  }
  return 'It does not end.'
}
