import { AppError, isAppError } from '#shared/errors'
import { AccountId } from '#shared/model/access-account'
import type { AccountAnswer, TokenAnswer } from './answers/accounts'
import type { CloudflareApi } from './api'
import type { TokenKind } from './token'

interface AccountChoice {
  id: AccountId
  /** As the API calls it; the id where the token may not read the name. */
  name: string
}

/** What Cloudflare confirms about a token. Its permissions only show when it is used. */
export interface VerifiedToken {
  kind: Exclude<TokenKind, 'unmarked'>
  /** As the API writes it; null for one without an end. */
  expiresOn: string | null
  account: AccountChoice
}

/**
 * Verifies a token and finds the account it is for. `wanted` is the id or the exact name of an account; it may be null where
 * the token sees only one. A token without a prefix is tried as a user's first.
 * Errors: `cloudflare-token-refused`, `cloudflare-account-unclear`, and those of the API.
 */
export async function connect(api: CloudflareApi, kind: TokenKind, wanted: string | null): Promise<VerifiedToken> {
  const asUser = kind === 'account' ? null : await verifyAsUser(api, kind)
  if (asUser !== null) requireActive(asUser)
  const account = chooseAccount(await visibleAccounts(api), wanted)
  if (asUser !== null) return { kind: 'user', expiresOn: asUser.expires_on ?? null, account }
  const asAccount = await api.verifyAccountToken(account.id)
  requireActive(asAccount)
  return { kind: 'account', expiresOn: asAccount.expires_on ?? null, account }
}

/** One that was disabled or has expired is still known. */
function requireActive({ status }: TokenAnswer): void {
  if (status !== 'active') throw new AppError('cloudflare-token-refused', `The token is ${status}.`)
}

/** Null for a token that may be an account's: the user's endpoint knows only those of users. */
async function verifyAsUser(api: CloudflareApi, kind: TokenKind): Promise<TokenAnswer | null> {
  try {
    return await api.verifyUserToken()
  } catch (error) {
    if (kind === 'unmarked' && isAppError(error, 'cloudflare-token-refused')) return null
    throw error
  }
}

/** Null where the API does not tell; tokens of accounts were seen to be refused here (HTTP status 400, code 1001). */
async function visibleAccounts(api: CloudflareApi): Promise<AccountAnswer[] | null> {
  try {
    return await api.accounts()
  } catch (error) {
    if (isAppError(error, 'cloudflare-refused') || isAppError(error, 'cloudflare-permission-missing')) return null
    throw error
  }
}

function chooseAccount(visible: AccountAnswer[] | null, wanted: string | null): AccountChoice {
  const unclear = (why: string) => new AppError('cloudflare-account-unclear', why)
  if (visible === null || visible.length === 0) return accountNamed(wanted, unclear)
  const names = visible.map(({ id, name }) => `“${name}” (${id})`).join(', ')
  const fitting = wanted === null ? visible : visible.filter(({ id, name }) => id === wanted || name === wanted)
  const [only, ...others] = fitting
  if (only === undefined) throw unclear(`The token does not see “${wanted}”, but ${names}.`)
  if (others.length > 0) throw unclear(`The token sees ${names}.`)
  return { id: only.id, name: only.name }
}

/** Known by its id alone, since its name could not be read. */
function accountNamed(wanted: string | null, unclear: (why: string) => AppError): AccountChoice {
  if (wanted === null) throw unclear('The token does not show its account. Specify the account ID.')
  if (!/^[0-9a-f]{32}$/u.test(wanted))
    throw unclear(`The token does not show account names. Specify the account ID in place of “${wanted}”.`)
  return { id: AccountId.parse(wanted), name: wanted }
}
