/** Every error a person can meet. The words and the remedy of each are in `messages.ts`. */
export const errorCodes = [
  // what was asked
  'invalid-input',
  'not-found',
  'ambiguous',
  'busy',
  'cancelled',
  'ticket-expired',
  'foreign-sender',
  'internal',
  // files
  'file-empty',
  'too-large',
  'malformed',
  'unsupported-format',
  'unsupported-algorithm',
  'wrong-password',
  'password-needed',
  'too-many-iterations',
  'nothing-usable',
  'private-key-missing',
  'new-password-needed',
  'file-unreadable',
  'file-not-written',
  // issued certificates
  'no-matching-key',
  'certificate-is-authority',
  'certificate-not-authority',
  'already-issued',
  'already-present',
  // an issuer (CA) of one's own
  'issuer-not-yet-valid',
  'issuer-expired',
  'crl-numbers-used-up',
  'crl-dated-ahead',
  'last-crl-needed',
  // Latchkey's own folder
  'home-not-yours',
  'home-stays-open',
  'home-unusable',
  // the administrator's policy
  'managed',
  'policy-unusable',
  // the journal
  'change-waits',
  // the operating system's certificate stores
  'store-unavailable',
  'store-tool-missing',
  'store-locked',
  'store-cancelled',
  'store-denied',
  'store-password-refused',
  'store-not-confirmed',
  'certificate-still-there',
  'key-not-confirmed',
  'store-failed',
  'trust-withheld',
  'trust-cancelled',
  'key-not-in-vault',
  // the daily check while the window is closed
  'timer-unavailable',
  'timer-failed',
  'login-start-failed',
  // the command-line tool of a Mac
  'command-tool-taken',
  'command-tool-not-here',
  'command-tool-failed',
  // the vault
  'vault-locked',
  'vault-key-lost',
  'vault-damaged',
  'vault-too-new',
  'passphrase-needed',
  'passphrase-wrong',
  'passphrase-weak',
  'keyring-locked',
  // a backup
  'backup-foreign',
  'backup-damaged',
  'backup-too-new',
  'backup-passphrase-wrong',
  // a set-up file
  'setup-damaged',
  'setup-too-new',
  'setup-not-allowed',
  'setup-other-key',
  'setup-unverified',
  // the database
  'database-damaged',
  'database-too-new',
  'disk-full',
  // the connection test
  'address-invalid',
  'browser-mode-unavailable',
  'report-value-gone',
  // a signer elsewhere
  'signer-unreachable',
  'signer-refused',
  'signer-wrong',
  // Cloudflare's API
  'cloudflare-not-connected',
  'cloudflare-token-unusable',
  'cloudflare-token-refused',
  'cloudflare-permission-missing',
  'cloudflare-account-unclear',
  'cloudflare-unreachable',
  'cloudflare-answer-wrong',
  'cloudflare-rate-limited',
  'cloudflare-not-enabled',
  'cloudflare-limit-reached',
  'cloudflare-conflict',
  'cloudflare-not-found',
  'cloudflare-refused',
  'cloudflare-uncertain',
  'cloudflare-plan-outdated',
  // updates of this program
  'update-unreachable',
  'update-untrusted',
  'update-damaged',
  'update-stale',
  'update-failed',
  // the lab
  'lab-not-running',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/**
 * An error that was foreseen. `detail` is for a technically minded reader: it is shown behind "details", may be
 * copied into a ticket, and must therefore never hold a secret, a path inside the vault or a raw stack.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly detail: string | null
  /** A sentence about what had been done before it, and stays done; null where nothing had. It takes the place of "Nothing was changed." */
  readonly done: string | null

  constructor(
    code: ErrorCode,
    detail: string | null = null,
    { done = null, ...options }: { cause?: unknown; done?: string | null } = {},
  ) {
    super(detail === null ? code : `${code}: ${detail}`, options)
    this.name = 'AppError'
    this.code = code
    this.detail = detail
    this.done = done
  }

  /** The same error, which ended something of which a part had been done: `done` is a sentence about that. */
  after(done: string): AppError {
    const all = [done, this.done].filter((sentence) => sentence !== null).join(' ')
    return new AppError(this.code, this.detail, { cause: this, done: all })
  }
}

/** The one check for an expected error; anything else is a bug and is rethrown. */
export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code)
}
