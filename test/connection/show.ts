import type { Attempt } from '#shared/model/attempt'
import type { ProbeReport } from '#shared/model/probe'
import type { Scenario } from './scenario'

/** With LATCHKEY_SHOW=1, what both attempts of each scenario came to. */
export function show({ name }: Scenario, { without, with: presented }: ProbeReport): void {
  if (process.env['LATCHKEY_SHOW'] !== '1') return
  const lines = [`without: ${wordsFor(without)}`, `with:    ${wordsFor(presented)}`]
  process.stdout.write(`${name}\n  ${lines.join('\n  ')}\n`)
}

function wordsFor(attempt: Attempt | null): string {
  if (attempt === null) return 'not tried'
  const { outcome, tls, access } = attempt
  const words =
    outcome.kind === 'answered'
      ? `${outcome.status} ${JSON.stringify(outcome.body.replace(/\s+/gu, ' ').slice(0, 60))}`
      : `${outcome.reason} (${outcome.detail}, ${outcome.phase}, ${outcome.firstBytes})`
  const handshake =
    tls === null
      ? 'no TLS'
      : `${tls.version} ${tls.trust} asked ${tls.asked} (${tls.acceptableIssuers.length} issuers) sent ${tls.sent} alert ${tls.alert} ${tls.trustReason}`
  return `${words} · ${handshake} · ${access.mtlsStatus ?? 'no MTLS status'}`
}
