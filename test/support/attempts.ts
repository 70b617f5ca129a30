import { type AccessView, type Attempt, type FailureReason, nothingSeen, type TlsView } from '#shared/model/probe'
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
  asked: 'yes',
  acceptableIssuers: [],
  sent: 'no',
  ...changes,
})

interface Answered {
  access?: Partial<AccessView>
  tls?: Partial<TlsView>
  cookie?: boolean
  body?: string
}

/** One attempt that was answered, described by what matters about it. */
export function answered(status: number, { access = {}, tls = {}, cookie = false, body = '' }: Answered = {}): Attempt {
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
      headers: [],
      cookies: cookie ? [{ name: 'CF_Authorization', ...view }] : [],
      location: null,
      body,
      bodyTruncated: false,
    },
    timings: { dns: 1, tcp: 1, tls: 1, firstByte: 1, total: 4 },
    tls: tlsView(tls),
    access: { ...nothingSeen, ...access },
  }
}

export function failed(reason: FailureReason, tls: Partial<TlsView> | null = null): Attempt {
  return {
    ...failedAttempt,
    outcome: { kind: 'failed', reason, detail: 'because' },
    tls: tls === null ? null : tlsView(tls),
  }
}
