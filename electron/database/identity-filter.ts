import type { CertificateOrder, CertificateState } from '#shared/model/identity'
import type { Instant } from '#shared/model/ids'
import { searching } from './columns'
import type { IdentityFilter } from './database'

interface Listed {
  from: string
  /** With the word WHERE, or empty. */
  where: string
  order: string
  values: string[]
}

/** The parts of a query over the list of certificates; its tables are called i and c. */
export function listed(search: string, { state, tag, order }: IdentityFilter): Listed {
  const typed = searching('i.search', search)
  const ofState = state === null ? null : inState(state.is, state.now, state.soon)
  const conditions = [
    ...(typed.where === '' ? [] : [typed.where.replace(' WHERE ', '')]),
    ...(ofState === null ? [] : [ofState.condition]),
    ...(tag === null ? [] : ['EXISTS (SELECT 1 FROM json_each(i.tags) WHERE value = ?)']),
  ]
  // Without a need for certificates an index holds everything that a page of a long list is found by.
  const needsCertificates = ofState !== null || order === 'expires'
  return {
    from: `identities i${needsCertificates ? ' LEFT JOIN certificates c ON c.sha256 = i.certificate' : ''}`,
    where: conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`,
    order: orders[order],
    values: [...typed.values, ...(ofState?.values ?? []), ...(tag === null ? [] : [tag])],
  }
}

const orders: Record<CertificateOrder, string> = {
  newest: 'i.created_at DESC, i.id',
  name: 'i.name COLLATE NOCASE, i.id',
  expires: 'c.not_after IS NULL, c.not_after, i.id',
}

/** As `services/identities/summary.ts` names them. Practice certificates are short-lived, and never called expiring. */
function inState(state: CertificateState, now: Instant, soon: Instant): { condition: string; values: string[] } {
  switch (state) {
    case 'waiting':
      return { condition: 'i.certificate IS NULL', values: [] }
    case 'valid':
      return { condition: 'c.not_before <= ? AND c.not_after > ?', values: [now, now] }
    case 'expiring':
      return { condition: 'c.not_after > ? AND c.not_after <= ? AND i.practice = 0', values: [now, soon] }
    case 'expired':
      return { condition: 'c.not_after <= ?', values: [now] }
    case 'refused':
      return { condition: `c.not_after > ? AND ${worksNowhere}`, values: [now] }
  }
}

/** Tested, and refused in the last test of every site. */
const worksNowhere = `(SELECT max(good) FROM (SELECT json_extract(summary, '$.verdict.tone') = 'good' AS good, max(started_at)
  FROM reports WHERE identity = i.id GROUP BY host)) = 0`
