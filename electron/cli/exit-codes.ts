import type { ErrorCode } from '#shared/errors'

/** 0 fine, 1 a negative verdict or a finding, 2 wrong usage, 3 something is unreachable or unavailable. */
export const exitCodes = { fine: 0, negative: 1, usage: 2, unavailable: 3 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

const usage: ReadonlySet<ErrorCode> = new Set([
  'invalid-input',
  'not-found',
  'ambiguous',
  'address-invalid',
  'passphrase-weak',
  'issuer-not-yet-valid',
  'issuer-expired',
  'crl-numbers-used-up',
  'crl-dated-ahead',
  'last-crl-needed',
  'change-waits',
  'cloudflare-token-unusable',
  'cloudflare-account-unclear',
])

const unavailable: ReadonlySet<ErrorCode> = new Set([
  'busy',
  'managed',
  'policy-unusable',
  'store-unavailable',
  'store-tool-missing',
  'store-locked',
  'vault-locked',
  'vault-key-lost',
  'vault-too-new',
  'backup-too-new',
  'setup-too-new',
  'passphrase-needed',
  'keyring-locked',
  'browser-mode-unavailable',
  'lab-not-running',
  'signer-unreachable',
  'cloudflare-not-connected',
  'cloudflare-token-refused',
  'cloudflare-permission-missing',
  'cloudflare-unreachable',
  'cloudflare-answer-wrong',
  'cloudflare-rate-limited',
  'cloudflare-not-enabled',
  'cloudflare-limit-reached',
  'cloudflare-conflict',
  'cloudflare-not-found',
  'cloudflare-refused',
  'cloudflare-uncertain',
  'database-damaged',
  'database-too-new',
  'disk-full',
  'home-not-yours',
  'home-stays-open',
  'home-unusable',
  'file-unreadable',
  'file-not-written',
])

export function exitCodeOf(code: ErrorCode): ExitCode {
  if (usage.has(code)) return exitCodes.usage
  return unavailable.has(code) ? exitCodes.unavailable : exitCodes.negative
}
