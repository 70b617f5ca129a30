import { compactVerify, createLocalJWKSet, decodeJwt } from 'jose'
import { z } from 'zod'
import type { Clock } from '#electron/platform/clock'
import type { Resolver } from '#electron/platform/resolver'
import { answerKind } from '#shared/logic/test/answer-kind'
import type { ApplicationAnswer, TlsView } from '#shared/model/attempt'
import type { Sha256 } from '#shared/model/ids'
import { bareContext } from './contexts'
import { startDeadline } from './deadline'
import { dial } from './dial'
import { exchange } from './exchange'
import type { Probe, ProbeInput, TokenKeys } from './probe'
import type { Roots } from './roots'
import { secure } from './secure'
import { isKey } from './token'

export interface MetadataDependencies {
  resolver: Resolver
  clock: Clock
  tokenKeys: TokenKeys
  /** What servers are trusted by. */
  roots: () => Roots
}

/**
 * A probe that asks one question more where an attempt without a certificate gets in: does an Access application cover this
 * address? Whatever becomes of the question, the test stays as it was.
 */
export function withApplicationAnswer(probe: Probe, dependencies: MetadataDependencies): Probe {
  return {
    async test(input) {
      const result = await probe.test(input)
      const { attempt } = result.without
      if (answerKind(attempt, input.host) !== 'success' || !isBelieved(attempt.tls?.trust)) return result
      const believedKey = attempt.tls?.chain[0]?.keySha256 ?? null
      const application = await askApplication(input, believedKey, dependencies).catch(() => null)
      const access = { ...attempt.access, application, seen: attempt.access.seen || application === 'proven' }
      return { ...result, without: { ...result.without, attempt: { ...attempt, access } } }
    },
  }
}

const isBelieved = (trust: TlsView['trust'] | undefined) => trust === 'trusted' || trust === 'pinned'

/** The question is small; one that takes longer is not worth waiting for. */
const limitMs = 5_000
const requestHeader = { 'cf-access-metadata-request': 'true' }
const answerHeader = 'cf-access-metadata'

/**
 * HEAD with `cf-access-metadata-request`, without certificate or redirects, over a connection of its own: Access answers
 * with a signed token that names the application (as cloudflared asks it). Null: no answer, or from a server that nobody
 * vouches for. One with `believedKey` is the server of the test: a browser's engine may have trusted it by a root that only
 * it reads (the Keychain, Windows' store, an NSS database).
 */
async function askApplication(
  { host, extraRoots, proxy, family, timeoutMs, signal }: ProbeInput,
  believedKey: Sha256 | null,
  { resolver, clock, tokenKeys, roots }: MetadataDependencies,
): Promise<ApplicationAnswer | null> {
  const limit = Math.min(timeoutMs, limitMs)
  const dialled = await dial({ host, proxy, family, resolver, timeoutMs: limit, signal })
  if (!dialled.ok) return null
  const { tls, ready, met } = secure({
    socket: dialled.socket,
    hostname: host.hostname,
    pinnedKey: believedKey ?? host.pinnedKey,
    context: bareContext(roots(), extraRoots),
    presenting: false,
    known: null,
    protocols: ['http/1.1'],
    roots: [...roots().certificates, ...extraRoots],
    rootLists: roots().lists,
    remoteAddress: dialled.address,
    now: clock.now(),
  })
  const deadline = startDeadline(limit, signal)
  const ask = async () => {
    await ready
    if (!isBelieved(met().trust)) return null
    const { answer } = await exchange(tls, host, { method: 'HEAD', headers: requestHeader })
    const token = answer.headers.find(({ name }) => name === answerHeader)?.value
    return token === undefined ? 'none' : await weigh(token, host.hostname, tokenKeys)
  }
  const asked = ask()
  // After the time limit it rejects, but nothing awaits it by then.
  asked.catch(() => undefined)
  try {
    return await Promise.race([asked, deadline.passed.then(() => null)])
  } finally {
    deadline.end()
    tls.destroy()
    dialled.socket.destroy()
  }
}

const Match = z.object({ type: z.literal('match'), hostname: z.string(), auth_domain: z.string() })

/** Worth something only when the team it names signed it for this very name. */
async function weigh(token: string, hostname: string, tokenKeys: TokenKeys): Promise<ApplicationAnswer> {
  try {
    const claimed = Match.parse(decodeJwt(token))
    const keys = await tokenKeys.keysFor(`https://${claimed.auth_domain}`)
    if (keys.kind !== 'keys' || claimed.hostname !== hostname) return 'claimed'
    await compactVerify(token, createLocalJWKSet({ keys: keys.keys.filter(isKey) }), { algorithms: ['RS256'] })
    return 'proven'
  } catch {
    return 'claimed'
  }
}
