import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Call } from '#shared/ipc/contract'
import type { Host } from '#shared/model/host'
import type { IdentitySummary } from '#shared/model/identity'
import type { ProbeMode, ProbeReport, ReportSummary } from '#shared/model/probe'
import { call, keyOf, useAnswer } from '../../api'
import { useNavigation, usePlace } from '../../navigation'
import { cancelTest, startTest, useTestOf } from './running-tests'
import { suggestCertificate } from './suggest-certificate'

export interface ConnectionTest {
  certificates: IdentitySummary[]
  /** What has been requested and not issued yet. */
  requests: IdentitySummary[]
  identity: string | null
  mode: ProbeMode
  isRunning: boolean
  error: Error | null
  setIdentity(identity: string | null): void
  setMode(mode: ProbeMode): void
  run(): void
  /** With this one, which is then chosen, too. */
  runWith(identity: string | null): void
  cancel(): void
}

/** What is chosen for the next test of one site, and the test itself. */
export function useConnectionTest(host: Host): ConnectionTest {
  const client = useQueryClient()
  const { choose } = useNavigation()
  const { testWith } = usePlace('connections')
  const { data } = useAnswer('identities.list', { limit: 1000 })
  const certificates = data?.rows.filter(({ sha256 }) => sha256 !== null) ?? []
  const [chosen, setChosen] = useState<{ identity: string | null } | null>(null)
  const [mode, setMode] = useState<ProbeMode>('direct')
  const isShown = useIsShown()
  const test = useTestOf(host.id)
  const identity = chosen === null ? suggestCertificate(host, certificates, testWith) : chosen.identity

  async function run(identity: string | null) {
    const report = await startTest({ host: host.id, identity, mode }, (input) => call('connections.test', input))
    if (report === null) return
    // The fresh report holds the page's text, which a kept one does not.
    client.setQueryData(keyOf('connections.report', { report: report.id }), report)
    client.setQueryData(keyOf('connections.reports', latestOf(host.id)), { rows: [summaryOf(report)], total: 1 })
    // Null selects the latest. Selecting it by name would hide the reports of later tests.
    if (isShown()) choose({ screen: 'connections', host: host.id, report: null })
  }

  return {
    certificates,
    requests: data?.rows.filter(({ status }) => status === 'waiting') ?? [],
    identity,
    mode,
    isRunning: test.job !== null,
    error: test.error,
    setIdentity: (next) => setChosen({ identity: next }),
    setMode,
    run: () => void run(identity),
    runWith(next) {
      setChosen({ identity: next })
      void run(next)
    },
    cancel: () => cancelTest(host.id),
  }
}

/** What to ask for the latest report of a site. */
export const latestOf = (host: string): Call<'connections.reports'> => ({ host, page: { limit: 1 } })

const summaryOf = (report: ProbeReport): ReportSummary => {
  const { id, host, identity, identityName, address, mode, startedAt, verdict } = report
  return { id, host, identity, identityName, address, mode, startedAt, verdict }
}

/** False once the person has gone to another screen: the end of a test does not bring them back. */
function useIsShown(): () => boolean {
  const isShown = useRef(false)
  useEffect(() => {
    isShown.current = true
    return () => {
      isShown.current = false
    }
  }, [])
  return () => isShown.current
}
