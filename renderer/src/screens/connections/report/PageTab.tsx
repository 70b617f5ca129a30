import { SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { failureWords } from '#shared/logic/failure-words'
import type { Attempt } from '#shared/model/attempt'
import type { ProbeReport } from '#shared/model/probe'
import textStyles from '../../../components/text.module.css'
import styles from './PageTab.module.css'

/** The start of the answer as text: never rendered, never run. */
export function PageTab({ report }: { report: ProbeReport }) {
  const [side, setSide] = useState(report.with === null ? 'without' : 'with')
  const attempt = side === 'with' ? report.with : report.without
  return (
    <Stack gap="sm" align="flex-start">
      {report.with !== null && (
        <SegmentedControl
          size="xs"
          aria-label="Which answer"
          data={[
            { value: 'with', label: 'With certificate' },
            { value: 'without', label: 'Without' },
          ]}
          value={side}
          onChange={setSide}
        />
      )}
      {attempt !== null && <PageText attempt={attempt} />}
    </Stack>
  )
}

function PageText({ attempt: { outcome } }: { attempt: Attempt }) {
  if (outcome.kind === 'failed') return <Text c="dimmed">{failureWords[outcome.reason]}</Text>
  return (
    <>
      {outcome.location !== null && (
        <Text size="sm">
          It sends the browser on to <span className={`${textStyles.mono} ${textStyles.wrap}`}>{outcome.location}</span>
          . Latchkey does not follow.
        </Text>
      )}
      {outcome.body === '' ? (
        <Text c="dimmed">There is no page. Saved reports never include pages.</Text>
      ) : (
        <section className={styles.frame} aria-label="The page as text">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long page is scrolled by keyboard */}
          <pre className={`${textStyles.pem} ${textStyles.mono} ${styles.text}`} tabIndex={0}>
            {outcome.body}
          </pre>
        </section>
      )}
      {outcome.bodyTruncated && (
        <Text size="sm" c="dimmed">
          Only the beginning is shown.
        </Text>
      )}
    </>
  )
}
