import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { leftOutWords } from './left-out-words'
import type { LeftOut } from './sources'

/** Nothing is passed over in silence. */
export function LeftOutNotice({ leftOut }: { leftOut: LeftOut[] }) {
  if (leftOut.length === 0) return null
  return (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title="Something was left out" className="wrap">
      {leftOutWords(leftOut).map((words) => (
        <div key={words}>{words}</div>
      ))}
    </Alert>
  )
}
