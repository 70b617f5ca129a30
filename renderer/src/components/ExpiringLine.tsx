import { IconClockExclamation } from '@tabler/icons-react'
import { expiringColor, expiringLine } from '#shared/logic/expiring/line'
import type { Expiring } from '#shared/model/expiring'
import { useAnswer } from '../api'
import { useNavigation } from '../navigation'
import styles from './ExpiringLine.module.css'
import { useNow } from './use-now'

/** What expires soon, at the top of the screen where it is dealt with; nothing where nothing does. */
export function ExpiringLine({ place }: { place: 'certificates' | 'issuers' }) {
  const { data: places } = useAnswer('expiring.places', undefined)
  const show = useShowExpiring()
  const now = useNow()
  const group = places?.[place] ?? null
  if (group === null) return null
  return (
    <div className={styles.line} data-color={expiringColor(group, now)} role="status">
      <IconClockExclamation size={18} aria-hidden />
      <span className={styles.words}>
        {expiringLine(group, place, now)}{' '}
        <button type="button" className={styles.show} onClick={() => show(group.first)}>
          Show
        </button>
      </span>
    </div>
  )
}

function useShowExpiring(): (one: Expiring) => void {
  const { go } = useNavigation()
  return (one) => {
    if (one.kind === 'certificate') go({ screen: 'certificates', identity: one.identity, stored: null })
    else if (one.kind === 'stored') go({ screen: 'certificates', identity: null, stored: one.sha256 })
    else if (one.kind === 'uploaded-ca') go({ screen: 'authorities' })
    else go({ screen: 'authorities', issuer: one.issuer, issuerView: 'overview' })
  }
}
