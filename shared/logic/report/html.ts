import type { ProbeReport } from '../../model/probe'
import { escapeMarkup } from '../markup'
import { neutralise } from '../neutralise'
import { octetsIn } from '../octets'
import { describeReport, type Fact, type ReportDescription } from './describe'

/**
 * Reports as one page that needs nothing else: no script, no link and no picture, which its own policy forbids, too. Every
 * text is escaped, also that of certificates and servers.
 */
export function reportHtml(reports: ProbeReport[]): string {
  const described = reports.map(describeReport)
  const [first] = described
  const isAlone = first !== undefined && described.length === 1
  const title = isAlone ? first.sentence : 'Connection tests'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${isAlone ? article(first, 1) : [overview(title, described), ...described.map((one) => article(one, 2))].join('\n')}
</main>
</body>
</html>
`
}

const policy = "default-src 'none'; style-src 'unsafe-inline'"

const style = `
:root { color-scheme: light dark; --line: #d0d4dc; --soft: #55596a; --good: #14794a; --attention: #9a5200; --bad: #b3261e; --neutral: #55596a }
@media (prefers-color-scheme: dark) {
  :root { --line: #444855; --soft: #a9afbf; --good: #5fd39a; --attention: #f0b060; --bad: #ff8f85; --neutral: #a9afbf }
}
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; padding: 2rem 1rem }
main { max-width: 52rem; margin: 0 auto }
article + article, .overview + article { border-top: 2px solid var(--line); margin-top: 3rem; padding-top: 2rem }
h1, h2, h3 { line-height: 1.25; margin: 1.5rem 0 .5rem }
h1, .verdict { font-size: 1.5rem }
h2, h3 { font-size: 1.125rem }
.good .verdict { color: var(--good) }
.attention .verdict { color: var(--attention) }
.bad .verdict { color: var(--bad) }
.neutral .verdict { color: var(--neutral) }
p { margin: .25rem 0 }
dl { display: grid; grid-template-columns: fit-content(50%) 1fr; gap: .25rem 1rem; margin: .75rem 0 }
dt, .seen { color: var(--soft) }
dd { margin: 0 }
dt, dd, h1, h2, h3, p, li { overflow-wrap: anywhere }
@media (max-width: 36rem) {
  dl { grid-template-columns: 1fr; gap: 0 }
  dd { margin: 0 0 .5rem }
}
@media print { body { padding: 0 } }
`

/** Of several tests, each site with what was said of it. */
const overview = (title: string, described: ReportDescription[]): string => `<section class="overview">
<h1>${withOctets(title)}</h1>
${list(described.map(({ about, sentence }): Fact => [about[0]?.[1] ?? '', sentence]))}
</section>`

/** `level`: of its headline; those of its parts are one below. */
function article(report: ReportDescription, level: 1 | 2): string {
  const { tone, sentence, explanation, about, findings, attempts } = report
  const part = `h${level + 1}`
  return `<article class="${tone}">
<h${level} class="verdict">${withOctets(sentence)}</h${level}>
<p>${withOctets(explanation)}</p>
${list(about)}
${[...findings.map((one) => finding(one, part)), ...attempts.map((one) => attempt(one, part))].join('\n')}
</article>`
}

function finding({ title, remedy, evidence }: ReportDescription['findings'][number], heading: string): string {
  const seen = evidence.map((line) => `<li>${withOctets(line)}</li>`).join('')
  return `<section>
<${heading}>${withOctets(title)}</${heading}>
<p>${withOctets(remedy)}</p>${seen === '' ? '' : `\n<p class="seen">Seen:</p>\n<ul class="seen">${seen}</ul>`}
</section>`
}

const attempt = ({ title, answer, facts }: ReportDescription['attempts'][number], heading: string): string => `<section>
<${heading}>${withOctets(title)}</${heading}>
<p>${withOctets(answer)}</p>${facts.length === 0 ? '' : `\n${list(facts)}`}
</section>`

const list = (facts: Fact[]): string =>
  `<dl>${facts.map(([name, value]) => `<dt>${withOctets(name)}</dt><dd>${withOctets(value)}</dd>`).join('')}</dl>`

/** A line ends between two octets of a number, never within one. */
const withOctets = (text: string): string =>
  octetsIn(neutralise(text))
    .map((octets) => octets.map(escapeMarkup).join('<wbr>'))
    .join('')

const escaped = (text: string): string => escapeMarkup(neutralise(text))
