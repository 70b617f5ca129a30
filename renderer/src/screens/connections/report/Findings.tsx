import { Badge, Group, Text } from '@mantine/core'
import type { Finding } from '#shared/model/probe'
import textStyles from '../../../components/text.module.css'
import styles from './Findings.module.css'

const people: Record<Finding['who'], { words: string; color: string }> = {
  you: { words: 'For you', color: 'indigo' },
  administrator: { words: 'For the administrator', color: 'orange' },
  network: { words: 'For your network', color: 'gray' },
}
const certainties: Record<Finding['certainty'], string> = {
  certain: 'This is the cause.',
  likely: 'This is the likely cause.',
  possible: 'This may play a part.',
}

/** Causes, the one to act on first: who must act, what to do, and what was seen. */
export function Findings({ findings }: { findings: Finding[] }) {
  if (findings.length === 0) return null
  return (
    <ul className={styles.findings} aria-label="What to do">
      {findings.map((finding) => (
        <li className={styles.finding} key={finding.code}>
          <Group gap="sm" mb={4}>
            <Badge color={people[finding.who].color}>{people[finding.who].words}</Badge>
            <Text fw={600} className={textStyles.wrap}>
              {finding.title}
            </Text>
          </Group>
          <Text size="sm">{finding.remedy}</Text>
          <Text component="details" size="sm" c="dimmed" mt={6}>
            <summary>{certainties[finding.certainty]} What was seen</summary>
            {finding.evidence.map((line) => (
              <div key={line} className={`${textStyles.mono} ${textStyles.wrap}`}>
                {line}
              </div>
            ))}
          </Text>
        </li>
      ))}
    </ul>
  )
}
