import { z } from 'zod'
import { parseJson } from '#electron/platform/parse-json'
import { neutralise } from '#shared/logic/neutralise'
import { redactText } from '#shared/logic/redact'
import type { AccessView, Header, TokenView } from '#shared/model/attempt'

export interface AnswerToRead {
  status: number
  headers: Header[]
  /** The start of the page as text. */
  body: string
  token: TokenView | null
  hasAccessCookie: boolean
}

const loginPath = /^https:\/\/([a-z0-9.-]+)(?::\d+)?\/cdn-cgi\/access\/login/iu
const audience = /\b[0-9a-f]{64}\b/u
/** The heading of the page: "Error ・ Cloudflare Access". A site may well write about Access. */
const blockPage = /\bError\s*[・·•–—|-]\s*Cloudflare Access/iu
const statusLine = /MTLS Status\s*:?\s*(NONE|SUCCESS|FAILED(?::[^|\n]{0,120})?)/iu
const Refusal = z.object({
  status_code: z.number().optional(),
  aud: z.string().optional(),
  ray_id: z.string().optional(),
  mtls_status: z.string().optional(),
})
/** What Access' own answer has beside its audience; OAuth servers name an audience, too. */
const isRefusal = ({ aud, ray_id: rayId, status_code: statusCode }: z.infer<typeof Refusal>) =>
  aud !== undefined && audience.test(aud) && (rayId !== undefined || statusCode !== undefined)

/**
 * What an answer says about Access: the block page in HTML and in JSON, the login redirect, the cookie. The shapes are
 * Cloudflare's as observed, none of them promised, so every part is optional.
 */
export function readAccess({ headers, body, token, hasAccessCookie }: AnswerToRead): AccessView {
  const header = (name: string) => headers.find((candidate) => candidate.name.toLowerCase() === name)?.value ?? null
  // A page of words is no JSON, and finding that out by an exception takes longer than all else here.
  const json = /^\s*\{/u.test(body) ? (Refusal.safeParse(parseJson(body)).data ?? null) : null
  const words = plainText(body)
  const login = loginPath.exec(header('location') ?? '')
  const isJsonRefusal = json !== null && isRefusal(json)
  const isBlockPage = blockPage.test(words) || isJsonRefusal
  const isCloudflare = header('cf-ray') !== null || header('server')?.toLowerCase() === 'cloudflare'
  // nginx has the same words in `$ssl_client_verify`, and sites show them.
  const spoken = isBlockPage || isCloudflare ? (statusLine.exec(words)?.[1] ?? null) : null
  const mtlsStatus = json?.mtls_status ?? spoken
  return {
    seen: isBlockPage || login !== null || hasAccessCookie || mtlsStatus !== null || header('cf-access-aud') !== null,
    mtlsStatus: brief(mtlsStatus),
    audience: brief(
      (isJsonRefusal ? json.aud : null) ??
        header('cf-access-aud') ??
        (isBlockPage ? audience.exec(words)?.[0] : null) ??
        (login === null ? null : applicationOf(header('location') ?? '')),
    ),
    teamDomain: teamOf(login?.[1] ?? token?.issuer ?? null),
    rayId: brief(header('cf-ray') ?? json?.ray_id ?? null),
    loginRedirect: login !== null,
    edgeErrorCode: edgeError(words, header('cf-ray') !== null),
    token,
    application: null,
  }
}

/** A line of a server's making: harmless, without secrets, and no longer than any real one. */
const brief = (text: string | null) => (text === null ? null : neutralise(redactText(text.trim()).slice(0, 200)))

const teamOf = (source: string | null) => brief(source?.replace(/^https:\/\//u, '') ?? null)

/** The login’s parameter `kid` is the AUD of the application that sends people there, not the number of a key. */
const applicationOf = (location: string): string | null =>
  /[?&]kid=([0-9a-f]{64})(?:&|#|$)/u.exec(location)?.[1] ?? null

/** "error code: 1010" for programs; for people a page headed "Error 1010", which alone does not prove that Cloudflare sent it. */
function edgeError(words: string, isCloudflare: boolean): string | null {
  const plain = /error code:\s*(\d{4})\b/iu.exec(words)?.[1]
  return plain ?? (isCloudflare ? (/\bError\s+(1\d{3})\b/u.exec(words)?.[1] ?? null) : null)
}

/** The words of a page, a line for each of its elements; only ever searched, never shown. */
function plainText(body: string): string {
  return body
    .replace(/\s+/gu, ' ')
    .replace(/<[^<>]{0,2000}>/gu, '\n')
    .replace(/&ndash;/gu, '–')
}
