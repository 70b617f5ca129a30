import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Host } from '#shared/model/host'
import type { IdentitySummary } from '#shared/model/identity'
import type { ProbeMode } from '#shared/model/probe'
import { call, keyOf, useAnswer } from '../../api'
import { useNavigation } from '../../navigation'
import { newJob } from '../../progress'
import { suggestCertificate } from './suggest-certificate'

export interface ConnectionTest {
  certificates: IdentitySummary[]
  identity: string | null
  mode: ProbeMode
  isRunning: boolean
  error: Error | null
  setIdentity(identity: string | null): void
  setMode(mode: ProbeMode): void
  run(): void
  cancel(): void
}

/** What is chosen for the next test of one site, and the test itself. */
export function useConnectionTest(host: Host): ConnectionTest {
  const client = useQueryClient()
  const { place, go } = useNavigation()
  const { data } = useAnswer('identities.list', { limit: 1000 })
  const certificates = data?.rows.filter(({ sha256 }) => sha256 !== null) ?? []
  const [chosen, setChosen] = useState<{ identity: string | null } | null>(null)
  const [mode, setMode] = useState<ProbeMode>('direct')
  const [job, setJob] = useState('')
  const identity = chosen === null ? suggestCertificate(host, certificates, place.testWith) : chosen.identity
  const test = useMutation({
    mutationFn: (input: { identity: string | null; mode: ProbeMode; job: string }) =>
      call('connections.test', { host: host.id, ...input }),
    // The fresh report holds the page's text, which a kept one does not.
    onSuccess: (report) => client.setQueryData(keyOf('connections.report', { report: report.id }), report),
  })

  function run() {
    const next = newJob()
    setJob(next)
    test.mutate({ identity, mode, job: next }, { onSuccess: ({ id }) => go({ host: host.id, report: id }) })
  }

  return {
    certificates,
    identity,
    mode,
    isRunning: test.isPending,
    error: test.error,
    setIdentity: (next) => setChosen({ identity: next }),
    setMode,
    run,
    cancel: () => void call('jobs.cancel', { job }),
  }
}
