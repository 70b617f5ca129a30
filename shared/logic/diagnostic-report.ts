import type { Diagnostics } from '../model/diagnostics'

/** As it is pasted into a mail or an issue. */
export function diagnosticReport({ version, runtime, system, vault, stores, policy, records }: Diagnostics): string {
  const { electron, chromium, node, isTrial } = runtime
  const parts = [
    ...(electron === null ? [] : [`Electron ${electron}`, `Chromium ${chromium ?? 'unknown'}`]),
    `Node ${node}`,
    ...(isTrial ? ['trial runtime'] : []),
  ]
  return [
    `Latchkey ${version}, ${parts.join(', ')}`,
    `System: ${system.platform} ${system.release}, ${system.architecture}`,
    `Keys: ${'failed' in vault ? vault.failed : vaultLine(vault)}`,
    `Records: ${'failed' in records ? records.failed : `certificates ${records.certificates}, sites ${records.sites}, issuers ${records.issuers}`}`,
    `Policy: ${policy.kind === 'unusable' ? `cannot be used. ${policy.why}` : policy.kind}`,
    ...stores.map(
      ({ kind, readBy, present, problem }) =>
        `Store: ${kind} (${readBy.join(', ') || 'no browser'}), ${problem ?? (present ? 'ready' : 'not created yet')}`,
    ),
  ].join('\n')
}

function vaultLine(vault: Exclude<Diagnostics['vault'], { failed: unknown }>): string {
  const passphrase = vault.hasPassphrase ? 'with a passphrase' : 'without a passphrase'
  const locked = vault.lockedOnPurpose ? ' by hand or after idle time' : ''
  return `${vault.state}${locked}, ${vault.sealedFiles} sealed, kept in ${vault.keptIn}, keyring ${vault.keyring}, ${passphrase}`
}
