import { Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { countOf } from '#shared/logic/formatting'
import { withIsolatedNames } from '#shared/logic/isolate'
import type { AccessPlanView } from '#shared/model/access-screen'
import styles from '../access.module.css'
import { OutlookMark } from '../OutlookMark'
import { type VisitorLine, visitorsByAddress } from './plan-text'

/** As many addresses as can be read; the plan file and the command line list them all. */
const MAX_ADDRESSES = 6

/** Who gets in before and after: changes in bold, people who lose access in red. */
export function VisitorTable({ plan: { visitors, losses } }: { plan: AccessPlanView }) {
  const groups = visitorsByAddress(visitors)
  if (groups.length === 0) return null
  return (
    <section className={styles.card} aria-label="Who gets in, before and after">
      {groups.slice(0, MAX_ADDRESSES).map(({ address, lines }) => (
        <div key={address} className={styles.cardBody}>
          <Title order={2} py="sm" style={{ overflowWrap: 'anywhere' }}>
            Who gets in to {address}
          </Title>
          <table className={styles.listing}>
            <thead>
              <tr>
                <th scope="col">Visitor</th>
                <th scope="col">Before</th>
                <th scope="col">After</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <Visitor key={line.key} line={line} />
              ))}
            </tbody>
          </table>
        </div>
      ))}
      {groups.length > MAX_ADDRESSES && (
        <Text size="sm" c="dimmed" className={styles.cardBody}>
          And {countOf(groups.length - MAX_ADDRESSES, 'more address', 'more addresses')}.
        </Text>
      )}
      {losses.map((loss) => (
        <div key={loss} className={styles.notice} data-tone="red" style={{ margin: '0 10px 10px' }}>
          <IconAlertTriangle size={18} aria-hidden />
          <span className={styles.grow}>{withIsolatedNames(loss)}</span>
        </div>
      ))}
    </section>
  )
}

function Visitor({
  line: { name, issuer, before, after, beforeWords, afterWords, isChanged, losesAccess },
}: {
  line: VisitorLine
}) {
  const color = losesAccess ? 'var(--mantine-color-red-text)' : undefined
  return (
    <tr>
      <td>
        {name}
        {issuer !== null && <span className={styles.small}>{issuer}</span>}
      </td>
      <td>
        <span className={styles.outlook}>
          <OutlookMark outlook={before} size={16} />
          {withIsolatedNames(beforeWords)}
        </span>
      </td>
      <td>
        <span className={styles.outlook} style={{ fontWeight: isChanged ? 650 : undefined, color }}>
          <OutlookMark outlook={after} size={16} />
          {withIsolatedNames(afterWords)}
        </span>
      </td>
    </tr>
  )
}
