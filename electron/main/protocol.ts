import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { pageFile, pageHeaders } from './page-files'

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

export function serveApp(folder: string): void {
  protocol.handle('app', async (request) => {
    const file = request.method === 'GET' ? pageFile(folder, new URL(request.url)) : null
    if (file === null) return new Response(null, { status: 404 })
    try {
      return respond(await readFile(file.path), file.type)
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}

/** A nonce for each response. */
function respond(content: Buffer, type: string): Response {
  const nonce = randomBytes(16).toString('base64')
  const body = type.startsWith('text/html') ? content.toString('utf8').replaceAll('__CSP_NONCE__', nonce) : content
  return new Response(body, { headers: pageHeaders(type, nonce) })
}
