import { Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconInfoCircle, IconX } from '@tabler/icons-react'
import type { ProbeReport, Verdict } from '#shared/model/probe'
import { call } from '../../../api'
import { CopyButton } from '../../../components/CopyButton'
import styles from './VerdictBanner.module.css'

const signs: Record<Verdict['tone'], typeof IconCheck> = {
  good: IconCheck,
  attention: IconAlertTriangle,
  bad: IconX,
  neutral: IconInfoCircle,
}

/** The one sentence to read. Announced to screen readers when a test ends. */
export function VerdictBanner({ report }: { report: ProbeReport }) {
  const { tone, kind, sentence, explanation } = report.verdict
  const isTheirs = tone !== 'good' && report.findings[0]?.who === 'administrator'
  // A refusal that somebody else must put right is no fault of the reader's: it does not shout.
  const shown = tone === 'bad' && isTheirs ? 'attention' : tone
  const Sign = signs[shown]
  return (
    <section className={styles.verdict} data-tone={shown} data-verdict={kind} role="status" aria-label="Verdict">
      <span className={styles.sign}>
        <Sign size={20} aria-hidden />
      </span>
      <div>
        <Title order={2}>{sentence}</Title>
        <Text size="sm" mt={4}>
          {explanation}
        </Text>
        {isTheirs && (
          <Text size="sm" mt={4} fw={600}>
            Your side is fine; send this report to your administrator.
          </Text>
        )}
      </div>
      <div className={styles.foot}>
        <CopyButton
          label={tone === 'good' ? 'Copy report' : 'Copy report for administrator'}
          text={async () => (await call('connections.reportText', { report: report.id })).text}
        />
      </div>
    </section>
  )
}
