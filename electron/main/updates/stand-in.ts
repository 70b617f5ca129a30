import type { Feed } from '#electron/services/updates/feed'
import { isThisMachine } from '#shared/logic/address'

/** The feed of tests, on this computer alone. Built as a file of its own, which packages leave out (`electron-builder.yml`). */
export function standInFeed(feed: Feed): Feed {
  const { protocol, hostname } = new URL(feed.url)
  if (protocol !== 'http:' || !isThisMachine(hostname)) throw new Error('A feed of tests is on this computer.')
  return feed
}
