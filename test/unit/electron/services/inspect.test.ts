import { expect, it } from 'vitest'
import { inlineJobs } from '#electron/jobs/inline'
import type { Jobs } from '#electron/jobs/jobs'
import { createInspect } from '#electron/services/file-services'
import { AppError } from '#shared/errors'
import { InspectedFile } from '#shared/model/details'

const file = (name: string) => ({ name, bytes: Buffer.from('-----BEGIN CERTIFICATE-----\n') })

/** Jobs in which a file of this name brings out a failure. */
function failingFor(name: string, failure: Error): Jobs {
  const jobs = inlineJobs()
  return {
    ...jobs,
    run: (job, input, options) =>
      'name' in input && input.name === name ? Promise.reject(failure) : jobs.run(job, input, options),
  }
}

it.each([
  ['a bug', new TypeError('undefined is not a function')],
  ['the end of the job process', new AppError('internal', 'The job process ended unexpectedly.')],
])('%s is the line of its file, and recorded', async (_, failure) => {
  const bugs: unknown[] = []
  const inspect = createInspect({ jobs: failingFor('b', failure), onBug: (error) => void bugs.push(error) })
  const seen = await inspect.all([file('a'), file('b'), file('c')], null)
  expect(seen.map((one) => InspectedFile.parse(one).failures.map(({ code }) => code))).toEqual([
    ['malformed'],
    ['internal'],
    ['malformed'],
  ])
  expect(bugs).toEqual([failure])
})

it('a cancelled inspection is no bug', async () => {
  const jobs = failingFor('b', new AppError('cancelled'))
  const inspect = createInspect({ jobs, onBug: () => expect.unreachable() })
  await expect(inspect.all([file('a'), file('b')], null)).rejects.toMatchObject({ code: 'cancelled' })
})
