import type { AccessAccount, AccessCa } from '#shared/model/access-account'
import type { AuthoritySummary } from '#shared/model/authority'
import type { Expiring, SitesUsed } from '#shared/model/expiring'
import type { Host } from '#shared/model/host'
import { daysLeft, hasEnded } from '../expiry'
import { isGated } from '../verdict-groups'
import { type Dated, type DatedCertificate, type DatedStored, isReplaced } from './replaced'
import { NOTICE_DAYS } from './stages'

/** What is recorded about everything that can end. */
export interface EndingRecords {
  /** A person's own certificates; practice certificates are left out. */
  certificates: DatedCertificate[]
  stored: DatedStored[]
  issuers: AuthoritySummary[]
  hosts: Host[]
  /** Cloudflare accounts as they were last read. */
  accounts: AccessAccount[]
}

/** What expired longer ago is no longer reported; the list of certificates still shows it. */
export const PAST_DAYS = 30

/** A list is renewed in the last quarter of its time, so that one that lasts a month is not due on its first day. */
const CRL_SHARE = 1 / 4

/** Everything that ends within so many calendar days and has not been replaced, what ends first first. */
export function findExpiring(records: EndingRecords, now: Date, within = NOTICE_DAYS): Expiring[] {
  const isDue = ({ ends }: { ends: string }) => {
    const days = daysLeft(ends, now)
    return days <= within && days >= -PAST_DAYS
  }
  return [
    ...clientCertificates(records, now).filter(isDue),
    ...records.issuers
      .filter((issuer) => !isSucceeded(issuer, records.issuers))
      .map(ofIssuer)
      .filter(isDue),
    ...records.issuers.flatMap((issuer) => ofCrl(issuer, now, within)),
    ...records.accounts.flatMap(uploadedCas).filter(isDue),
  ].sort((one, other) => one.ends.localeCompare(other.ends) || one.name.localeCompare(other.name))
}

function clientCertificates({ certificates, stored, hosts }: EndingRecords, now: Date): Expiring[] {
  const hostsOf = groupBy(hosts, ({ identity }) => identity)
  const identityOf = new Map(certificates.map(({ sha256, identity }) => [sha256, identity]))
  // What is tested with a certificate of a store alone is not kept with it.
  const sitesOf = ({ sha256 }: Dated) => sitesUsed(hostsOf.get(identityOf.get(sha256) ?? null) ?? [])
  const worksSomewhere = (certificate: Dated) => sitesOf(certificate).count > 0
  const namesakesOf = groupBy<Dated, string>([...certificates, ...stored], ({ name }) => name)
  const isCurrent = (one: Dated) => !isReplaced(one, namesakesOf.get(one.name) ?? [], worksSomewhere, now)
  const own = certificates.filter(isCurrent).map((one): Expiring => {
    const { identity, sha256, label: name, begins, ends } = one
    return { kind: 'certificate', identity, key: sha256, name, begins, ends, sites: sitesOf(one) }
  })
  const others = stored
    .filter((one) => !identityOf.has(one.sha256) && isCurrent(one))
    .map(({ sha256, name, begins, ends, stores }): Expiring => {
      return { kind: 'stored', sha256, key: sha256, name, begins, ends, stores }
    })
  return [...own, ...others]
}

function groupBy<Row, Key>(rows: Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group === undefined) groups.set(keyOf(row), [row])
    else group.push(row)
  }
  return groups
}

/** Of the sites last tested with a certificate. */
function sitesUsed(hosts: Host[]): SitesUsed {
  const used = hosts.filter(({ lastTestGood, practice }) => lastTestGood === true && !practice)
  const gated = used.filter(({ lastVerdict }) => lastVerdict !== null && isGated(lastVerdict.kind))
  return { count: used.length, example: used[0]?.hostname ?? null, gated: gated.length }
}

/** Whether it has a successor, or the same key has a certificate that expires later. */
function isSucceeded({ successor, keyCode, name, notAfter }: AuthoritySummary, issuers: AuthoritySummary[]): boolean {
  if (successor !== null) return true
  return issuers.some((other) => other.keyCode === keyCode && other.name === name && other.notAfter > notAfter)
}

function ofIssuer({ id, sha256, name, isRoot, notBefore, notAfter }: AuthoritySummary): Expiring {
  return { kind: isRoot ? 'root' : 'intermediate', issuer: id, key: sha256, name, begins: notBefore, ends: notAfter }
}

/** Those on whose hostnames something depends, unless another CA of each hostname outlives them: they have been rolled over. */
function uploadedCas({ id: account, name, readAt, cas }: AccessAccount): Expiring[] {
  return cas.flatMap((ca): Expiring[] => {
    const { expiresOn: ends, hostnames } = ca
    if (ends === null || hostnames.every((hostname) => isOutlived(hostname, ends, cas))) return []
    const key = `access ${account} ${ca.id}`
    return [
      { kind: 'uploaded-ca', key, name: ca.name, begins: null, ends, ca: ca.id, account: name, hostnames, readAt },
    ]
  })
}

const isOutlived = (hostname: string, ends: string, cas: AccessCa[]): boolean =>
  cas.some((other) => other.hostnames.includes(hostname) && other.expiresOn !== null && other.expiresOn > ends)

/** Also for an issuer with a successor: its list is needed until the last certificate that it signed has expired. */
function ofCrl({ id, name, hasKey, notAfter, crl }: AuthoritySummary, now: Date, within: number): Expiring[] {
  if (!hasKey || hasEnded(notAfter, now) || crl === null || crl.nextUpdate === null) return []
  const { thisUpdate, nextUpdate } = crl
  const key = `crl ${id} ${nextUpdate}`
  const list: Expiring = { kind: 'crl', issuer: id, key, name, begins: thisUpdate, ends: nextUpdate }
  return isListDue(list, now, within) ? [list] : []
}

/** Whether it is time to write the next list. */
export const isListDue = (list: { begins: string; ends: string }, now: Date, within = NOTICE_DAYS): boolean =>
  daysLeft(list.ends, now) <= within && isInLastShare(list, CRL_SHARE, now)

/** A short-lived certificate is reported only in the second half of its validity, since its holder has just received it. */
const LATE_SHARE = 1 / 2

export const isLateInLife = ({ begins, ends }: { begins: string | null; ends: string }, now: Date): boolean =>
  begins === null || isInLastShare({ begins, ends }, LATE_SHARE, now)

/** Whether no more than this share of its whole time is left. */
function isInLastShare({ begins, ends }: { begins: string; ends: string }, share: number, now: Date): boolean {
  return Date.parse(ends) - now.getTime() <= (Date.parse(ends) - Date.parse(begins)) * share
}
