import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Client, type NodeOptions, startNode } from '../support/servers/node'
import { welcome } from '../support/servers/server'
import type { ScenarioPki } from './pki'
import type { StartServer } from './scenario'

/** Sites of Node's, which answer whatever a scenario needs. */

export interface Page {
  status: number
  headers?: Record<string, string | string[]>
  body?: string
}

export type Answer = (request: IncomingMessage, response: ServerResponse, client: Client) => void

type Changes = Partial<NodeOptions> | ((pki: ScenarioPki) => Partial<NodeOptions>)

/** A site that asks for a certificate without insisting, unless told otherwise. */
export const site =
  (answer: Answer, changes: Changes = {}): StartServer =>
  (pki) =>
    startNode(
      {
        identity: pki.server.usual,
        clientAuth: 'optional',
        clientCa: pki.clientCa,
        ...(typeof changes === 'function' ? changes(pki) : changes),
      },
      answer,
    )

/** Never asks for a certificate. */
export const open = { clientAuth: 'none' } as const
/** Asks without saying whose it takes. */
export const noList = { withoutList: true } as const

export function send(response: ServerResponse, { status, headers = {}, body = '' }: Page): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body)
}

/** The same page for everybody. */
export const always =
  (page: Page): Answer =>
  (_request, response) =>
    send(response, page)

/** One page for those who show a certificate, whatever it is, and another for the rest. */
export const gate =
  (withCertificate: Page | Answer, without: Page | Answer = forbidden): Answer =>
  (request, response, client) => {
    const answer = client.sent ? withCertificate : without
    if (typeof answer === 'function') answer(request, response, client)
    else send(response, answer)
  }

export const inside: Page = { status: 200, body: `<h1>${welcome}</h1>` }
export const forbidden: Page = { status: 403, body: '<h1>Forbidden</h1>' }

/** What only Cloudflare's edge sends. */
export const cloudflare = { server: 'cloudflare', 'cf-ray': '8c1e0f3a2b1c4d5e-LHR' }
export const audience = 'b9c1f0d2e3a4958677665544332211ffeeddccbbaa99887766554433221100aa'
export const team = 'latchkey-scenarios.cloudflareaccess.com'

/** Access' page for people, in the words of the reference. */
export const accessPage = (mtlsStatus: string, status = 403): Page => ({
  status,
  headers: cloudflare,
  body: `<!doctype html><html><head><title>Error ・ Cloudflare Access</title></head><body>
<h1>Error – Cloudflare Access</h1><h2>Forbidden</h2><p>You don't have permission to view this. Please contact your system administrator.</p>
<dl><dt>Status</dt><dd>${status}</dd><dt>Ray ID</dt><dd>8c1e0f3a2b1c4d5e</dd><dt>AUD</dt><dd>${audience}</dd></dl>
<p>MTLS Status: ${mtlsStatus}</p></body></html>`,
})

/** Access' answer to programs, which says nothing about certificates. */
export const accessJson = (status = 403): Page => ({
  status,
  headers: { ...cloudflare, 'content-type': 'application/json' },
  body: JSON.stringify({
    message: "Forbidden. You don't have permission to view this. Please contact your system administrator.",
    status_code: status,
    aud: audience,
    ray_id: '8c1e0f3a2b1c4d5e',
  }),
})

export const accessLogin = (host = team): Page => ({
  status: 302,
  headers: {
    ...cloudflare,
    location: `https://${host}/cdn-cgi/access/login/access.latchkey.localhost?kid=${audience}&redirect_url=%2F`,
  },
})

/** The edge's own answer to programs: "error code: 1010". */
export const edgeError = (code: number, status = 403): Page => ({
  status,
  headers: { ...cloudflare, 'content-type': 'text/plain; charset=UTF-8' },
  body: `error code: ${code}`,
})

/** What the edge shows to people; `title` is the line that people search for. */
export const edgePage = (status: number, title: string, headers: Record<string, string> = {}): Page => ({
  status,
  headers: { ...cloudflare, ...headers },
  body: `<!DOCTYPE html><html lang="en-US"><head><title>${title} | access.latchkey.localhost | Cloudflare</title></head><body>
<h1>${title}</h1><p>Performance &amp; security by Cloudflare</p><p>Cloudflare Ray ID: 8c1e0f3a2b1c4d5e</p></body></html>`,
})

export const redirect = (location: string, status = 302): Page => ({ status, headers: { location } })

/** Each of its answers has a date that is so many days away from this computer's clock at that moment. */
export const dated = (page: Page, days: number): Page => ({
  ...page,
  get headers() {
    return { ...page.headers, date: new Date(Date.now() + days * 86_400_000).toUTCString() }
  },
})
