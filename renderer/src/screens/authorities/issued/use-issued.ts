import { useQueries, useQuery } from '@tanstack/react-query'
import type { Call } from '#shared/ipc/contract'
import type { IssuedCertificate } from '#shared/model/authority'
import { call, keyOf } from '../../../api'

export type IssuedQuery = Omit<Call<'authorities.issued'>, 'offset' | 'limit'>

/**
 * A list of any length with only the pages in it that are in sight: the others are holes. While a new search is on its
 * way, the rows of the last one stay.
 */
export function useIssued(wanted: IssuedQuery, first: number, last: number) {
  const ask = (page: number) => {
    const input = { ...wanted, offset: page * pageSize, limit: pageSize }
    return { queryKey: keyOf('authorities.issued', input), queryFn: () => call('authorities.issued', input) }
  }
  const top = useQuery({ ...ask(0), placeholderData: (previous) => previous })
  const total = top.data?.total ?? 0
  const pages = pagesBetween(first, last, total)
  const others = useQueries({ queries: pages.map(ask) })
  const fetched = [
    { page: 0, rows: top.data?.rows ?? [] },
    ...pages.map((page, index) => ({ page, rows: others[index]?.data?.rows ?? [] })),
  ]
  const rows: (IssuedCertificate | undefined)[] = placeRows(total, fetched)
  const order = placeRows(
    total,
    fetched.map((one) => ({ page: one.page, rows: one.rows.map(({ sha256 }) => sha256) })),
  )
  const error = top.error ?? others.find((other) => other.error !== null)?.error ?? null
  return { rows, order, total, data: top.data, error }
}

const pageSize = 100

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
