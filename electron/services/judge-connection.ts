import type { ProbeIdentity } from '#electron/probe/probe'
import { isAppError } from '#shared/errors'
import { issuerNames } from '#shared/logic/test/facts'
import type { AccountFacts, TestInput } from '#shared/logic/test/input'
import { judgeTest } from '#shared/logic/test/judge'

interface AccountQuestion {
  /** What a Cloudflare account says of a visit with these certificates (DER); null without one, or where none was read. */
  account: ((certificates: Uint8Array[] | null) => Promise<AccountFacts | null>) | null
  identity: { presented: Pick<ProbeIdentity, 'certificates'> } | null
}

/**
 * The judgement of a test. The account is only asked where the certificate was not let in, and never makes a test fail.
 */
export async function judgeWithAccount(seen: Omit<TestInput, 'account'>, { account, identity }: AccountQuestion) {
  const ownIssuers = seen.identity === null ? [] : issuerNames(seen.identity)
  const alone = judgeTest({ ...seen, account: null })
  if (account === null || identity === null || alone.verdict.tone === 'good') return { ...alone, ownIssuers }
  const known = await account(identity.presented.certificates).catch((error: unknown) => {
    if (isAppError(error)) return null
    throw error
  })
  return { ...(known === null ? alone : judgeTest({ ...seen, account: known })), ownIssuers }
}
