import { z } from 'zod'
import { neutralise } from '#shared/logic/neutralise'
import type { AccessView, Header, TokenView } from '#shared/model/probe'

export interface AnswerToRead {
  status: number
  headers: Header[]
  /** The start of the page as text. */
  body: string
  token: TokenView | null
  hasAccessCookie: boolean
}

export const nothingSeen: AccessView = {
  seen: false,
  mtlsStatus: null,
  audience: null,
  teamDomain: null,
  rayId: null,
  loginRedirect: false,
  edgeErrorCode: null,
  token: null,
}

const loginPath = /^https:\/\/([a-z0-9.-]+)(?::\d+)?\/cdn-cgi\/access\/login/iu
const audience = /\b[0-9a-f]{64}\b/u
const Refusal = z.object({
  status_code: z.number().optional(),
  aud: z.string().optional(),
  ray_id: z.string().optional(),
  mtls_status: z.string().optional(),
})

/**
 * What an answer says about Access: the block page in HTML and in JSON, the login redirect, the cookie. The shapes are
 * Cloudflare's as observed, none of them promised, so every part is optional.
 */
export function readAccess({ headers, body, token, hasAccessCookie }: AnswerToRead): AccessView {
  const header = (name: string) => headers.find((candidate) => candidate.name.toLowerCase() === name)?.value ?? null
  const json = readJson(body)
  const words = plainText(body)
  const login = loginPath.exec(header('location') ?? '')
  const isBlockPage = /Cloudflare Access/iu.test(words) || json?.aud !== undefined
  const mtlsStatus =
    json?.mtls_status ?? /MTLS Status\s*:?\s*(NONE|SUCCESS|FAILED(?::[^<|\n]{0,120})?)/iu.exec(words)?.[1] ?? null
  return {
    seen: isBlockPage || login !== null || hasAccessCookie || mtlsStatus !== null || header('cf-access-aud') !== null,
    mtlsStatus: mtlsStatus === null ? null : neutralise(mtlsStatus.trim()),
    audience: json?.aud ?? header('cf-access-aud') ?? (isBlockPage ? (audience.exec(words)?.[0] ?? null) : null),
    teamDomain: teamOf(login?.[1] ?? token?.issuer ?? null),
    rayId: neutraliseOrNull(header('cf-ray') ?? json?.ray_id ?? null),
    loginRedirect: login !== null,
    edgeErrorCode: /error code:\s*(\d{4})/iu.exec(words)?.[1] ?? null,
    token,
  }
}

const neutraliseOrNull = (text: string | null) => (text === null ? null : neutralise(text))

const teamOf = (source: string | null) => (source === null ? null : neutralise(source.replace(/^https:\/\//u, '')))

function readJson(body: string): z.infer<typeof Refusal> | null {
  if (!body.trimStart().startsWith('{')) return null
  try {
    return Refusal.safeParse(JSON.parse(body)).data ?? null
  } catch {
    return null
  }
}

/** The words of a page without its mark-up; only ever searched, never shown. */
function plainText(body: string): string {
  return body
    .replace(/<[^>]{0,2000}>/gu, ' ')
    .replace(/&ndash;/gu, '–')
    .replace(/\s+/gu, ' ')
}
