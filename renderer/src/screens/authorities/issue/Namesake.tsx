import { Text } from '@mantine/core'
import { formatDate } from '#shared/logic/formatting'
import { faultOfText, nameBounds } from '#shared/logic/name-rules'
import { useAnswer } from '../../../api'
import type { Reviewed } from './review'

/** Somebody has that name already. It may be the same person with a new computer; whoever signs has to know. */
export function Namesake({ one: { request, decision } }: { one: Reviewed }) {
  const { names } = decision
  const wanted = names.kind === 'decided' ? names.subject.commonName.trim() : request.requested.commonName
  const commonName = wanted !== null && faultOfText(wanted, nameBounds.commonName) === null ? wanted : ''
  const { data } = useAnswer('authorities.namesake', { commonName, keyCode: request.keyCode })
  if (data === undefined || data === null) return null
  return (
    <Text size="sm" c="var(--mantine-color-orange-text)" mt={4} className="wrap">
      “{data.commonName}” has a certificate under another key already ({data.keyCode}, until {formatDate(data.notAfter)}
      ). Where a rule at Access names it, both get in: revoke the old one if it is no longer wanted.
    </Text>
  )
}
