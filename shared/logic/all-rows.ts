/** The most rows that one page can hold. */
const MAX_ROWS = 1000

/** Reads a paged list to its end and returns every row from `start` on. */
export async function allRows<Row>(
  read: (page: { offset: number; limit: number }) => Promise<{ rows: Row[]; total: number }>,
  start = 0,
): Promise<{ rows: Row[]; total: number }> {
  const all: Row[] = []
  for (;;) {
    const { rows, total } = await read({ offset: start + all.length, limit: MAX_ROWS })
    all.push(...rows)
    if (rows.length === 0 || start + all.length >= total) return { rows: all, total }
  }
}
