import { Page, type PageOf } from '#shared/model/page'

const LIMIT = 1000

/** Every row of a list that is read in pages. */
export function* allPages<Row>(read: (page: Page) => PageOf<Row>): Generator<Row> {
  for (let offset = 0; ; offset += LIMIT) {
    const { rows } = read(Page.parse({ offset, limit: LIMIT }))
    yield* rows
    if (rows.length < LIMIT) return
  }
}
