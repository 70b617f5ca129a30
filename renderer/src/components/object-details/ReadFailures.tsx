import { Alert } from '@mantine/core'
import { withIsolatedNames } from '#shared/logic/isolate'
import { messages } from '#shared/messages'
import type { InspectFailure } from '#shared/model/details'
import textStyles from '../text.module.css'

/** What of a file could not be read, why, and what to do about it. */
export function ReadFailures({ failures }: { failures: InspectFailure[] }) {
  return failures.map(({ where, code, detail }, index) => {
    const { title, remedy } = messages[code]
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: two parts may fail in the same way, and none of them moves
      <Alert key={index} role="alert" color="red" mt="sm" title={where === '' ? title : `${where}: ${title}`}>
        {detail !== null && <div className={textStyles.wrap}>{withIsolatedNames(detail)}</div>}
        {remedy}
      </Alert>
    )
  })
}
