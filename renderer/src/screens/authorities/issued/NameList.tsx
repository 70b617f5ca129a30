import { ScrollArea, Text } from '@mantine/core'
import { formatDate } from '#shared/logic/formatting'
import type { IssuedCertificate } from '#shared/model/authority'
import textStyles from '../../../components/text.module.css'
import styles from './issued.module.css'

const MAX_SHOWN = 200

/** The certificates that a question is about, so that nobody answers it for a number alone. */
export function NameList({ rows }: { rows: IssuedCertificate[] }) {
  const shown = rows.slice(0, MAX_SHOWN)
  return (
    <ScrollArea.Autosize mah={140} type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Certificates concerned' }}>
      <ul className={styles.names}>
        {shown.map(({ sha256, commonName, notAfter }) => (
          <li key={sha256} className={textStyles.wrap}>
            {commonName}
            <Text span size="xs" c="dimmed">
              {' '}
              until {formatDate(notAfter)}
            </Text>
          </li>
        ))}
        {rows.length > shown.length && <li>and {rows.length - shown.length} more</li>}
      </ul>
    </ScrollArea.Autosize>
  )
}
