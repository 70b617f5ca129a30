import type { ProbeReport } from '../../model/probe'
import { neutralise } from '../neutralise'
import { describeReport, type Fact } from './describe'

/** The report as plain text, to send to an administrator: everything needed, nothing secret. */
export function reportText(report: ProbeReport): string {
  const { sentence, explanation, about, findings, attempts } = describeReport(report)
  const lines = [
    sentence,
    explanation,
    '',
    ...about.map(([name, value]) => `${name.padEnd(12)} ${value}`),
    ...findings.flatMap(({ title, remedy, evidence }) => [
      '',
      title,
      `  ${remedy}`,
      ...(evidence.length === 0 ? [] : [`  Seen: ${evidence.join('; ')}`]),
    ]),
    ...attempts.flatMap(({ title, answer, facts }) => ['', title, `  ${answer}`, ...facts.map(factLine)]),
  ]
  return lines.map(neutralise).join('\n')
}

const factLine = ([name, value]: Fact) => `  ${name}: ${value}`
