import type { Host } from '#shared/model/host'
import type { IdentitySummary } from '#shared/model/identity'
import { useAnswer } from '../../api'
import { testAll } from './test-all'

/** Starts a round of tests. The practice site is left out while it does not run: it would only be out of reach. */
export function startTestAll(hosts: Host[], certificates: IdentitySummary[], isPracticeRunning: boolean): void {
  void testAll(
    hosts.filter(({ practice }) => !practice || isPracticeRunning),
    certificates.filter(({ sha256 }) => sha256 !== null),
  )
}

export function useStartTestAll(): (hosts: Host[]) => void {
  const { data } = useAnswer('identities.list', { limit: 1000 })
  const { data: lab } = useAnswer('lab.state', undefined)
  return (hosts) => startTestAll(hosts, data?.rows ?? [], lab?.running ?? false)
}
