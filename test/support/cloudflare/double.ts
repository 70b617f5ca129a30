import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen } from '../ports'
import type { Context } from './context'
import { readPermissions } from './permissions'
import { absent, noPermission, noSuchPath, type Reply, refusal } from './reply'
import { isAllowed, match } from './routes'
import { account, newWorld, type StoredToken, type World } from './world'

/** What goes wrong with one answer. */
export type Fault =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown }
  /** A network's login page. */
  | { kind: 'html' }
  | { kind: 'truncated' }
  | { kind: 'not-success' }
  /** The connection ends before anything was done, or after everything was. */
  | { kind: 'cut-before' }
  | { kind: 'cut-after' }
  | { kind: 'endless' }

interface Call {
  method: string
  path: string
  query: string
  headers: IncomingMessage['headers']
  body: unknown
  /** Null for a connection that was cut. */
  status: number | null
}

interface Upset {
  method: string
  path: string
  fault: Fault | (() => void)
}

export interface CloudflareDouble {
  /** For `LATCHKEY_CLOUDFLARE_API`. */
  origin: string
  /** For `createCloudflareApi`. */
  base: string
  world: World
  /** Every call, in order. */
  journal: Call[]
  /** A token that may read everything, unless it is told otherwise. */
  addToken(token?: Partial<StoredToken>): string
  /** The next call of this method to a path that ends so fails like this, or is preceded by somebody else's change. */
  upset(method: string, path: string, fault: Fault | (() => void)): void
  /** None of what was arranged so and has not happened yet happens any more. */
  forgetUpsets(): void
  /** Lets time pass, in milliseconds. */
  later(milliseconds: number): void
  stop(): void
}

/** A stand-in for Cloudflare's API: strict, with state, over real HTTP. */
export async function startCloudflareDouble(): Promise<CloudflareDouble> {
  const world = newWorld()
  const journal: Call[] = []
  const upsets: Upset[] = []

  const server = createServer((request, response) => {
    void handle(request, response)
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams, search } = new URL(request.url ?? '', 'http://double')
    const method = request.method ?? ''
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8')
    const body: unknown = text === '' ? undefined : JSON.parse(text)
    const path = pathname.replace(/^\/client\/v4/u, '')
    const call: Call = { method, path, query: search, headers: request.headers, body, status: null }
    journal.push(call)
    const fault = takeUpset(method, path)
    const act = () => answer(world, request, { method, path, query: searchParams, body })
    if (fault === null) call.status = send(response, act())
    else if (fault.kind === 'cut-after') {
      act()
      response.destroy()
    } else if (fault.kind === 'cut-before') response.destroy()
    else call.status = sendFault(response, fault, act)
  }

  function takeUpset(method: string, path: string): Fault | null {
    const index = upsets.findIndex((upset) => upset.method === method && path.endsWith(upset.path))
    const [upset] = index === -1 ? [] : upsets.splice(index, 1)
    if (upset === undefined) return null
    if (typeof upset.fault !== 'function') return upset.fault
    upset.fault()
    return null
  }

  const origin = `http://127.0.0.1:${await listen(server)}`
  return {
    origin,
    base: `${origin}/client/v4`,
    world,
    journal,
    addToken(token = {}) {
      const kind = token.kind ?? 'user'
      const full: StoredToken = {
        token: `${kind === 'user' ? 'cfut' : 'cfat'}_${randomBytes(24).toString('hex')}`,
        id: randomBytes(16).toString('hex'),
        kind,
        status: 'active',
        expiresOn: null,
        permissions: new Set(readPermissions),
        accounts: [account],
        ...token,
      }
      world.tokens.push(full)
      return full.token
    },
    upset: (method, path, fault) => void upsets.push({ method, path, fault }),
    forgetUpsets: () => void upsets.splice(0),
    later: (milliseconds) => {
      world.now += milliseconds
    },
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}

interface Request {
  method: string
  path: string
  query: URLSearchParams
  body: unknown
}

function answer(world: World, { headers }: IncomingMessage, { method, path, query, body }: Request): Reply {
  const given = /^Bearer ([\w-]+)$/u.exec(headers.authorization ?? '')?.[1]
  if (given === undefined)
    return refusal(400, 6003, 'Invalid request headers', {
      error_chain: [{ code: 6103, message: 'Invalid format for X-Auth-Key header' }],
    })
  if (headers['x-auth-key'] !== undefined || headers['x-auth-email'] !== undefined) return noPermission
  if (body !== undefined && headers['content-type'] !== 'application/json')
    return refusal(415, 10005, 'Unsupported media type')
  const token = world.tokens.find((one) => one.token === given)
  if (token === undefined) return refusal(401, 1000, 'Invalid API Token')
  const found = match(method, path)
  if (found === null) return noSuchPath
  const { route, zone: zoneId } = found
  if (token.status !== 'active' && !path.endsWith('/tokens/verify')) return refusal(401, 1000, 'Invalid API Token')
  const zone = world.zones.find(({ id }) => id === zoneId)
  if (zoneId !== null && zone === undefined) return absent('zone')
  const owner = zone?.account ?? found.account ?? account
  if (!token.accounts.includes(owner) || !isAllowed(route, token)) return noPermission
  if (route.isAccess && !world.behaviour.zeroTrust)
    return refusal(403, 9999, 'access.api.error.not_enabled: Access is not enabled')
  const context: Context = { world, token, zone: zoneId, account: owner, ids: found.ids, path, query, body }
  return route.act(context)
}

function send(response: ServerResponse, { status, body }: Reply): number {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(body === undefined ? undefined : JSON.stringify(body))
  return status
}

function sendFault(
  response: ServerResponse,
  fault: Exclude<Fault, { kind: `cut-${string}` }>,
  act: () => Reply,
): number {
  switch (fault.kind) {
    case 'status':
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
      response.end(fault.body === undefined ? '' : JSON.stringify(fault.body))
      return fault.status
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Sign in to Wi-Fi</title></html>')
      return 200
    case 'truncated':
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(act().body).slice(0, -9))
      return 200
    case 'not-success':
      return send(response, { ...refusal(200, 10001, 'Something went wrong'), status: 200 })
    case 'endless':
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write(Buffer.alloc(33 * 1024 * 1024, 0x20))
      response.end()
      return 200
  }
}
