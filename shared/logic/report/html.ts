import type { ProbeReport } from '../../model/probe'
import { neutralise } from '../neutralise'
import { describeReport, type Fact, type ReportDescription } from './describe'

/**
 * Reports as one page that needs nothing else: no script, no link and no picture, which its own policy forbids, too. Every
 * text is escaped, also that of certificates and servers.
 */
export function reportHtml(reports: ProbeReport[]): string {
  const described = reports.map(describeReport)
  const [first] = described
  const title = first === undefined || described.length > 1 ? 'Connection tests' : first.sentence
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
${described.map(article).join('\n')}
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
article + article { border-top: 2px solid var(--line); margin-top: 3rem; padding-top: 2rem }
h1, h2 { line-height: 1.25; margin: 1.5rem 0 .5rem }
h1 { font-size: 1.5rem }
h2 { font-size: 1.125rem }
.good h1 { color: var(--good) }
.attention h1 { color: var(--attention) }
.bad h1 { color: var(--bad) }
.neutral h1 { color: var(--neutral) }
p { margin: .25rem 0 }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .25rem 1rem; margin: .75rem 0 }
dt, .seen { color: var(--soft) }
dd { margin: 0 }
dd, h1, h2, p, li { overflow-wrap: anywhere }
@media print { body { padding: 0 } }
`

function article({ tone, sentence, explanation, about, findings, attempts }: ReportDescription): string {
  return `<article class="${tone}">
<h1>${escaped(sentence)}</h1>
<p>${escaped(explanation)}</p>
${list(about)}
${[...findings.map(finding), ...attempts.map(attempt)].join('\n')}
</article>`
}

function finding({ title, remedy, evidence }: ReportDescription['findings'][number]): string {
  const seen = evidence.map((line) => `<li>${escaped(line)}</li>`).join('')
  return `<section>
<h2>${escaped(title)}</h2>
<p>${escaped(remedy)}</p>${seen === '' ? '' : `\n<p class="seen">Seen:</p>\n<ul class="seen">${seen}</ul>`}
</section>`
}

const attempt = ({ title, answer, facts }: ReportDescription['attempts'][number]): string => `<section>
<h2>${escaped(title)}</h2>
<p>${escaped(answer)}</p>${facts.length === 0 ? '' : `\n${list(facts)}`}
</section>`

const list = (facts: Fact[]): string =>
  `<dl>${facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escaped = (text: string): string =>
  neutralise(text).replace(/[&<>"']/gu, (character) => entities[character] ?? character)
