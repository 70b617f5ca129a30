import type { Expiring, ExpiringGroup } from '#shared/model/expiring'
import { hasEnded } from '../expiry'
import { countOf, formatDay, joinNames } from '../formatting'
import { isolated, quoted } from '../isolate'
import { groupOf, isClientCertificate } from './groups'
import type { DueWarning } from './new-warnings'
import { stageAt } from './stages'
import { listWords, oneTitle, severalTitle, shown, siteWords } from './words'

/** A notification of the system. It can be read on a locked screen: names and sites, nothing else. */
export interface ExpiryNotification {
  title: string
  text: string
  /** The label of its button, where the system has buttons. */
  action: string
  /** What a click opens. */
  opens: Expiring
  /** The warnings that it gives. */
  warnings: DueWarning[]
}

/** One notification for all certificates, one for all issuers, one for all revocation lists, and one for all CAs in Access. */
export function notificationsFor(warnings: DueWarning[], now: Date): ExpiryNotification[] {
  const groups = [
    warnings.filter(({ about }) => isClientCertificate(about)),
    warnings.filter(({ about: { kind } }) => kind === 'intermediate' || kind === 'root'),
    warnings.filter(({ about: { kind } }) => kind === 'crl'),
    warnings.filter(({ about: { kind } }) => kind === 'uploaded-ca'),
  ]
  return groups.flatMap((members) => {
    const about = members.map((warning) => warning.about)
    const group = groupOf(about, now)
    return group === null ? [] : [{ ...wordsOf(group, now), opens: group.first, warnings: members }]
  })
}

type Words = Pick<ExpiryNotification, 'title' | 'text' | 'action'>

function wordsOf(group: ExpiringGroup, now: Date): Words {
  const { first, count } = group
  switch (first.kind) {
    case 'certificate':
      return count === 1
        ? { title: oneTitle(first, now), text: certificateText(first, now), action: 'Renew' }
        : { ...several(group, 'certificates', now), action: 'Show' }
    case 'stored':
      return count === 1
        ? { title: oneTitle(first, now), text: storedText(first, now), action: 'Show' }
        : { ...several(group, 'certificates', now), action: 'Show' }
    case 'intermediate':
    case 'root':
      return count === 1
        ? { title: oneTitle(first, now), text: issuerText(first, now), action: 'Open issuer' }
        : { ...several(group, 'issuers', now), action: 'Show' }
    case 'crl':
      return crlWords(group, now)
    case 'uploaded-ca':
      return count === 1
        ? { title: oneTitle(first, now), text: uploadedText(first, now), action: 'Show' }
        : { ...several(group, 'CAs in Access', now), action: 'Show' }
  }
}

function several(group: ExpiringGroup, nouns: string, now: Date): { title: string; text: string } {
  const { name, ends } = group.first
  return { title: severalTitle(group, nouns, now), text: `The first is ${quoted(shown(name))}, on ${formatDay(ends)}.` }
}

/** What stops working is only said of sites that were seen to refuse whoever shows no certificate. */
function certificateText({ ends, sites }: Extract<Expiring, { kind: 'certificate' }>, now: Date): string {
  const stage = stageAt(ends, now)
  if (stage === -1) return 'Renew it to be let in again.'
  if ((stage === 0 || stage === 1) && sites.gated > 0)
    return `After that, ${countOf(sites.gated, 'site')} ${sites.gated === 1 ? 'refuses' : 'refuse'} you.`
  const use = stage === 30 ? null : siteWords(sites)
  return use === null ? 'Renew it now, so that nothing stops working.' : `It is ${use}.`
}

/** Latchkey did not install it and cannot renew it. */
function storedText({ ends, stores }: Extract<Expiring, { kind: 'stored' }>, now: Date): string {
  const isOver = hasEnded(ends, now)
  return `${isOver ? 'It was' : 'It is'} in ${joinNames(stores)}. Ask whoever issued it for a new one.`
}

/** RFC 5280 §6.1.3: every certificate of the path has to be valid. */
function issuerText({ ends }: Expiring, now: Date): string {
  return hasEnded(ends, now)
    ? 'The certificates that it has signed are no longer accepted.'
    : 'The certificates that it has signed stop working then.'
}

/** A renewed issuer does not help: Access has the old certificate until the new one is uploaded. */
function uploadedText({ ends, hostnames, readAt }: Extract<Expiring, { kind: 'uploaded-ca' }>, now: Date): string {
  const then = hasEnded(ends, now) ? 'Access refuses' : 'Access then refuses'
  return `${then} its certificates on ${countOf(hostnames.length, 'hostname')}, as read on ${formatDay(readAt)}.`
}

function crlWords({ count, first }: ExpiringGroup, now: Date): Words {
  const { name, ends } = first
  if (count === 1)
    return {
      title: 'Publish a new revocation list',
      text: `${isolated(shown(name))}’s list ${listWords(ends, now)}.`,
      action: 'Open issuer',
    }
  return {
    title: `Publish ${count} new revocation lists`,
    text: `The first is that of ${isolated(shown(name))}, which ${listWords(ends, now)}.`,
    action: 'Show',
  }
}
