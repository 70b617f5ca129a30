import type { CookieView } from '../../model/attempt'
import type { Instant } from '../../model/ids'

const isName = ({ name }: CookieView) => name === 'CF_Authorization'

/**
 * The Access cookie that a browser would keep from an answer: of those with one domain and path, the last (RFC 6265 §5.3), and none
 * that is set to be deleted. Null where none is left.
 */
export function keptAccessCookie(cookies: readonly CookieView[], answeredAt: Instant | null): CookieView | null {
  const kept = cookies.filter(isName).filter((cookie, index, all) => {
    const replaced = all.slice(index + 1).some(({ domain, path }) => domain === cookie.domain && path === cookie.path)
    return !replaced && !isOver(cookie, answeredAt)
  })
  return kept.at(-1) ?? null
}

const isOver = ({ maxAge, expires }: CookieView, answeredAt: Instant | null): boolean =>
  maxAge === null
    ? expires !== null && answeredAt !== null && Date.parse(expires) <= Date.parse(answeredAt)
    : maxAge <= 0
