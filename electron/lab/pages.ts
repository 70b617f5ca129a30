import { escapeMarkup } from '#shared/logic/markup'
import type { ClientVerdict } from './verify'

// Whatever is shown is escaped: names come from certificates, which anyone can create.

/** The pages run no scripts and load nothing. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const

const page = (title: string, body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>
body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:10vh auto;padding:0 1.5rem;color:#222;background:#fff}
h1{font-size:1.5rem}dt{color:#666;font-size:.85rem}dd{margin:0 0 .75rem;word-break:break-all}footer{color:#666;font-size:.85rem;margin-top:3rem}
@media(prefers-color-scheme:dark){body{color:#eee;background:#1b1b1f}dt,footer{color:#aaa}}
</style></head><body>${body}<footer>This is Latchkey’s practice site, running on your own computer.</footer></body></html>`

export interface RefusalFacts {
  status: number
  audience: string
  rayId: string
  verified: ClientVerdict
}

/** The block page, with the wording of Access that people search for. */
export function refusalPage({ status, audience, rayId, verified }: RefusalFacts): string {
  return page(
    'Error ・ Cloudflare Access',
    `<h1>Error – Cloudflare Access</h1><p>Forbidden. You don’t have permission to view this.</p><dl>
<dt>Status</dt><dd>${status}</dd><dt>Ray ID</dt><dd>${escapeMarkup(rayId)}</dd><dt>AUD</dt><dd>${audience}</dd>
<dt>Certificate</dt><dd>MTLS Status: ${escapeMarkup(verified.status)}</dd></dl>`,
  )
}

/** The body for API clients, in the format of Access. */
export function refusalJson({ status, audience, rayId }: RefusalFacts): string {
  const message = "Forbidden. You don't have permission to view this. Please contact your system administrator."
  return JSON.stringify({ message, status_code: status, aud: audience, ray_id: rayId })
}

export function loginPage(): string {
  return page(
    'Sign in',
    '<h1>Sign in</h1><p>A real site would now ask you to sign in. Your certificate was accepted.</p>',
  )
}

/** What the protected application sees: the visitor and the headers that were forwarded. */
export function originPage(commonName: string | null, forwarded: Record<string, string>): string {
  const rows = Object.entries(forwarded).map(
    ([name, value]) => `<dt>${escapeMarkup(name)}</dt><dd>${escapeMarkup(value)}</dd>`,
  )
  return page(
    'You are in',
    `<h1>You are in${commonName === null ? '' : `, ${escapeMarkup(commonName)}`}.</h1><p>This is the protected application. It received:</p><dl>${rows.join('')}</dl>`,
  )
}
