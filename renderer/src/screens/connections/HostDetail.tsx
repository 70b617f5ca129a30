import { Stack, Text } from '@mantine/core'
import type { Host } from '#shared/model/host'
import type { ProbeReport } from '#shared/model/probe'
import { useAnswer } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'
import styles from './HostDetail.module.css'
import { HostHeader } from './HostHeader'
import { Report } from './report/Report'
import { TestBar } from './TestBar'
import { latestOf, useConnectionTest } from './use-connection-test'

/** One site: the test button above everything, and the latest or a reopened report below. */
export function HostDetail({ host, opened }: { host: Host; opened: ProbeReport | null }) {
  const latest = useAnswer('connections.reports', latestOf(host.id))
  const latestId = latest.data?.rows[0]?.id ?? null
  const shownId = opened?.id ?? latestId
  const shown = useAnswer('connections.report', { report: shownId ?? '' }, { enabled: shownId !== null })
  const test = useConnectionTest(host)
  const report = opened ?? shown.data ?? null
  return (
    <Stack gap="md">
      <HostHeader host={host} test={test} tested={report} isLatest={report?.id === latestId} />
      <TestBar host={host} test={test} isTested={report !== null} />
      {test.error !== null && <ErrorNotice error={test.error} />}
      {shown.error !== null && <ErrorNotice error={shown.error} />}
      {report === null && latest.data !== undefined && shownId === null && !test.isRunning && <FirstTestHint />}
      {report !== null && (
        <div
          className={test.isRunning ? styles.stale : undefined}
          aria-busy={test.isRunning}
          data-started={report.startedAt}
        >
          <Report report={report} host={host} test={test} />
        </div>
      )}
    </Stack>
  )
}

function FirstTestHint() {
  return (
    <Text c="dimmed" py="lg">
      Press “Test connection”. Latchkey connects twice, once without your certificate and once with it, and tells you in
      words what that means.
    </Text>
  )
}
