import type { Database } from '#electron/database/database'
import type { Page } from '#shared/model/page'

/** What happened, newest first. Append-only: there is no way to change or remove a line. */
export function createActivity({ database }: { database: Database }) {
  return { list: (page: Page) => database.activity.list(page) }
}
