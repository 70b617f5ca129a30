import type { LabScenario } from '#shared/model/lab-scenario'
import { labHostname } from '../pki'
import type { Page, Scenario } from './scenario'

const page = (status: number, title: string, headers: Record<string, string> = {}): Page => ({
  status,
  headers,
  body: `<h1>${title}</h1>`,
})
const forEveryone = (reply: Page): Scenario => ({ everyone: () => reply })
const behind = (reply: Page): Scenario => ({ inside: reply })
const redirect = (location: string): Page => ({ status: 302, headers: { location } })

/** Cloudflare's short answer to programs, "error code: 1010" (Cloudflare, "Error 1xxx"). */
const edgeError = (code: number, status = 403): Scenario =>
  forEveryone({ status, headers: { 'content-type': 'text/plain; charset=UTF-8' }, body: `error code: ${code}` })

export const edge = {
  'edge-country': edgeError(1009),
  'edge-user-agent': edgeError(1010),
  'edge-rate': edgeError(1015, 429),
  'edge-origin-name': edgeError(1016, 530),
  'edge-rule': edgeError(1020),
  'edge-tunnel': edgeError(1033, 530),
  'edge-other': edgeError(1006),
  'edge-to-origin': behind(page(522, 'Connection timed out')),
  'bot-challenge': forEveryone(page(403, 'Just a moment…', { 'cf-mitigated': 'challenge' })),
  'firewall-block': forEveryone(page(403, 'Sorry, you have been blocked')),
} as const satisfies Partial<Record<LabScenario, Scenario>>

export const answers = {
  'refused-by-server': forEveryone(page(403, 'Forbidden')),
  'password-asked': behind(page(401, 'Unauthorized', { 'www-authenticate': 'Basic realm="practice"' })),
  'not-signed-in': forEveryone(page(401, 'Unauthorized', { 'www-authenticate': 'Bearer' })),
  'not-found': behind(page(404, 'Not found')),
  'wrong-server-for-name': behind(page(421, 'Misdirected request')),
  'too-many-requests': behind(page(429, 'Too many requests', { 'retry-after': '60' })),
  'server-error': behind(page(502, 'Bad gateway')),
  'site-login': behind(redirect('/login')),
  'other-identity-provider': behind(
    redirect('https://accounts.google.com/o/oauth2/v2/auth?client_id=practice&response_type=code'),
  ),
  'sent-to-other-host': behind(redirect('https://www.example.com/')),
  'sent-to-plain-http': behind(redirect(`http://${labHostname}/`)),
  'redirect-loop': behind(redirect('/')),
  'captive-portal': forEveryone(page(511, 'Network authentication required')),
  'answer-too-slow': { everyone: () => 'nothing' },
  // Where it asks for a certificate, that may be the reason.
  'closed-without-answer': { asks: false, everyone: () => 'cut' },
  'not-http': { everyone: () => ({ bytes: '220 practice ESMTP ready\r\n' }) },
  // Programs read a few dozen kilobytes of headers; Latchkey 128.
  'headers-too-large': behind(page(200, 'In', { 'x-large': 'x'.repeat(256 * 1024) })),
} as const satisfies Partial<Record<LabScenario, Scenario>>
