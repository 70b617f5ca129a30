import { Stack, Tabs } from '@mantine/core'
import { formatDateTime } from '#shared/logic/formatting'
import type { Host } from '#shared/model/host'
import type { ProbeReport } from '#shared/model/probe'
import type { ConnectionTest } from '../use-connection-test'
import { AttemptsTable } from './AttemptsTable'
import { CauseCard } from './CauseCard'
import { CommandsTab } from './CommandsTab'
import { CompareTab } from './CompareTab'
import { CookiesTab } from './CookiesTab'
import { EarlierReports } from './EarlierReports'
import { HeadersTab } from './HeadersTab'
import { IssuerList } from './IssuerList'
import { OtherCauses } from './OtherCauses'
import { PageTab } from './PageTab'
import styles from './Report.module.css'
import { TlsTab } from './TlsTab'
import { UntrustedServer } from './UntrustedServer'
import { Waterfall } from './Waterfall'

interface ReportProps {
  report: ProbeReport
  host: Host
  test: ConnectionTest
}

/** The verdict and its cause first, then what was seen in both attempts; everything else is folded away. */
export function Report({ report, host, test }: ReportProps) {
  return (
    <Stack gap="md">
      <CauseCard report={report} host={host} test={test} />
      <UntrustedServer report={report} host={host} test={test} />
      <OtherCauses report={report} />
      <div className={styles.seen}>
        <AttemptsTable report={report} host={host} />
        <IssuerList report={report} />
      </div>
      <TechnicalDetails report={report} host={host} />
    </Stack>
  )
}

/** When and how it was made, for below the name of the site. */
export function testedLine(report: ProbeReport, isLatest: boolean): string {
  const { startedAt, identityName } = report
  const certificate = identityName === null ? '' : `, with ${identityName}`
  return `${isLatest ? 'Tested' : 'An earlier test:'} ${formatDateTime(startedAt)}, ${wayOf(report)}${certificate}`
}

function wayOf({ mode, without, with: presented }: ProbeReport): string {
  const proxy = presented?.proxy ?? without.proxy
  if (mode === 'browser') return 'as the browser'
  return proxy === null ? 'directly, no proxy' : `through the proxy ${proxy.address}`
}

function TechnicalDetails({ report, host }: { report: ProbeReport; host: Host }) {
  return (
    <details className={styles.details}>
      <summary>
        <strong>Technical details</strong>{' '}
        <span>Timings, cookies, headers, TLS, page, as curl, earlier tests, comparison</span>
      </summary>
      <Stack gap="md" mt="md">
        <Waterfall report={report} />
        <Tabs defaultValue={report.with === null ? 'headers' : 'cookies'} key={report.id}>
          <Tabs.List>
            <Tabs.Tab value="cookies">Cookies</Tabs.Tab>
            <Tabs.Tab value="headers">Headers</Tabs.Tab>
            <Tabs.Tab value="tls">TLS</Tabs.Tab>
            <Tabs.Tab value="page">Page</Tabs.Tab>
            <Tabs.Tab value="commands">Commands</Tabs.Tab>
            <Tabs.Tab value="earlier">Earlier</Tabs.Tab>
            <Tabs.Tab value="compare">Compare</Tabs.Tab>
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
          <Tabs.Panel value="commands" pt="md">
            <CommandsTab report={report} host={host} />
          </Tabs.Panel>
          <Tabs.Panel value="earlier" pt="md">
            <EarlierReports host={host} shown={report.id} />
          </Tabs.Panel>
          <Tabs.Panel value="compare" pt="md">
            <CompareTab report={report} host={host} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </details>
  )
}
