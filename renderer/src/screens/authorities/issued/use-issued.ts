import { useQueries, useQuery } from '@tanstack/react-query'
import type { Call } from '#shared/ipc/contract'
import type { IssuedCertificate } from '#shared/model/authority'
import { call, keyOf } from '../../../api'
import { pageSize, pagesBetween, placeRows } from './pages'

export type Wanted = Omit<Call<'authorities.issued'>, 'offset' | 'limit'>

/**
 * A list of any length with only the pages in it that are in sight: the others are holes. While a new search is on its
 * way, the rows of the last one stay.
 */
export function useIssued(wanted: Wanted, first: number, last: number) {
  const ask = (page: number) => {
    const input = { ...wanted, offset: page * pageSize, limit: pageSize }
    return { queryKey: keyOf('authorities.issued', input), queryFn: () => call('authorities.issued', input) }
  }
  const top = useQuery({ ...ask(0), placeholderData: (previous) => previous })
  const total = top.data?.total ?? 0
  const pages = pagesBetween(first, last, total)
  const others = useQueries({ queries: pages.map(ask) })
  const rows: (IssuedCertificate | undefined)[] = placeRows(total, [
    { page: 0, rows: top.data?.rows ?? [] },
    ...pages.map((page, index) => ({ page, rows: others[index]?.data?.rows ?? [] })),
  ])
  const error = top.error ?? others.find((other) => other.error !== null)?.error ?? null
  return { rows, total, data: top.data, error }
}
