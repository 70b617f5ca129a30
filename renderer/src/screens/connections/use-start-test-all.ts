import type { Host } from '#shared/model/host'
import { useAnswer } from '../../api'
import { testAll } from './test-all'

/** Starts a round of tests. The practice site is left out while it does not run: it would only be out of reach. */
export function useStartTestAll(): (hosts: Host[]) => void {
  const { data } = useAnswer('identities.list', { limit: 1000 })
  const { data: lab } = useAnswer('lab.state', undefined)
  const certificates = data?.rows.filter(({ sha256 }) => sha256 !== null) ?? []
  const isPracticeRunning = lab?.running ?? false
  return (hosts) =>
    void testAll(
      hosts.filter(({ practice }) => !practice || isPracticeRunning),
      certificates,
    )
}
