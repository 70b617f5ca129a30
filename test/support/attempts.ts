import {
  type AccessView,
  type Attempt,
  type Failed,
  type FailureReason,
  nothingSeen,
  type TlsView,
} from '#shared/model/attempt'
import { failedAttempt, sha256 } from './rows'

const tlsView = (changes: Partial<TlsView> = {}): TlsView => ({
  version: 'TLSv1.3',
  cipher: 'TLS_AES_128_GCM_SHA256',
  alpn: 'http/1.1',
  remoteAddress: '127.0.0.1',
  chain: [
    {
      subject: 'CN=a.example',
      issuer: 'CN=Server CA',
      notBefore: '2026-01-01T00:00:00.000Z',
      notAfter: '2027-01-01T00:00:00.000Z',
      sha256: sha256('server'),
      keySha256: sha256('server key'),
    },
  ],
  trust: 'trusted',
  trustProblem: null,
  trustReason: null,
  rootOrigin: null,
  asked: 'yes',
  renegotiated: false,
  acceptableIssuers: [],
  signatureSchemes: [],
  sent: 'no',
  alert: null,
  ...changes,
})

interface Answered {
  access?: Partial<AccessView>
  tls?: Partial<TlsView>
  cookie?: boolean
  body?: string
  headers?: Record<string, string>
}

/** One attempt that was answered, described by what matters about it. */
export function answered(
  status: number,
  { access = {}, tls = {}, cookie = false, body = '', headers = {} }: Answered = {},
): Attempt {
  const view = {
    domain: null,
    path: '/',
    expires: null,
    maxAge: null,
    secure: true,
    httpOnly: true,
    sameSite: 'None',
    valueLength: 9,
  }
  return {
    outcome: {
      kind: 'answered',
      status,
      statusText: '',
      httpVersion: '1.1',
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
      cookies: cookie ? [{ name: 'CF_Authorization', ...view }] : [],
      location: headers['location'] ?? null,
      body,
      bodyTruncated: false,
      bodyEnd: 'complete',
    },
    timings: { dns: 1, tcp: 1, tls: 1, firstByte: 1, total: 4 },
    tls: tlsView(tls),
    access: { ...nothingSeen, ...access },
    proxy: null,
    askedForHttp1: false,
    answeredAt: '2026-06-01T00:00:00.000Z',
  }
}

export function failed(
  reason: FailureReason,
  tls: Partial<TlsView> | null = null,
  more: Partial<Failed> = {},
): Attempt {
  return {
    ...failedAttempt,
    outcome: { kind: 'failed', reason, detail: 'because', phase: 'handshake', firstBytes: null, ...more },
    tls: tls === null ? null : tlsView(tls),
  }
}
