import type { LabPolicy } from '#shared/model/lab'
import type { VerdictKind } from '#shared/model/probe'

/** What a test of the practice site must come to under its rule, for a certificate with this Common Name. */
export function expectedVerdicts({ action, rule }: LabPolicy, commonName: string): VerdictKind[] {
  if (action === 'bypass') return ['open-to-everyone']
  const matches = rule.kind === 'valid-certificate' || rule.commonNames.includes(commonName)
  if (!matches) return ['refused-although-verified', 'refused']
  return action === 'allow' ? ['login-next'] : ['let-in']
}
