import { Button, Text, ThemeIcon } from '@mantine/core'
import { IconCertificate, IconCheck, IconQuestionMark } from '@tabler/icons-react'
import type { SiteCandidate } from '#shared/model/site-check'
import textStyles from '../../components/text.module.css'
import { useNow } from '../../components/use-now'
import styles from './SiteCheck.module.css'
import { candidateLine, placeWords } from './site-words'

interface CandidateCardProps {
  candidate: SiteCandidate
  /** The one to begin with: its button is the only filled one. */
  isFirst: boolean
  action: string
  onUse(): void
}

/** A certificate that may be used: the checks in plain words, and where it lives. */
export function CandidateCard({ candidate, isFirst, action, onUse }: CandidateCardProps) {
  const now = useNow()
  const { name, checks, testable, sha256 } = candidate
  const browsers = [...new Set(candidate.places.flatMap(({ readBy }) => readBy))]
  return (
    <section className={styles.candidate} data-first={isFirst} aria-labelledby={`candidate-${sha256}`}>
      <div className={styles.candidateTop}>
        <ThemeIcon size={40} variant="light">
          <IconCertificate size={22} aria-hidden />
        </ThemeIcon>
        <div className={styles.candidateName}>
          <Text component="h2" id={`candidate-${sha256}`} fw={600} className={textStyles.wrap}>
            {name}
          </Text>
          <Text size="sm" c="dimmed" className={textStyles.wrap}>
            {candidateLine(candidate, now)}
          </Text>
        </div>
        {testable !== null && (
          <Button variant={isFirst ? 'filled' : 'default'} onClick={onUse} aria-describedby={`candidate-${sha256}`}>
            {action}
          </Button>
        )}
      </div>
      <ul className={styles.checks}>
        {checks.map(({ code, outcome, words }) => (
          <li key={code} data-outcome={outcome}>
            {outcome === 'pass' ? <IconCheck size={16} aria-hidden /> : <IconQuestionMark size={16} aria-hidden />}
            {words}
          </li>
        ))}
      </ul>
      <Text size="sm" c="dimmed" className={styles.place}>
        {placeWords(candidate)}
        {testable === null && ` Latchkey cannot test with it. Open the site in ${browsers.join(' or ')}.`}
      </Text>
    </section>
  )
}
