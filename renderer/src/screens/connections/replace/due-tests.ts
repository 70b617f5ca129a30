import type { Host } from '#shared/model/host'
import type { IdentitySummary } from '#shared/model/identity'

export interface DueTest {
  host: Host
  certificate: IdentitySummary
}

/** Sites that wait for a replacement which has been issued by now. */
export const dueTests = (hosts: Host[], certificates: IdentitySummary[]): DueTest[] =>
  hosts.flatMap((host) => {
    const certificate = certificates.find(({ id }) => id === host.replacement)
    return certificate === undefined || certificate.sha256 === null ? [] : [{ host, certificate }]
  })
