import { z } from 'zod'
import type { AskServer } from '#electron/platform/ask-server'
import type { Clock } from '#electron/platform/clock'
import type { IssuerKeys, TokenKeys } from './probe'

const Jwks = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(50) })
type Jwks = z.infer<typeof Jwks>

/** A DNS label (RFC 1123 §2.1), in lower case as Cloudflare writes its issuers. */
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
/** A team's own domain, or its FedRAMP one. Anything else in a token's `iss` is only a claim. */
const teamAddress = new RegExp(`^https://${label}(?:\\.fed)?\\.cloudflareaccess\\.com$`, 'u')

const MAX_BYTES = 256 * 1024
const TIMEOUT_MS = 5_000
/** Access rotates its keys every six weeks; a program that runs for so long has to notice. */
const KEPT_MS = 60 * 60 * 1000

export interface TokenKeyPorts {
  /** Issuer and keys of the running practice site, if any. */
  practice(): Promise<{ issuer: string; jwks: Jwks } | null>
  askServer: AskServer
  clock: Clock
}

/** Keys for checking CF_Authorization; fetched for each team at most once an hour. */
export function createTokenKeys({ practice, askServer, clock }: TokenKeyPorts): TokenKeys {
  const cache = new Map<string, { at: number; answer: Promise<IssuerKeys> }>()

  function cached(team: URL): Promise<IssuerKeys> {
    const now = clock.now().getTime()
    const known = cache.get(team.origin)
    if (known !== undefined && Math.abs(now - known.at) < KEPT_MS) return known.answer
    const answer = fetchKeys(askServer, team)
    cache.set(team.origin, { at: now, answer })
    // Only an answer is kept: the network may be back a moment later.
    void answer.then(({ kind }) => kind !== 'keys' && cache.delete(team.origin))
    return answer
  }

  return {
    async keysFor(issuer) {
      const known = await practice()
      if (known !== null && known.issuer === issuer) return { kind: 'keys', keys: known.jwks.keys }
      const team = teamFrom(issuer)
      return team === null ? { kind: 'unknown' } : cached(team)
    },
  }
}

/** The address of a team, or null for anything else. A label may still be no name at all (`xn--` with nothing behind it). */
function teamFrom(issuer: string): URL | null {
  if (!teamAddress.test(issuer)) return null
  try {
    const url = new URL(issuer)
    return url.origin === issuer ? url : null
  } catch {
    return null
  }
}

/** Never rejects. A redirect leads to another server, and so is no answer. */
async function fetchKeys(askServer: AskServer, team: URL): Promise<IssuerKeys> {
  try {
    const url = new URL('/cdn-cgi/access/certs', team)
    const { status, contentType, bytes } = await askServer({ url, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS })
    if (status !== 200 || !/^application\/(?:[a-z-]+\+)?json\b/iu.test(contentType)) return { kind: 'unreachable' }
    return { kind: 'keys', keys: Jwks.parse(JSON.parse(bytes.toString('utf8'))).keys }
  } catch {
    return { kind: 'unreachable' }
  }
}
