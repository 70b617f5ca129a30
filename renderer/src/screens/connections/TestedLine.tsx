import { Anchor, Text } from '@mantine/core'
import { formatDateTime } from '#shared/logic/formatting'
import { isolated } from '#shared/logic/isolate'
import type { ProbeReport } from '#shared/model/probe'
import textStyles from '../../components/text.module.css'
import { useNavigation } from '../../navigation'

/** When and how the report that is shown was made, and the way back to the latest one. */
export function TestedLine({ report, isLatest }: { report: ProbeReport; isLatest: boolean }) {
  const { go } = useNavigation()
  const { host, startedAt, identityName } = report
  const certificate = identityName === null ? '' : `, with ${isolated(identityName)}`
  return (
    <Text size="sm" c="dimmed" className={textStyles.wrap}>
      {isLatest ? 'Tested' : 'An earlier test:'} {formatDateTime(startedAt)}, {wayOf(report)}
      {certificate}
      {!isLatest && (
        <>
          {'. '}
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => go({ screen: 'connections', host, report: null })}
          >
            Show the latest
          </Anchor>
        </>
      )}
    </Text>
  )
}

function wayOf({ mode, without, with: presented }: ProbeReport): string {
  const proxy = presented?.proxy ?? without.proxy
  if (mode === 'browser') return 'as the browser'
  return proxy === null ? 'directly, no proxy' : `through the proxy ${proxy.address}`
}
