export const pageSize = 100

/** The pages that hold these rows, but for the first, which is always there. */
export function pagesBetween(first: number, last: number, total: number): number[] {
  const from = Math.max(1, Math.floor(first / pageSize))
  const until = Math.floor(Math.min(last, total - 1) / pageSize)
  return Array.from({ length: Math.max(0, until - from + 1) }, (_, index) => from + index)
}

/** A list as long as the whole, with holes where a page is not here. */
export function placeRows<Row>(total: number, pages: { page: number; rows: Row[] }[]): (Row | undefined)[] {
  const all: (Row | undefined)[] = []
  for (const { page, rows } of pages) {
    for (const [index, row] of rows.entries()) {
      const place = page * pageSize + index
      if (place < total) all[place] = row
    }
  }
  all.length = total
  return all
}
