import { get } from 'node:https'
import { z } from 'zod'
import type { TokenKeys } from './probe'

const Jwks = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(50) })
type Jwks = z.infer<typeof Jwks>

/** Only a team's own domain; anything else in a token's `iss` is somebody's wish. */
const teamIssuer = /^https:\/\/[a-z0-9][a-z0-9-]{0,62}\.cloudflareaccess\.com$/u

const answerLimit = 256 * 1024
const timeoutMs = 5_000

export type KnownPractice = () => Promise<{ issuer: string; jwks: Jwks } | null>

/** Keys for checking CF_Authorization; fetched once for each team while the program runs. Null: none, or not reachable. */
export function createTokenKeys(practice: KnownPractice): TokenKeys {
  const cache = new Map<string, Promise<Jwks | null>>()
  return {
    async keysFor(issuer) {
      const known = await practice()
      if (known !== null && known.issuer === issuer) return known.jwks
      if (!teamIssuer.test(issuer)) return null
      const fetched = cache.get(issuer) ?? fetchKeys(`${issuer}/cdn-cgi/access/certs`)
      cache.set(issuer, fetched)
      const keys = await fetched
      if (keys === null) cache.delete(issuer)
      return keys
    },
  }
}

function fetchKeys(url: string): Promise<Jwks | null> {
  return new Promise((resolve) => {
    const request = get(url, (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > answerLimit) request.destroy()
        else chunks.push(chunk)
      })
      response.on('end', () =>
        resolve(response.statusCode === 200 ? parse(Buffer.concat(chunks).toString('utf8')) : null),
      )
    })
    // For everything together: a server that sends a byte now and then would never be idle.
    const timer = setTimeout(() => request.destroy(), timeoutMs)
    request.on('error', () => resolve(null))
    request.on('close', () => {
      clearTimeout(timer)
      resolve(null)
    })
  })
}

function parse(text: string): Jwks | null {
  try {
    return Jwks.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
