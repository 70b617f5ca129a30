import type { Timings } from '../../model/attempt'
import type { ProbeReport } from '../../model/probe'
import { formatFingerprint, formatMilliseconds } from '../formatting'
import { redactReport } from '../redact-report'
import { describeReport, type Fact } from './describe'

/** One fact of both reports; null where a report does not have it. */
interface ComparedFact {
  name: string
  first: string | null
  second: string | null
  differs: boolean
}

export interface ReportComparison {
  sections: { title: string; facts: ComparedFact[] }[]
  /** How many facts differ. */
  differences: number
}

/** Two reports, fact by fact, in the words of a report. Without secrets and pages, but not neutralised. */
export function compareReports(first: ProbeReport, second: ProbeReport): ReportComparison {
  const [before, after] = [factsOf(first), factsOf(second)]
  const sections = before.map(({ title, facts }, place) => ({
    title,
    facts: align(facts, after[place]?.facts ?? []),
  }))
  const used = sections.filter(({ facts }) => facts.length > 0)
  return { sections: used, differences: used.flatMap(({ facts }) => facts).filter(({ differs }) => differs).length }
}

interface Section {
  title: string
  facts: Fact[]
}

function factsOf(full: ProbeReport): Section[] {
  // A fresh report has its page, which decides who answered; a kept one has not.
  const report = redactReport(full)
  const { verdict, findings, mode, ownIssuers } = report
  const [cause] = findings
  const isCause = cause !== undefined && cause.certainty !== 'possible'
  const description = describeReport(report)
  const about = description.about.filter(([name]) => name !== 'Tested')
  const [without, presented] = description.attempts.map(({ answer, facts }): Fact[] => [
    ['Answer', answer],
    ...facts.filter(([name]) => name !== 'Time'),
  ])
  return [
    {
      title: 'Result',
      facts: [['Verdict', verdict.sentence], ...(isCause ? [['Cause', cause.title] satisfies Fact] : [])],
    },
    {
      title: 'Test',
      facts: [
        ...about,
        ['Mode', mode === 'direct' ? 'direct' : 'as the browser'],
        ...(ownIssuers.length === 0 ? [] : [['Issuers of the certificate', ownIssuers.join(' · ')] satisfies Fact]),
      ],
    },
    {
      title: 'Without certificate',
      facts: [...(without ?? []), ...serverKey(report.without), ...times(report.without)],
    },
    { title: 'With certificate', facts: [...(presented ?? []), ...serverKey(report.with), ...times(report.with)] },
  ]
}

function serverKey(attempt: ProbeReport['with']): Fact[] {
  const leaf = attempt?.tls?.chain[0]
  return leaf === undefined ? [] : [['Fingerprint of its certificate', formatFingerprint(leaf.sha256)]]
}

const phases: [keyof Timings, string][] = [
  ['dns', 'Time for DNS'],
  ['tcp', 'Time to connect'],
  ['tls', 'Time for TLS'],
  ['firstByte', 'Time to first byte'],
  ['total', 'Total time'],
]
const timeNames = new Set(phases.map(([, name]) => name))

const times = (attempt: ProbeReport['with']): Fact[] =>
  attempt === null
    ? []
    : phases.flatMap(([phase, name]): Fact[] => {
        const time = attempt.timings[phase]
        return time === null ? [] : [[name, formatMilliseconds(time)]]
      })

/** In the order of the first report; what only the second has follows the fact that stands before it there. */
function align(first: Fact[], second: Fact[]): ComparedFact[] {
  const names = first.map(([name]) => name)
  second.forEach(([name], place) => {
    if (names.includes(name)) return
    const before = second[place - 1]?.[0]
    names.splice(before === undefined ? 0 : names.indexOf(before) + 1, 0, name)
  })
  return names.map((name) => {
    const values = { first: valueIn(first, name), second: valueIn(second, name) }
    return { name, ...values, differs: !isIncidental(name) && values.first !== values.second }
  })
}

const valueIn = (facts: Fact[], wanted: string) => facts.find(([name]) => name === wanted)?.[1] ?? null

/** They differ in every test: timings vary, and Cloudflare numbers each request. */
const isIncidental = (name: string) => timeNames.has(name) || name === 'Ray'
