import { Badge, Text, Title } from '@mantine/core'
import type { Attempt, ProbeReport } from '#shared/model/probe'
import { attemptWords, type Side } from './attempt-words'
import { Timings } from './Timings'

/** The two connections side by side, on one scale. */
export function Attempts({ report }: { report: ProbeReport }) {
  const longest = Math.max(report.without.timings.total, report.with?.timings.total ?? 0)
  return (
    <div className="attempts">
      <AttemptCard title="Without certificate" side="without" attempt={report.without} longest={longest} />
      {report.with === null ? (
        <NotTried hasCertificate={report.identity !== null} />
      ) : (
        <AttemptCard
          title={`With ${report.identityName ?? 'certificate'}`}
          side="with"
          attempt={report.with}
          longest={longest}
        />
      )}
    </div>
  )
}

interface AttemptCardProps {
  title: string
  side: Side
  attempt: Attempt
  longest: number
}

function AttemptCard({ title, side, attempt, longest }: AttemptCardProps) {
  const { status, statusText, color, sentence } = attemptWords(attempt, side)
  return (
    <section className="card" aria-label={title} data-side={side}>
      <div className="attempt-head">
        <Title order={3}>{title}</Title>
        <Badge color={color}>
          <span>{status}</span> {statusText}
        </Badge>
      </div>
      <Text size="sm" mt={4}>
        {sentence}
      </Text>
      <Timings attempt={attempt} longest={longest} />
    </section>
  )
}

function NotTried({ hasCertificate }: { hasCertificate: boolean }) {
  return (
    <section className="card" aria-label="With certificate" data-side="with">
      <div className="attempt-head">
        <Title order={3}>With certificate</Title>
        <Badge color="gray">Not tried</Badge>
      </div>
      <Text size="sm" mt={4} c="dimmed">
        {hasCertificate
          ? 'Your certificate was not shown to a server that cannot prove who it is.'
          : 'Choose a certificate above and test again.'}
      </Text>
    </section>
  )
}
