import type { ProbeResult } from '#electron/probe/probe'
import type { Attempt } from '#shared/model/probe'
import type { Scenario } from './scenario'

/** With LATCHKEY_SHOW=1, what both attempts of each scenario came to. */
export function show({ name }: Scenario, { without, with: presented }: ProbeResult): void {
  if (process.env['LATCHKEY_SHOW'] !== '1') return
  const lines = [`without: ${wordsFor(without.attempt)}`, `with:    ${wordsFor(presented?.attempt ?? null)}`]
  process.stdout.write(`${name}\n  ${lines.join('\n  ')}\n`)
}

function wordsFor(attempt: Attempt | null): string {
  if (attempt === null) return 'not tried'
  const { outcome, tls, access } = attempt
  const words =
    outcome.kind === 'answered'
      ? `${outcome.status} ${JSON.stringify(outcome.body.replace(/\s+/gu, ' ').slice(0, 60))}`
      : `${outcome.reason} (${outcome.detail})`
  const handshake =
    tls === null
      ? 'no TLS'
      : `${tls.version} ${tls.trust} asked ${tls.asked} (${tls.acceptableIssuers.length} issuers) sent ${tls.sent}`
  return `${words} · ${handshake} · ${access.mtlsStatus ?? 'no MTLS status'}`
}
