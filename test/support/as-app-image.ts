import { dirname } from 'node:path'
import type { Feed } from '#electron/services/updates/feed'
import { commandOf } from './app'

/** The environment in which the app of the tests is an AppImage that updates itself: its variables, around the runtime. */
export function asAppImage(feed: Feed, file: string): Record<string, string> {
  const { executable } = commandOf({ home: '' })
  return {
    APPIMAGE: file,
    APPDIR: dirname(executable),
    LATCHKEY_TEST: '1',
    LATCHKEY_UPDATE_FEED: feed.url,
    LATCHKEY_UPDATE_KEY: feed.publicKey,
  }
}
