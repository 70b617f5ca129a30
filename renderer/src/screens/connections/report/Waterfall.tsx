import { Text } from '@mantine/core'
import { Fragment } from 'react'
import { formatMilliseconds } from '#shared/logic/formatting'
import { isolated } from '#shared/logic/isolate'
import type { Attempt } from '#shared/model/attempt'
import type { ProbeReport } from '#shared/model/probe'
import styles from './Waterfall.module.css'

/** The phases of both connections on one scale. */
export function Waterfall({ report }: { report: ProbeReport }) {
  const longest = Math.max(report.without.timings.total, report.with?.timings.total ?? 0)
  return (
    <div className={styles.sides}>
      <Side title="Without a certificate" attempt={report.without} longest={longest} />
      {report.with !== null && (
        <Side
          title={`With ${isolated(report.identityName ?? 'the certificate')}`}
          attempt={report.with}
          longest={longest}
        />
      )}
    </div>
  )
}

function Side({ title, attempt, longest }: { title: string; attempt: Attempt; longest: number }) {
  return (
    <section aria-label={`Timings: ${title}`}>
      <Text component="h3" size="sm" fw={600}>
        {title}
      </Text>
      <Timings attempt={attempt} longest={longest} />
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
