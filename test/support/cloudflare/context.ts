import type { z } from 'zod'
import { invalid, page, type Reply } from './reply'
import type { StoredToken, World } from './world'

/** One call, as a route sees it. */
export interface Context {
  world: World
  token: StoredToken
  /** Null under an account. */
  zone: string | null
  account: string
  /** The last id in the path, if the route has one; and the one before it. */
  ids: string[]
  path: string
  query: URLSearchParams
  body: unknown
}

/** A list as the API pages it. `size` without `per_page`, at most `most`. */
export function paged(context: Context, items: unknown[], size: number, most: number): Reply {
  const { behaviour } = context.world
  const isMeant = (parts: string[]) => parts.some((part) => context.path.includes(part))
  const reply = page(items, { query: context.query, size, most, ignoresPage: isMeant(behaviour.ignoresPage) })
  if (isMeant(behaviour.withoutInfo) && reply.body !== undefined) delete reply.body['result_info']
  return reply
}

/** Parses a body strictly; anything wrong in it is refused before it is looked at. */
export function withBody<T>(schema: z.ZodType<T>, body: unknown, act: (value: T) => Reply): Reply {
  const parsed = schema.safeParse(body)
  if (parsed.success) return act(parsed.data)
  const [issue] = parsed.error.issues
  return invalid(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`)
}
