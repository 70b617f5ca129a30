import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol } from 'electron'
import { ownOrigin } from './page-address'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

export function serveApp(folder: string): void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url)
    const path = fileFor(folder, url)
    const type = path === null ? undefined : types[extname(path)]
    if (request.method !== 'GET' || path === null || type === undefined) return new Response(null, { status: 404 })
    try {
      return respond(await readFile(path), type)
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}

/** The file inside `folder`, or null for anything that points out of it. */
function fileFor(folder: string, url: URL): string | null {
  if (url.host !== ownOrigin.host) return null
  const path = normalize(join(folder, decodeURIComponent(url.pathname)))
  return path.startsWith(folder + sep) ? path : null
}

/** A nonce for each response: Mantine's style elements carry it, nobody else's run. */
function respond(content: Buffer, type: string): Response {
  const nonce = randomBytes(16).toString('base64')
  const body = type.startsWith('text/html') ? content.toString('utf8').replaceAll('__CSP_NONCE__', nonce) : content
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-security-policy': policy(nonce),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    },
  })
}

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
