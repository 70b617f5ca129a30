import { Text } from '@mantine/core'
import { withIsolatedNames } from '#shared/logic/isolate'
import type { Finding, ProbeReport, Who } from '#shared/model/probe'
import layout from '../../../components/layout.module.css'
import { localDates } from '../../../components/local-dates'
import { Octets } from '../../../components/Octets'
import textStyles from '../../../components/text.module.css'
import styles from './OtherCauses.module.css'

const people: Record<Who, string> = {
  you: 'you',
  administrator: 'the administrator',
  network: 'whoever runs the network',
}

/** What else may be, where what was seen does not decide it. */
export function OtherCauses({ report }: { report: ProbeReport }) {
  const others = report.findings.filter(({ certainty }) => certainty === 'possible')
  if (others.length === 0) return null
  const isAlone = others.length === report.findings.length
  return (
    <section className={layout.card} aria-labelledby="other-causes">
      <Text component="h3" id="other-causes" size="sm" fw={600}>
        {isAlone ? 'What it may be' : 'What may play a part, too'}
      </Text>
      <ul className={styles.others}>
        {others.map((finding) => (
          <Other key={finding.code} finding={finding} />
        ))}
      </ul>
    </section>
  )
}

function Other({ finding: { title, remedy, who, evidence } }: { finding: Finding }) {
  return (
    <li>
      <Text size="sm" fw={600} className={textStyles.wrap}>
        {title}
      </Text>
      <Text size="sm">
        {withIsolatedNames(remedy)} This is for {people[who]}.
      </Text>
      <Text component="details" size="sm" c="dimmed" mt={4}>
        <summary>What was seen</summary>
        {evidence.map((line) => (
          <div key={line} className={textStyles.wrap}>
            <Octets text={localDates(line)} />
          </div>
        ))}
      </Text>
    </li>
  )
}
