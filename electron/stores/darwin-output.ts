import type { CommandResult } from '#electron/platform/run'
import { AppError } from '#shared/errors'

/** `security -i` reads lines of at most this many bytes and silently cuts longer ones. */
const lineLimit = 4096
const argumentLimit = 32

/**
 * One line for `security -q -i`: every argument in double quotes, `\` and `"` escaped, newline at the end (a last line
 * without one is dropped). Source: Security, SecurityTool/macOS/security.c, `split_line`.
 */
export function interactiveLine(words: readonly string[]): string {
  const line = `${words.map(quote).join(' ')}\n`
  if (
    words.length > argumentLimit ||
    Buffer.byteLength(line) >= lineLimit ||
    words.some((word) => /[\r\n\0]/u.test(word))
  ) {
    throw new AppError('store-failed', 'The command for the Keychain is too long.')
  }
  return line
}

function quote(word: string): string {
  return `"${word.replace(/["\\]/gu, '\\$&')}"`
}

/** Parses `security find-identity`: SHA-1 of each certificate that has its private key, lower-case hex. */
export function parseIdentities(stdout: string): Set<string> {
  const found = stdout.split('\n').flatMap((line) => /^\s*\d+\)\s+([0-9A-F]{40})\s/u.exec(line)?.[1] ?? [])
  return new Set(found.map((sha1) => sha1.toLowerCase()))
}

/**
 * Parses `security find-key`: the label (attribute 6, kSecKeyLabel: SHA-1 of the public key) of each key, lower-case hex.
 * Bytes that all happen to be printable stand in quotes (keychain_utilities.c, print_buffer).
 */
export function parseKeyLabels(stdout: string): Set<string> {
  const found = stdout.split('\n').flatMap((line) => {
    const [, hex, text] = /^\s*0x00000006 <blob>=(?:0x([0-9A-F]{40})\b|"(.{20})"$)/u.exec(line) ?? []
    return hex?.toLowerCase() ?? (text === undefined ? [] : Buffer.from(text, 'latin1').toString('hex'))
  })
  return new Set(found)
}

/**
 * Parses the property list of `security trust-settings-export`: SHA-1 (lower-case hex) of each certificate that the user
 * trusts. An entry that says "deny" (result 3) is a setting, but no trust.
 */
export function parseTrusted(plist: string): Set<string> {
  const [, ...entries] = plist.split(/<key>(?=[0-9A-F]{40}<\/key>)/u)
  const trusted = entries.filter((entry) => !/<key>kSecTrustSettingsResult<\/key>\s*<integer>3<\/integer>/u.test(entry))
  return new Set(trusted.map((entry) => entry.slice(0, 40).toLowerCase()))
}

/** Exit codes of `security` that are a truncated OSStatus (`status & 0xff`). */
const status = { notFound: 44, duplicate: 45, interactionNotAllowed: 36, cancelled: 128, authorizationFailed: 51 }

/** What `security` says ↔ our codes. Only the last line goes into the detail; it holds no secret, since `-v` is never used. */
export function darwinFailure(action: string, finished: CommandResult): AppError {
  const { exitCode, stderr } = finished
  const detail = `security ${action} ended with ${exitCode}: ${stderr.trim().split('\n').at(-1)?.slice(0, 200) ?? ''}`
  if (
    action === 'import' &&
    /MAC verification failed|-25264|-25293|passphrase you entered is not correct/u.test(stderr)
  ) {
    return new AppError('store-password-refused', detail)
  }
  if (stderr.includes('The authorization was canceled by the user')) return new AppError('trust-cancelled', detail)
  if (stderr.includes('no user interaction was possible')) return new AppError('store-denied', detail)
  if (exitCode === status.cancelled || /-128\b|User canceled/u.test(stderr))
    return new AppError('store-cancelled', detail)
  if (exitCode === status.interactionNotAllowed || /-25308|User interaction is not allowed/u.test(stderr)) {
    return new AppError('store-locked', detail)
  }
  if (exitCode === status.authorizationFailed) return new AppError('store-denied', detail)
  if (/-25294|keychain could not be found/u.test(stderr)) return new AppError('store-unavailable', detail)
  return new AppError('store-failed', detail)
}

/** "Already there" and "no longer there" are what was asked for. */
export function isAlreadyThere({ exitCode, stderr }: CommandResult): boolean {
  return exitCode === status.duplicate || stderr.includes('already exists in the keychain')
}

export function isNotThere({ exitCode, stderr }: CommandResult): boolean {
  const saysSo = /No Trust Settings were found|Unable to delete certificate matching|specified item could not be found/u
  return exitCode === status.notFound || saysSo.test(stderr)
}
