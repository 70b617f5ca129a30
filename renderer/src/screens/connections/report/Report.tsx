import { Stack, Tabs, Text } from '@mantine/core'
import { formatDateTime } from '#shared/logic/formatting'
import type { Host } from '#shared/model/host'
import type { ProbeReport } from '#shared/model/probe'
import type { ConnectionTest } from '../use-connection-test'
import { Attempts } from './Attempts'
import { CookiesTab } from './CookiesTab'
import { EarlierReports } from './EarlierReports'
import { Findings } from './Findings'
import { HeadersTab } from './HeadersTab'
import { PageTab } from './PageTab'
import { TlsTab } from './TlsTab'
import { UntrustedServer } from './UntrustedServer'
import { VerdictBanner } from './VerdictBanner'

interface ReportProps {
  report: ProbeReport
  host: Host
  isLatest: boolean
  test: ConnectionTest
}

/** The verdict in words first, then who must do what, then what was seen. */
export function Report({ report, host, isLatest, test }: ReportProps) {
  const how = report.mode === 'direct' ? 'directly' : 'as the browser'
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {isLatest ? 'Tested' : 'An earlier test:'} {formatDateTime(report.startedAt)}, {how}
        {report.identityName === null ? '' : `, with ${report.identityName}`}
      </Text>
      <VerdictBanner report={report} />
      <UntrustedServer report={report} host={host} test={test} />
      <Findings findings={report.findings} />
      <Attempts report={report} host={host} />
      <Tabs defaultValue={report.with === null ? 'headers' : 'cookies'} key={report.id}>
        <Tabs.List>
          <Tabs.Tab value="cookies">Cookies</Tabs.Tab>
          <Tabs.Tab value="headers">Headers</Tabs.Tab>
          <Tabs.Tab value="tls">TLS and issuers</Tabs.Tab>
          <Tabs.Tab value="page">Page</Tabs.Tab>
          <Tabs.Tab value="earlier">Earlier</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="cookies" pt="md">
          <CookiesTab report={report} />
        </Tabs.Panel>
        <Tabs.Panel value="headers" pt="md">
          <HeadersTab report={report} />
        </Tabs.Panel>
        <Tabs.Panel value="tls" pt="md">
          <TlsTab report={report} />
        </Tabs.Panel>
        <Tabs.Panel value="page" pt="md">
          <PageTab report={report} />
        </Tabs.Panel>
        <Tabs.Panel value="earlier" pt="md">
          <EarlierReports host={host} shown={report.id} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}
