import type { Attempt, Header } from '../../model/attempt'
import type { ProbeReport } from '../../model/probe'
import { failureWords } from '../failure-words'
import { redactReport } from '../redact-report'

/*
 * HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/). Sizes and times that are not known are -1 there.
 */

interface Har {
  log: { version: '1.2'; creator: { name: string; version: string }; pages: HarPage[]; entries: HarEntry[] }
}

interface HarPage {
  startedDateTime: string
  id: string
  title: string
  pageTimings: Record<string, never>
}

interface HarEntry {
  pageref: string
  startedDateTime: string
  time: number
  request: HarMessage & { method: string; url: string; queryString: Header[] }
  response: HarMessage & {
    status: number
    statusText: string
    content: { size: number; mimeType: string; comment: string }
    redirectURL: string
  }
  cache: Record<string, never>
  timings: HarTimings
  serverIPAddress?: string
  comment: string
}

interface HarMessage {
  httpVersion: string
  cookies: never[]
  headers: Header[]
  headersSize: number
  bodySize: number
  comment?: string
}

interface HarTimings {
  dns: number
  connect: number
  ssl: number
  send: number
  wait: number
  receive: number
}

/** Reports for tools that read HTTP archives: an entry for each attempt, without cookies, tokens, pages and query values. */
export function reportHar(reports: ProbeReport[], version: string): string {
  const redacted = reports.map(redactReport)
  const har: Har = {
    log: {
      version: '1.2',
      creator: { name: 'Latchkey', version },
      pages: redacted.map(pageOf),
      entries: redacted.flatMap(entriesOf),
    },
  }
  return `${JSON.stringify(har, null, 2)}\n`
}

const pageId = (index: number) => `test_${index + 1}`

const pageOf = ({ startedAt, address, verdict }: ProbeReport, index: number): HarPage => ({
  startedDateTime: startedAt,
  id: pageId(index),
  title: `${withoutValues(address)}: ${withoutQueryValues(verdict.sentence)}`,
  pageTimings: {},
})

const entriesOf = (report: ProbeReport, index: number): HarEntry[] => [
  entryOf(report, report.without, index, 'Without certificate'),
  ...(report.with === null ? [] : [entryOf(report, report.with, index, 'With certificate')]),
]

function entryOf({ address, startedAt }: ProbeReport, attempt: Attempt, index: number, side: string): HarEntry {
  const { tls, proxy } = attempt
  const timings = timingsOf(attempt)
  // The time for TLS is part of the time for the connection.
  const parts = [timings.dns, timings.connect, timings.send, timings.wait, timings.receive]
  const url = withoutValues(address)
  return {
    pageref: pageId(index),
    startedDateTime: startedAt,
    time: parts.filter((part) => part > 0).reduce((total, part) => total + part, 0),
    request: {
      method: 'GET',
      url,
      httpVersion: versionOf(attempt),
      cookies: [],
      headers: [],
      queryString: parameterNames(url).map((name) => ({ name, value: '' })),
      headersSize: -1,
      bodySize: 0,
    },
    response: responseOf(attempt),
    cache: {},
    timings,
    ...(tls === null || tls.remoteAddress === null || proxy !== null ? {} : { serverIPAddress: tls.remoteAddress }),
    comment: side,
  }
}

function responseOf(attempt: Attempt): HarEntry['response'] {
  const { outcome } = attempt
  const unknown = { httpVersion: versionOf(attempt), cookies: [], headersSize: -1, bodySize: -1 }
  const content = { size: 0, mimeType: '', comment: 'The page is left out.' }
  if (outcome.kind === 'failed') {
    const comment = withoutQueryValues(`${failureWords[outcome.reason]} (${outcome.detail})`)
    return { ...unknown, status: 0, statusText: '', headers: [], content, redirectURL: '', comment }
  }
  const headers = outcome.headers
    .filter(({ name }) => !/^set-cookie2?$/iu.test(name))
    .map(({ name, value }) => ({ name, value: (isAddress(name) ? withoutValues : withoutQueryValues)(value) }))
  const mimeType = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? ''
  return {
    ...unknown,
    status: outcome.status,
    statusText: withoutQueryValues(outcome.statusText),
    headers,
    content: { ...content, mimeType },
    redirectURL: withoutValues(outcome.location ?? ''),
  }
}

const isAddress = (header: string) => /^(?:content-)?location$/iu.test(header)

const versionOf = ({ outcome }: Attempt): string =>
  outcome.kind === 'answered' && outcome.httpVersion !== null ? `HTTP/${outcome.httpVersion}` : ''

/** What is left of the total belongs to the phase in which the attempt ended. */
function timingsOf({ timings: { dns, tcp, tls, firstByte, total } }: Attempt): HarTimings {
  const connect = (tcp ?? 0) + (tls ?? 0)
  const rest = Math.max(0, total - (dns ?? 0) - connect - (firstByte ?? 0))
  const end = firstByte !== null ? 'receive' : tls !== null ? 'wait' : 'connect'
  const known = { dns: dns ?? -1, connect, ssl: tls ?? -1, send: 0, wait: firstByte ?? 0, receive: 0 }
  return { ...known, [end]: known[end] + rest }
}

/**
 * "https://a.example/x?code=1&state#z" → "https://a.example/x?code=", wherever it stands in a text: which parameters there
 * are explains a redirect, but not what they hold. A parameter without a name, and a fragment, is nothing but a value.
 */
const withoutQueryValues = (text: string): string =>
  text.replace(/\?[^\s"'<>]*/gu, namesOnly).replace(/(?<=\S)#[^\s"'<>]+/gu, '')

/** The same where the whole text is one address, whatever stands in it. */
const withoutValues = (address: string): string => address.replace(/#.*$/su, '').replace(/\?.*$/su, namesOnly)

const namesOnly = (query: string): string =>
  `?${parameterNames(query)
    .map((name) => `${name}=`)
    .join('&')}`

const parameterNames = (url: string): string[] =>
  (/\?([^#]*)/su.exec(url)?.[1] ?? '').split(/[&?]/u).flatMap((part) => /^([^=]+)=/su.exec(part)?.[1] ?? [])
