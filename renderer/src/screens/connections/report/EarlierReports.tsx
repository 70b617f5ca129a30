import { Group, Text } from '@mantine/core'
import { formatDateTime } from '#shared/logic/formatting'
import { withIsolatedNames } from '#shared/logic/isolate'
import { verdictBadge } from '#shared/logic/verdict-badge'
import type { Host } from '#shared/model/host'
import type { ReportSummary } from '#shared/model/probe'
import { useAnswer } from '../../../api'
import { Answered } from '../../../components/Answered'
import layout from '../../../components/layout.module.css'
import { RowBadge } from '../../../components/RowBadge'
import { useNavigation } from '../../../navigation'
import styles from './EarlierReports.module.css'

/** Every kept report of this site, to be opened again. */
export function EarlierReports({ host, shown }: { host: Host; shown: string }) {
  const query = useAnswer('connections.reports', { host: host.id, page: { limit: 200 } })
  return (
    <Answered query={query}>
      {({ rows }) => (
        <ul className={styles.earlier}>
          {rows.map((report) => (
            <li key={report.id}>
              <EarlierRow report={report} isShown={report.id === shown} />
            </li>
          ))}
        </ul>
      )}
    </Answered>
  )
}

function EarlierRow({ report, isShown }: { report: ReportSummary; isShown: boolean }) {
  const { go } = useNavigation()
  const { words, color } = verdictBadge(report.verdict)
  const how = report.mode === 'direct' ? 'directly' : 'as the browser'
  return (
    <button
      type="button"
      className={layout.row}
      aria-current={isShown ? 'true' : undefined}
      onClick={() => go({ screen: 'connections', report: report.id })}
    >
      <Group gap="sm" wrap="nowrap" justify="space-between" align="flex-start">
        <div>
          <Text size="sm" fw={600}>
            {withIsolatedNames(report.verdict.sentence)}
          </Text>
          <Text size="xs" c="dimmed">
            {formatDateTime(report.startedAt)}, {how},{' '}
            {report.identityName === null ? 'no certificate' : `with ${report.identityName}`}
          </Text>
        </div>
        <RowBadge color={color} words={words} />
      </Group>
    </button>
  )
}
