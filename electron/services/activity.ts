import type { Database } from '#electron/database/database'
import { ActivityKind, type ActivityQuery, activityAreas } from '#shared/model/activity'
import type { Page } from '#shared/model/page'

/** What happened, newest first. Append-only: there is no way to change or remove a line. */
export function createActivity({ database }: { database: Database }) {
  return {
    list: ({ area = null, ...page }: Page & Partial<ActivityQuery>) =>
      database.activity.list(
        page,
        area === null ? null : ActivityKind.options.filter((kind) => activityAreas[kind] === area),
      ),
  }
}
