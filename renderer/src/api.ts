import {
  type QueryKey,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Channel } from '#shared/ipc/channels'
import type { Call, Failure, Out, Reply } from '#shared/ipc/contract'
import type { AppEvent } from '#shared/ipc/events'
import { messages } from '#shared/messages'
import type { Activity } from '#shared/model/activity'
import type { Host } from '#shared/model/host'
import type { IdentitySummary } from '#shared/model/identity'
import { askToUnlock } from './unlock-request'

type Inputs = { [C in Channel]: Call<C> }
type Replies = { [C in Channel]: Reply<C> }
type Asks = { [C in Channel]: (input: Inputs[C]) => Promise<Replies[C]> }
type Bridge = Asks & { onEvent(listener: (event: AppEvent) => void): () => void }

declare global {
  interface Window {
    /** Put there by the preload. This file is its only user. */
    readonly latchkey: Bridge
  }
}

/** A foreseen error, as the main process reported it. Its words are in `shared/messages.ts`. */
export class CallError extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.name = 'CallError'
    this.failure = failure
  }
}

/** What went wrong, as the main process says it. A mistake of our own has its code, too. */
export function failureFrom(error: unknown): Failure {
  if (error instanceof CallError) return error.failure
  return { code: 'internal', message: messages.internal.title, detail: error instanceof Error ? error.message : null }
}

export const hasCode = (error: unknown, code: Failure['code']): boolean =>
  error instanceof CallError && error.failure.code === code

/** Asks the main process, which has parsed the answer already. Where the keys are locked, asks to unlock them and calls again. */
export async function call<C extends Channel>(channel: C, input: Inputs[C]): Promise<Out<C>> {
  const first = await ask(channel, input)
  const isClosed = !first.ok && closedKeys.includes(first.error.code) && !channel.startsWith('vault.')
  const reply = isClosed && (await askToUnlock()) ? await ask(channel, input) : first
  if (!reply.ok) throw new CallError(reply.error)
  return reply.value
}

function ask<C extends Channel>(channel: C, input: Inputs[C]): Promise<Reply<C>> {
  const asks: Asks = window.latchkey
  return asks[channel](input)
}

const closedKeys: Failure['code'][] = ['vault-locked', 'passphrase-needed', 'keyring-locked']

export const onEvent = (listener: (event: AppEvent) => void): (() => void) => window.latchkey.onEvent(listener)

export const keyOf = <C extends Channel>(channel: C, input: Inputs[C]): QueryKey => [channel, input]

/**
 * What a screen shows. Asked again when an event says that it may have changed; with `refetchOnMount` also whenever the
 * screen appears, for what others change without an event.
 */
export function useAnswer<C extends Channel>(
  channel: C,
  input: Inputs[C],
  options: { enabled?: boolean; refetchOnMount?: 'always' } = {},
): UseQueryResult<Out<C>> {
  return useQuery({ queryKey: keyOf(channel, input), queryFn: () => call(channel, input), ...options })
}

/** What a button does. Its error is shown beside it; where there is no place for that, see components/failure-notice.ts. */
export function useAction<C extends Channel>(
  channel: C,
  onError?: (error: Error) => void,
): UseMutationResult<Out<C>, Error, Inputs[C]> {
  return useMutation({ mutationFn: (input: Inputs[C]) => call(channel, input), ...(onError && { onError }) })
}

/** The same for a task that takes several calls, or that is handed in. */
export const useTask = (task: () => Promise<unknown>): UseMutationResult<unknown, Error, void> =>
  useMutation({ mutationFn: task })

type RowFilter = Pick<Call<'identities.list'>, 'state' | 'tag' | 'order'> & Pick<Call<'activity.list'>, 'area'>

interface Rows {
  'identities.list': IdentitySummary
  'hosts.list': Host
  'activity.list': Activity
}
type Ask<Row> = (page: Call<'hosts.list'>, filter: RowFilter) => Promise<{ rows: Row[]; total: number }>
const lists: { [C in keyof Rows]: Ask<Rows[C]> } = {
  'identities.list': (page, { state, tag, order }) => call('identities.list', { ...page, state, tag, order }),
  'hosts.list': (page) => call('hosts.list', page),
  'activity.list': (page, { area }) => call('activity.list', { ...page, area }),
}
const pageSize = 200
const noFilter: RowFilter = {}

/** A list of any length, fetched as far as it has been scrolled. */
export function useRows<C extends keyof Rows>(channel: C, search: string, filter: RowFilter = noFilter) {
  const ask: Ask<Rows[C]> = lists[channel]
  const query = useInfiniteQuery({
    queryKey: filter === noFilter ? [channel, 'rows', search] : [channel, 'rows', search, filter],
    queryFn: ({ pageParam }) => ask({ offset: pageParam, limit: pageSize, search }, filter),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const fetched = pages.reduce((sum, page) => sum + page.rows.length, 0)
      return last.rows.length > 0 && fetched < last.total ? fetched : undefined
    },
    placeholderData: (previous) => previous,
  })
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data])
  const fetchMore = () => void (query.hasNextPage && !query.isFetching && query.fetchNextPage())
  return { rows, total: query.data?.pages[0]?.total ?? 0, data: query.data, error: query.error, fetchMore }
}
