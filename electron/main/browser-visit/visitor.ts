import { randomUUID } from 'node:crypto'
import { BrowserWindow, type Session, session, type WebContents } from 'electron'
import { MAX_BODY_SHOWN } from '#electron/probe/answer'
import type { BrowserVisitor, Visit, VisitInput } from '#electron/probe/browser'
import { AppError } from '#shared/errors'
import { formatAddress } from '#shared/logic/address'
import { denyPermissions, forbidSpellChecker } from '../security'
import { chooseFor } from './choices'
import { type Observation, observe } from './observe'
import { judgeServer, sha256Of } from './server-certificate'
import { openTunnel } from './tunnel'

/**
 * A hidden window in a fresh in-memory partition for every visit: the chosen certificate is cached per session and
 * `clearAuthCache()` does not forget it. Scripts, subresources and redirects are off. `net.request` would be simpler, but
 * cannot present a certificate before Electron 44.
 */
export function createBrowserVisitor(): BrowserVisitor {
  return { visit }
}

async function visit(input: VisitInput): Promise<Visit> {
  const started = performance.now()
  const partition = session.fromPartition(`visit-${randomUUID()}`, { cache: false })
  denyPermissions(partition)
  forbidSpellChecker(partition)
  const tunnel = input.host.connectTo === null ? null : await openTunnel(input.host.connectTo)
  await partition.setProxy(
    tunnel === null ? { mode: 'direct' } : { proxyRules: tunnel.proxyRules, proxyBypassRules: '<-loopback>' },
  )
  const server = judgeServer(partition, input.host.hostname, input.host.pinnedKey)
  const redirect = allowOneRequest(partition)
  const window = new BrowserWindow({
    show: false,
    webPreferences: { session: partition, sandbox: true, javascript: false, images: false, spellcheck: false },
  })
  const choice = chooseCertificate(window.webContents, input.choose)
  try {
    // The inspector answers only once there is a page.
    await window.loadURL('about:blank')
    const { observed, settled } = observe(window.webContents)
    await window.webContents.debugger.sendCommand('Network.enable')
    const ending = await load(window, input, settled, observed)
    return describe({ observed, ending, redirect: redirect(), server: server(), choice: choice.made, started })
  } finally {
    choice.forget()
    if (!window.isDestroyed()) window.destroy()
    tunnel?.close()
    await partition.closeAllConnections()
  }
}

type Ending = 'settled' | 'timeout'

async function load(
  window: BrowserWindow,
  input: VisitInput,
  settled: Promise<void>,
  observed: Observation,
): Promise<Ending> {
  let timer: NodeJS.Timeout | null = null
  const timeout = new Promise<Ending>((resolve) => {
    timer = setTimeout(() => resolve('timeout'), input.timeoutMs)
  })
  const cancelled = new Promise<never>((_resolve, reject) => {
    input.signal.addEventListener('abort', () => reject(new AppError('cancelled')), { once: true })
  })
  // A refused load rejects; the inspector has already told why.
  const loaded = window.loadURL(formatAddress(input.host)).catch((error: unknown) => {
    observed.error ??= /ERR_[A-Z0-9_]+/u.exec(String(error))?.[0] ?? 'ERR_FAILED'
  })
  try {
    return await Promise.race([Promise.all([loaded, settled]).then((): Ending => 'settled'), timeout, cancelled])
  } finally {
    if (timer !== null) clearTimeout(timer)
  }
}

/** Only the page itself, never what it refers to, and no second hop: a redirect's headers are kept and it ends there. */
function allowOneRequest(partition: Session): () => Redirect | null {
  let redirect: Redirect | null = null
  partition.webRequest.onBeforeRequest((details, callback) =>
    callback({ cancel: details.resourceType !== 'mainFrame' }),
  )
  partition.webRequest.onHeadersReceived((details, callback) => {
    const isRedirect = details.statusCode >= 300 && details.statusCode < 400 && details.statusCode !== 304
    if (isRedirect) {
      redirect = {
        status: details.statusCode,
        statusText: reason(details.statusLine),
        headers: flatten(details.responseHeaders),
      }
    }
    callback({ cancel: isRedirect })
  })
  return () => redirect
}

interface Redirect {
  status: number
  statusText: string
  headers: { name: string; value: string }[]
}

/** "HTTP/1.1 302 Found" → "Found". */
function reason(statusLine: string): string {
  return statusLine.split(' ').slice(2).join(' ')
}

function flatten(headers: Record<string, string[]> | undefined): { name: string; value: string }[] {
  return Object.entries(headers ?? {}).flatMap(([name, values]) =>
    values.map((value) => ({ name: name.toLowerCase(), value })),
  )
}

function chooseCertificate(contents: WebContents, sha256: string | null) {
  const made = { asked: false, offered: false, candidates: 0 }
  const forget = chooseFor(contents, (candidates) => {
    const ours = candidates.find((candidate) => sha256 !== null && sha256Of(candidate) === sha256)
    Object.assign(made, { asked: true, offered: ours !== undefined, candidates: candidates.length })
    return ours
  })
  return { made, forget }
}

function describe(seen: {
  observed: Observation
  ending: Ending
  redirect: Redirect | null
  server: Visit['server']
  choice: Visit['choice']
  started: number
}): Visit {
  const { observed, redirect } = seen
  const response = observed.response
  return {
    answer: redirect === null ? answerOf(observed) : { ...redirect, body: '', bodyTruncated: false },
    error: redirect === null ? (seen.ending === 'timeout' ? 'ERR_TIMED_OUT' : observed.error) : null,
    server: seen.server,
    tlsVersion: response?.securityDetails?.protocol ?? null,
    cipher: response?.securityDetails?.cipher ?? null,
    alpn: response?.protocol ?? null,
    remoteAddress: response?.remoteIPAddress ?? null,
    choice: seen.choice,
    timings: timingsOf(observed, performance.now() - seen.started),
  }
}

function answerOf(observed: Observation): Visit['answer'] {
  const response = observed.response
  if (response === null) return null
  const headers = Object.entries(observed.rawHeaders ?? response.headers).flatMap(([name, value]) =>
    // The inspector joins repeated headers with a newline.
    value.split('\n').map((line) => ({ name: name.toLowerCase(), value: line })),
  )
  return {
    status: observed.status ?? response.status,
    statusText: response.statusText,
    headers,
    body: observed.body.slice(0, MAX_BODY_SHOWN),
    bodyTruncated: observed.body.length > MAX_BODY_SHOWN,
  }
}

function timingsOf(observed: Observation, total: number): Visit['timings'] {
  const timing = observed.response?.timing
  const span = (from: number, to: number) => (from < 0 || to < 0 ? null : to - from)
  if (timing === undefined) return { dns: null, tcp: null, tls: null, firstByte: null, total }
  return {
    dns: span(timing.dnsStart, timing.dnsEnd),
    tcp: span(timing.connectStart, timing.sslStart < 0 ? timing.connectEnd : timing.sslStart),
    tls: span(timing.sslStart, timing.sslEnd),
    firstByte: span(timing.sendEnd, timing.receiveHeadersEnd),
    total,
  }
}
