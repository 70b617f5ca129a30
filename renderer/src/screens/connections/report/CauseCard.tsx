import { Button, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconInfoCircle, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { withIsolatedNames } from '#shared/logic/isolate'
import type { Host } from '#shared/model/host'
import type { Finding, ProbeReport, Verdict } from '#shared/model/probe'
import { call } from '../../../api'
import { CopyButton } from '../../../components/CopyButton'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { localDates } from '../../../components/local-dates'
import { Octets } from '../../../components/Octets'
import textStyles from '../../../components/text.module.css'
import { WhoActs } from '../../../components/WhoActs'
import { ReplaceCertificate } from '../replace/ReplaceCertificate'
import type { ConnectionTest } from '../use-connection-test'
import styles from './CauseCard.module.css'
import { SaveReport } from './SaveReport'
import { awaitedRequest, useNextStep } from './use-next-step'

const signs: Record<Verdict['tone'], typeof IconCheck> = {
  good: IconCheck,
  attention: IconAlertTriangle,
  bad: IconX,
  neutral: IconInfoCircle,
}

interface CardProps {
  report: ProbeReport
  host: Host
  test: ConnectionTest
}

/** One card for the one cause: what is so, what was seen, who acts, what to do, and the button that does it. */
export function CauseCard({ report, host, test }: CardProps) {
  const [first] = report.findings
  const cause = first === undefined || first.certainty === 'possible' ? null : first
  return (
    <section className={styles.card} data-tone={toneOf(report.verdict, cause)}>
      <Headline report={report} cause={cause} />
      {cause !== null && <Cause cause={cause} />}
      <Foot report={report} host={host} cause={cause} test={test} />
    </section>
  )
}

/** If the cause is known, the card warns instead of reporting an error. */
const toneOf = ({ tone }: Verdict, cause: Finding | null) => (tone === 'bad' && cause !== null ? 'attention' : tone)

/** Announced to screen readers when a test ends. */
function Headline({ report, cause }: { report: ProbeReport; cause: Finding | null }) {
  const { kind, sentence, explanation } = report.verdict
  const Sign = signs[toneOf(report.verdict, cause)]
  return (
    <div className={styles.headline} data-verdict={kind} role="status" aria-label="Verdict">
      <span className={styles.sign}>
        <Sign size={20} aria-hidden />
      </span>
      <div>
        <Title order={2} className={textStyles.wrap}>
          {withIsolatedNames(sentence)}
        </Title>
        <Text size="sm" mt={4} className={textStyles.wrap}>
          {explanation}
        </Text>
      </div>
    </div>
  )
}

function Cause({ cause }: { cause: Finding }) {
  return (
    <div className={styles.body}>
      <div>
        <Text component="h3" size="sm" c="dimmed" fw={600}>
          What Latchkey saw
        </Text>
        <ul className={styles.evidence}>
          {cause.evidence.map((line) => (
            <li key={line} className={textStyles.wrap}>
              <Octets text={localDates(line)} />
            </li>
          ))}
        </ul>
      </div>
      <div>
        <Text component="h3" size="sm" c="dimmed" fw={600}>
          Who acts
        </Text>
        <WhoActs who={cause.who} />
        <Text component="h3" size="sm" c="dimmed" fw={600}>
          What to do
        </Text>
        <Text size="sm" mt={4}>
          {withIsolatedNames(cause.remedy)}
        </Text>
      </div>
    </div>
  )
}

function Foot({ report, host, cause, test }: CardProps & { cause: Finding | null }) {
  const [isReplacing, setReplacing] = useState(false)
  const { step, error } = useNextStep({ report, cause, host, test, onReplace: () => setReplacing(true) })
  const isTheirs = cause !== null && cause.who !== 'you'
  return (
    <div className={styles.foot}>
      {step !== null && (
        <Button
          size="xs"
          variant={isTheirs ? 'default' : 'filled'}
          loading={step.isPending ?? false}
          disabled={test.isRunning}
          onClick={step.run}
        >
          {step.words}
        </Button>
      )}
      <CopyButton
        label="Copy report"
        variant={isTheirs ? 'filled' : 'default'}
        text={async () => (await call('connections.reportText', { report: report.id })).text}
      />
      <SaveReport report={report} />
      <Text size="sm" c="dimmed">
        {isTheirs ? 'Send it to them. Keys are never part of a report.' : 'Keys are never part of a report.'}
      </Text>
      {awaitedRequest({ host, test }) !== null && (
        <Text size="sm">A replacement has been requested. This site is tested again when it arrives.</Text>
      )}
      {error !== null && <ErrorNotice error={error} />}
      {cause !== null && (
        <ReplaceCertificate
          report={report}
          cause={cause}
          host={host}
          test={test}
          opened={isReplacing}
          onClose={() => setReplacing(false)}
        />
      )}
    </div>
  )
}
