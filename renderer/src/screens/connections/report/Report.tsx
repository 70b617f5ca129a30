import { Stack, Tabs } from '@mantine/core'
import { useState } from 'react'
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

function TechnicalDetails({ report, host }: { report: ProbeReport; host: Host }) {
  // Whoever goes through earlier reports stays on their list.
  const [tab, setTab] = useState<string | null>(null)
  return (
    <details className={styles.details}>
      <summary>
        <strong>Technical details</strong>{' '}
        <span>Timings, cookies, headers, TLS, page, as curl, earlier tests, comparison</span>
      </summary>
      <Stack gap="md" mt="md">
        <Waterfall report={report} />
        <Tabs value={tab ?? (report.with === null ? 'headers' : 'cookies')} onChange={setTab}>
          <Tabs.List aria-label="Technical details">
            <Tabs.Tab value="cookies">Cookies</Tabs.Tab>
            <Tabs.Tab value="headers">Headers</Tabs.Tab>
            <Tabs.Tab value="tls">TLS</Tabs.Tab>
            <Tabs.Tab value="page">Page</Tabs.Tab>
            <Tabs.Tab value="commands">Commands</Tabs.Tab>
            <Tabs.Tab value="earlier">Earlier</Tabs.Tab>
            <Tabs.Tab value="compare">Compare</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="cookies" pt="md">
            <CookiesTab key={report.id} report={report} />
          </Tabs.Panel>
          <Tabs.Panel value="headers" pt="md">
            <HeadersTab key={report.id} report={report} />
          </Tabs.Panel>
          <Tabs.Panel value="tls" pt="md">
            <TlsTab report={report} />
          </Tabs.Panel>
          <Tabs.Panel value="page" pt="md">
            <PageTab key={report.id} report={report} />
          </Tabs.Panel>
          <Tabs.Panel value="commands" pt="md">
            <CommandsTab key={report.id} report={report} host={host} />
          </Tabs.Panel>
          <Tabs.Panel value="earlier" pt="md">
            <EarlierReports host={host} shown={report.id} />
          </Tabs.Panel>
          <Tabs.Panel value="compare" pt="md">
            <CompareTab key={report.id} report={report} host={host} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </details>
  )
}
