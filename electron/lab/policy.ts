import type { LabPolicy } from '#shared/model/lab'
import type { ClientVerdict } from './verify'

/** `open`: the request goes past Access, to whoever sent it. */
export type Decision = 'let-in' | 'open' | 'login' | 'refuse'

/** Service Auth requires only the certificate, Allow also a login, and Bypass nothing. */
export function decide(policy: LabPolicy, { status, commonName }: ClientVerdict): Decision {
  if (policy.action === 'bypass') return 'open'
  const matches = status === 'SUCCESS' && ruleMatches(policy, commonName)
  if (!matches) return 'refuse'
  return policy.action === 'allow' ? 'login' : 'let-in'
}

function ruleMatches({ rule }: LabPolicy, commonName: string | null): boolean {
  switch (rule.kind) {
    case 'valid-certificate':
      return true
    case 'common-name':
      return commonName !== null && rule.commonNames.includes(commonName)
  }
}
