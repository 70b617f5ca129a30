import { randomUUID } from 'node:crypto'
import type { DatedCertificate } from '#shared/logic/expiring/replaced'
import type { AuthoritySummary } from '#shared/model/authority'
import { AuthorityId, IdentityId } from '#shared/model/ids'
import { KeyCode } from '#shared/model/key'
import { sha256 } from './rows'

/** The day of the pictures, in the reader's own time zone, as everything that is shown. */
export const today = new Date('2026-11-25T09:00:00')

/** At this time of day, so many calendar days from today. */
export function inDays(days: number, time = '16:30', from = today): string {
  const [hours, minutes] = time.split(':').map(Number)
  return new Date(from.getFullYear(), from.getMonth(), from.getDate() + days, hours, minutes).toISOString()
}

export function datedCertificate(name: string, changes: Partial<DatedCertificate> = {}): DatedCertificate {
  return {
    identity: IdentityId.parse(randomUUID()),
    sha256: sha256(`${name} ${randomUUID()}`),
    name,
    label: name,
    issuer: 'CN=Acme Client CA G2',
    begins: inDays(-353),
    ends: inDays(12),
    replaces: null,
    ...changes,
  }
}

export function issuerSummary(name: string, changes: Partial<AuthoritySummary> = {}): AuthoritySummary {
  return {
    id: AuthorityId.parse(randomUUID()),
    name,
    parent: null,
    isRoot: false,
    algorithm: 'RSA 4096',
    keyCode: KeyCode.parse('AAAA-BBBB-CCCC-DDDD'),
    hasKey: true,
    signer: null,
    createdAt: inDays(-400),
    notBefore: inDays(-400),
    notAfter: inDays(1400),
    sha256: sha256(`${name} ${randomUUID()}`),
    issued: 0,
    revoked: 0,
    revocations: 0,
    successor: null,
    archivedAt: null,
    crl: null,
    crlDue: 'no',
    needsLastCrl: false,
    ...changes,
  }
}
