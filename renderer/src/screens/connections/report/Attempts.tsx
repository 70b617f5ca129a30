import { Badge, Text, Title } from '@mantine/core'
import { Fragment } from 'react'
import { formatMilliseconds } from '#shared/logic/formatting'
import type { Side } from '#shared/logic/test/facts'
import type { Attempt } from '#shared/model/attempt'
import type { Host } from '#shared/model/host'
import type { NotTried, ProbeReport } from '#shared/model/probe'
import layout from '../../../components/layout.module.css'
import styles from './Attempts.module.css'
import { attemptWords } from './attempt-words'

/** The two connections side by side, on one scale. */
export function Attempts({ report, host }: { report: ProbeReport; host: Host }) {
  const longest = Math.max(report.without.timings.total, report.with?.timings.total ?? 0)
  return (
    <div className={styles.attempts}>
      <AttemptCard title="Without certificate" side="without" attempt={report.without} host={host} longest={longest} />
      {report.with === null ? (
        <MissingAttempt notTried={report.notTried} />
      ) : (
        <AttemptCard
          title={`With ${report.identityName ?? 'certificate'}`}
          side="with"
          attempt={report.with}
          host={host}
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
  host: Host
  longest: number
}

function AttemptCard({ title, side, attempt, host, longest }: AttemptCardProps) {
  const { status, statusText, color, sentence } = attemptWords(attempt, side, host)
  return (
    <section className={layout.card} aria-label={title} data-side={side}>
      <div className={styles.head}>
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

const whyNotTried: Record<NotTried, string> = {
  'none-chosen': 'Choose a certificate above and test again.',
  'no-connection': 'There was no connection to send your certificate over.',
  'server-untrusted': 'Your certificate was not shown to a server that cannot prove who it is.',
}

function MissingAttempt({ notTried }: { notTried: NotTried | null }) {
  return (
    <section className={layout.card} aria-label="With certificate" data-side="with">
      <div className={styles.head}>
        <Title order={3}>With certificate</Title>
        <Badge color="gray">Not tried</Badge>
      </div>
      <Text size="sm" mt={4} c="dimmed">
        {whyNotTried[notTried ?? 'none-chosen']}
      </Text>
    </section>
  )
}

/** One phase after the other. Both sides share one scale, so that equal lengths are equal times. */
function Timings({ attempt: { timings, tls }, longest }: { attempt: Attempt; longest: number }) {
  const phases: [string, number | null][] = [
    ['DNS', timings.dns],
    ['Connect', timings.tcp],
    [tls?.version?.replace('TLSv', 'TLS ') ?? 'TLS', timings.tls],
    ['First byte', timings.firstByte],
  ]
  const percent = (milliseconds: number) => `${longest === 0 ? 0 : (milliseconds / longest) * 100}%`
  let start = 0
  return (
    <dl className={styles.timings}>
      {phases.map(([name, length]) => {
        const left = start
        start += length ?? 0
        return (
          <Fragment key={name}>
            <dt>{name}</dt>
            <span className={styles.track} aria-hidden>
              {length !== null && (
                <span className={styles.bar} style={{ left: percent(left), width: percent(length) }} />
              )}
            </span>
            <dd>{formatMilliseconds(length)}</dd>
          </Fragment>
        )
      })}
      <dt>Total</dt>
      <span aria-hidden />
      <dd>{formatMilliseconds(timings.total)}</dd>
    </dl>
  )
}
