import { Box, type LoaderProps, type MantineSpacing } from '@mantine/core'
import type { ReactNode } from 'react'
import { ErrorNotice } from './ErrorNotice'
import { Waiting } from './Waiting'

interface AnsweredProps<Data> {
  query: { data: Data | undefined; error: unknown }
  /** Tries again, where trying again can help. */
  onRetry?: () => unknown
  /** How the wait is shown: by default a small sign, for a part of a screen. */
  loader?: Pick<LoaderProps, 'size' | 'm'>
  isEmpty?(data: Data): boolean
  /** Shown instead of the children where `isEmpty` says so. */
  empty?: ReactNode
  /** An error stands above what was answered before, instead of in its place. */
  keepsData?: boolean
  /** The room around an error, where the place has none of its own. */
  errorPadding?: MantineSpacing
  children(data: Data): ReactNode
}

/** What a query answered, or that it is still loading, or why there is no answer, or that there is nothing in it. */
export function Answered<Data>(props: AnsweredProps<Data>) {
  const { query, onRetry, loader = { size: 'sm' }, isEmpty = () => false, empty = null, keepsData = false } = props
  const { data, error } = query
  const notice =
    error === null ? null : (
      <Box p={props.errorPadding ?? 0}>
        <ErrorNotice error={error} onRetry={onRetry === undefined ? undefined : () => void onRetry()} />
      </Box>
    )
  if (notice !== null && (data === undefined || !keepsData)) return notice
  if (data === undefined) return <Waiting {...loader} />
  return (
    <>
      {notice}
      {isEmpty(data) ? empty : props.children(data)}
    </>
  )
}
