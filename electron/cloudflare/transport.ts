import type { AskServer } from '#electron/platform/ask-server'

/** Longer than 1,000 applications with everything in them. */
const MAX_BYTES = 32 * 1024 * 1024
const TIMEOUT_MS = 60_000

const methods = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'] as const

/**
 * The SDK's `fetch`: one request on a connection of its own. Nothing is retried, no redirect is followed, and no header of the
 * SDK is sent on: it takes some from the environment (`CLOUDFLARE_CUSTOM_HEADERS`, `CLOUDFLARE_API_KEY`), and those could
 * replace the token or travel beside it. The SDK therefore never sees the token. Rejects with the reason in words.
 */
export function createTransport({ askServer, token }: { askServer: AskServer; token: string }): typeof fetch {
  return async (input, init = {}) => {
    const { bytes, status, contentType, retryAfter } = await askServer({
      url: new URL(String(input)),
      method: methodOf(init),
      headers: { accept: 'application/json', authorization: `Bearer ${token}`, 'user-agent': 'latchkey' },
      body: bodyOf(init),
      maxBytes: MAX_BYTES,
      timeoutMs: TIMEOUT_MS,
      signal: init.signal ?? undefined,
    })
    const headers = { 'content-type': contentType, 'retry-after': retryAfter }
    // A response with one of these must not have a body (Fetch Standard, "null body status").
    const isEmpty = status === 204 || status === 205 || status === 304
    return new Response(isEmpty ? null : new Uint8Array(bytes), { status, headers })
  }
}

function methodOf({ method = 'GET' }: RequestInit): (typeof methods)[number] {
  const known = methods.find((name) => name === method.toUpperCase())
  if (known === undefined) throw new Error(`The API has no method ${method}.`)
  return known
}

function bodyOf({ body = null }: RequestInit): { type: string; bytes: Uint8Array } | undefined {
  if (body === null) return undefined
  if (typeof body !== 'string') throw new Error('Only JSON is sent.')
  return { type: 'application/json', bytes: Buffer.from(body) }
}
