import { expect, it } from 'vitest'
import { readReportFile } from '../../../renderer/src/screens/connections/report/report-file'
import { hostRow, reportRow } from '../../support/rows'

const report = (name: string) => reportRow(hostRow(name))
const file = (content: unknown, size = 1) => ({
  size,
  text: async () => (typeof content === 'string' ? content : JSON.stringify(content)),
})

it('is read, and of several reports the one of the site', async () => {
  const [a, b] = [report('a.example'), report('b.example')]
  expect(await readReportFile(file(a), a.address)).toEqual(a)
  expect(await readReportFile(file({ reports: [a, b] }), b.address)).toEqual(b)
  expect(await readReportFile(file({ reports: [a, b] }), 'https://c.example/')).toEqual(a)
})

it('is none where it is something else, or too large to be read', async () => {
  for (const content of ['', 'words', 'null', '['.repeat(100_000), '{}', { reports: [] }])
    expect(await readReportFile(file(content), 'https://a.example/')).toBeNull()
  const large = { size: 17 * 1024 * 1024, text: () => Promise.reject(new Error('It was read.')) }
  expect(await readReportFile(large, 'https://a.example/')).toBeNull()
})
