import { canSign } from '#shared/logic/issuers'
import type { AuthorityDetail } from '#shared/model/authority'
import { endsSoon, hasEnded } from '../issuer-words'

type NextTask =
  | 'archived'
  | 'look-at-successor'
  | 'replace'
  | 'replace-soon'
  | 'no-key'
  | 'write-crl'
  | 'make-intermediate'
  | 'save-chain'
  | 'nothing'

/** The one thing to do next with an issuer. */
export function nextTask({ summary, children }: Pick<AuthorityDetail, 'summary' | 'children'>, now: Date): NextTask {
  if (summary.archivedAt !== null && summary.crlDue === 'no') return 'archived'
  if (summary.successor !== null) return summary.crlDue === 'no' ? 'look-at-successor' : 'write-crl'
  if (!canSign(summary)) return 'no-key'
  if (!summary.hasKey) return summary.issued === 0 && !hasEnded(summary, now) ? 'save-chain' : 'nothing'
  if (hasEnded(summary, now)) return 'replace'
  if (summary.crlDue === 'now') return 'write-crl'
  if (endsSoon(summary, now)) return 'replace-soon'
  if (summary.crlDue === 'soon') return 'write-crl'
  if (summary.isRoot && children.length === 0 && summary.issued === 0) return 'make-intermediate'
  if (!summary.isRoot && summary.issued === 0) return 'save-chain'
  return 'nothing'
}
