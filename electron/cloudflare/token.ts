import { AppError } from '#shared/errors'

/** Whose token it is. Tokens from before the prefixes do not say. */
export type TokenKind = 'user' | 'account' | 'unmarked'

const dashboard = 'https://dash.cloudflare.com'

/**
 * A token as somebody pasted it, and its kind (developers.cloudflare.com/fundamentals/api/get-started/token-formats). Errors:
 * `cloudflare-token-unusable` for everything else that Cloudflare calls a key, before it is sent anywhere.
 */
export function readToken(text: string): { token: string; kind: TokenKind } {
  const token = text.trim().replace(/^Bearer\s+/iu, '')
  const refuse = (why: string) => new AppError('cloudflare-token-unusable', why)
  if (token.startsWith('cfk_') || /^[0-9a-f]{37}$/u.test(token)) throw refuse('This is a global API key.')
  if (token.startsWith('v1.0-')) throw refuse('This is an Origin CA key.')
  if (token === '') throw refuse('It is empty.')
  if (!/^[\w-]{30,200}$/u.test(token)) throw refuse('It does not have the form of an API token.')
  if (token.startsWith('cfut_')) return { token, kind: 'user' }
  return { token, kind: token.startsWith('cfat_') ? 'account' : 'unmarked' }
}

/** Where the dashboard lists such tokens and their permissions. */
export const tokenPage = (kind: TokenKind, account: string | null): string =>
  kind === 'account' && account !== null ? `${dashboard}/${account}/api-tokens` : `${dashboard}/profile/api-tokens`
