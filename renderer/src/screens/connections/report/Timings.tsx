import { Fragment } from 'react'
import { formatMilliseconds } from '#shared/logic/formatting'
import type { Attempt } from '#shared/model/probe'

/** One phase after the other. Both sides share one scale, so that equal lengths are equal times. */
export function Timings({ attempt: { timings, tls }, longest }: { attempt: Attempt; longest: number }) {
  const phases: [string, number | null][] = [
    ['Name', timings.dns],
    ['Connect', timings.tcp],
    [tls?.version?.replace('TLSv', 'TLS ') ?? 'TLS', timings.tls],
    ['First byte', timings.firstByte],
  ]
  const percent = (milliseconds: number) => `${longest === 0 ? 0 : (milliseconds / longest) * 100}%`
  let start = 0
  return (
    <dl className="timings">
      {phases.map(([name, length]) => {
        const left = start
        start += length ?? 0
        return (
          <Fragment key={name}>
            <dt>{name}</dt>
            <span className="timing-track" aria-hidden>
              {length !== null && (
                <span className="timing-bar" style={{ left: percent(left), width: percent(length) }} />
              )}
            </span>
            <dd>{formatMilliseconds(length)}</dd>
          </Fragment>
        )
      })}
      <dt>In all</dt>
      <span aria-hidden />
      <dd>{formatMilliseconds(timings.total)}</dd>
    </dl>
  )
}
