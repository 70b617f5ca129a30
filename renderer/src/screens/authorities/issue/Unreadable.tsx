import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { countOf } from '#shared/logic/formatting'
import type { RequestBatch } from '#shared/model/authority'

/** The first ones are named, so that a folder full of other files leaves room for the requests. */
export function Unreadable({ unreadable }: Pick<RequestBatch, 'unreadable'>) {
  const named = unreadable.slice(0, 2)
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle aria-hidden />}
      title={`Left out: ${countOf(unreadable.length, 'file or line', 'files or lines')}`}
      mt="xs"
      py="xs"
    >
      <ul className="unreadable">
        {named.map(({ source, reason }) => (
          <li key={`${source} ${reason}`} className="wrap">
            {source}: {reason}
          </li>
        ))}
        {unreadable.length > named.length && <li>and {unreadable.length - named.length} more</li>}
      </ul>
    </Alert>
  )
}
