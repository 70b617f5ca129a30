import { MantineProvider } from '@mantine/core'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { JobId } from '#shared/model/ids'
import { JobProgress } from '../../../renderer/src/components/JobProgress'
import { forgetProgress, newJob, noteProgress } from '../../../renderer/src/progress'

/** What is said beside the bar. */
function said(fraction: number | null, total: number): string | undefined {
  const job = JobId.parse(newJob())
  noteProgress({ type: 'progress', job, phase: 'Signing', fraction })
  const progress = createElement(JobProgress, { job, phase: 'Waiting', total })
  const page = renderToStaticMarkup(createElement(MantineProvider, null, progress))
  forgetProgress(job)
  return /role="status"[^>]*>([^<]*)</u.exec(page)?.[1]
}

it.each([
  [0, 20, 'Signing 1 of 20…'],
  [6 / 20, 20, 'Signing 7 of 20…'],
  [19 / 20, 20, 'Signing 20 of 20…'],
  [1, 20, 'Signing 20 of 20…'],
  [null, 20, 'Signing…'],
  [0.5, 1, 'Signing…'],
])('at %s of %i things it says “%s”', (fraction, total, words) => {
  expect(said(fraction, total)).toBe(words)
})
