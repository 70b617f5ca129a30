import { Text, VisuallyHidden } from '@mantine/core'
import { useId } from 'react'
import { isUrgent, NOTICE_DAYS } from '#shared/logic/expiring/stages'
import { daysLeft, expiryBadge, hasEnded } from '#shared/logic/expiry'
import { joinNames } from '#shared/logic/formatting'
import { isolated } from '#shared/logic/isolate'
import { certificateName, issuerName } from '#shared/logic/naming'
import type { StoredCertificate } from '#shared/model/stored'
import { ListRow } from '../../../components/ListRow'
import { useNow } from '../../../components/use-now'
import { useNavigation } from '../../../navigation'
import styles from './StoredList.module.css'

/** What others have put into the stores of this computer, below one's own certificates. */
export function StoredList({ certificates, chosen }: { certificates: StoredCertificate[]; chosen: string | null }) {
  const { go } = useNavigation()
  const now = useNow()
  const heading = useId()
  if (certificates.length === 0) return null
  return (
    <section className={styles.stored} aria-labelledby={heading}>
      <GroupTitle id={heading} count={certificates.length} unseen=" (read only)">
        Also on this computer
      </GroupTitle>
      <ul className={styles.rows}>
        {certificates.map((stored) => (
          <li key={stored.certificate.sha256}>
            <ListRow
              name={certificateName(stored.certificate)}
              line={lineOf(stored, now)}
              badge={storedBadge(stored, now)}
              isChosen={stored.certificate.sha256 === chosen}
              onChoose={() => go({ screen: 'certificates', identity: null, stored: stored.certificate.sha256 })}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface GroupTitleProps {
  id?: string
  count: number
  /** Said after the title to who only hears it; there is no room for it beside the number, and each row's page shows it. */
  unseen?: string
  children: string
}

/** Above the rows of one group. */
export function GroupTitle({ id, count, unseen, children }: GroupTitleProps) {
  return (
    <div className={styles.title}>
      <Text id={id} size="xs" c="dimmed" fw={600} component="h2">
        {children}
        {unseen !== undefined && <VisuallyHidden>{unseen}</VisuallyHidden>}
      </Text>
      <Text size="xs" c="dimmed" fw={600} aria-hidden>
        {count}
      </Text>
    </div>
  )
}

const isDue = ({ certificate }: StoredCertificate, now: Date) => daysLeft(certificate.notAfter, now) <= NOTICE_DAYS

const storeNames = ({ places }: StoredCertificate) => joinNames(places.map(({ name }) => name))

/** Its store is in the badge, until the badge says when it expires. */
function lineOf(stored: StoredCertificate, now: Date): string {
  const issuer = issuerName(stored.certificate)
  return isDue(stored, now) ? `${isolated(issuer)} · ${storeNames(stored)}` : issuer
}

export function storedBadge(stored: StoredCertificate, now: Date): { words: string; color: string } {
  const { notAfter } = stored.certificate
  if (hasEnded(notAfter, now)) return { words: 'Expired', color: 'gray' }
  if (isDue(stored, now))
    return { words: expiryBadge(notAfter, now), color: isUrgent(notAfter, now) ? 'red' : 'orange' }
  const [first] = stored.places
  const words = stored.places.length === 1 && first !== undefined ? first.name : `In ${stored.places.length} stores`
  return { words, color: 'gray' }
}
