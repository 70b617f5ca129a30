import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { reportHar } from '#shared/logic/report/har'
import type { ProbeReport } from '#shared/model/probe'
import { answered, failed } from '../../../../support/attempts'
import { hostRow, reportRow } from '../../../../support/rows'

const Pair = z.strictObject({ name: z.string(), value: z.string() })
const Time = z.number().refine((value) => value >= 0 || value === -1)
const Message = z.object({
  httpVersion: z.string(),
  cookies: z.array(z.never()),
  headers: z.array(Pair),
  headersSize: z.number().int(),
  bodySize: z.number().int(),
})

/** What HAR 1.2 requires of an exported log, and nothing that it does not know. */
const Har = z.strictObject({
  log: z.strictObject({
    version: z.literal('1.2'),
    creator: z.strictObject({ name: z.string(), version: z.string() }),
    pages: z.array(
      z.strictObject({
        startedDateTime: z.iso.datetime(),
        id: z.string(),
        title: z.string(),
        pageTimings: z.strictObject({}),
      }),
    ),
    entries: z.array(
      z.strictObject({
        pageref: z.string(),
        startedDateTime: z.iso.datetime(),
        time: z.number().min(0),
        request: Message.extend({ method: z.string(), url: z.url(), queryString: z.array(Pair) }).strict(),
        response: Message.extend({
          status: z.number().int(),
          statusText: z.string(),
          content: z.strictObject({ size: z.number().int(), mimeType: z.string(), comment: z.string() }),
          redirectURL: z.string(),
          comment: z.string().optional(),
        }).strict(),
        cache: z.strictObject({}),
        timings: z.strictObject({
          dns: Time,
          connect: Time,
          ssl: Time,
          send: z.number().min(0),
          wait: z.number().min(0),
          receive: z.number().min(0),
        }),
        serverIPAddress: z.string().optional(),
        comment: z.string(),
      }),
    ),
  }),
})

const harOf = (...reports: ProbeReport[]) => Har.parse(JSON.parse(reportHar(reports, '1.2.3'))).log
const core = 'pLaNtEd7Zq'

/** With this as cookie, page, header and query, and as what a query holds. */
function reportWith(query: string): ProbeReport {
  const headers = {
    'set-cookie': `session=${core}; Path=/`,
    location: `https://b.example/cb?${query}`,
    link: `<https://b.example/x?${encodeURI(query)}>; rel="next", <https://c.example/y#${core}>; rel=prev`,
    'report-to': `{"endpoints":[{"url":"https://a.example/report?s=${core}"}]}`,
    'x-api-key': core,
    'content-type': 'text/html; charset=utf-8',
  }
  const presented = answered(302, { headers, cookie: true, body: `page ${core}` })
  const address = `https://a.example/x?${query}`
  return reportRow(hostRow('a.example'), { without: failed('timeout'), with: presented, notTried: null, address })
}

describe('the archive', () => {
  it('is a HAR 1.2 log with an entry for each attempt', () => {
    const log = harOf(reportWith('a=1&b=2'), reportRow(hostRow('c.example'), { without: answered(403) }))
    expect(log.creator).toEqual({ name: 'Latchkey', version: '1.2.3' })
    expect(log.pages.map(({ id }) => id)).toEqual(['test_1', 'test_2'])
    expect(log.entries.map(({ pageref, comment }) => [pageref, comment])).toEqual([
      ['test_1', 'Without certificate'],
      ['test_1', 'With certificate'],
      ['test_2', 'Without certificate'],
    ])
  })

  it('has the names of parameters and not what they hold', () => {
    const [failure, redirect] = harOf(reportWith(`a=${core}&${core}&q=1#${core}`)).entries
    expect(failure?.response).toMatchObject({ status: 0, comment: 'No answer in time. (because)' })
    expect(redirect).toMatchObject({
      request: {
        url: 'https://a.example/x?a=&q=',
        queryString: [
          { name: 'a', value: '' },
          { name: 'q', value: '' },
        ],
      },
      response: {
        status: 302,
        redirectURL: 'https://b.example/cb?a=&q=',
        content: { mimeType: 'text/html; charset=utf-8' },
      },
    })
  })

  it('has no cookie, token, page or value, whatever stands in a query', () => {
    const odd = fc.string({ unit: fc.constantFrom(...'ab=&?#;/+%3D2F.,-_~:@!$()*') })
    fc.assert(
      fc.property(fc.tuple(odd, odd), ([before, after]) => {
        const text = JSON.stringify(harOf(reportWith(`${before}=${core}${after}`)))
        expect(text).not.toContain(core)
      }),
    )
    const text = JSON.stringify(harOf(reportWith(`x="a b ${core}`)))
    expect(text).not.toContain(core)
    expect(text).not.toContain('session')
  })

  it('counts the time for TLS once', () => {
    const [entry] = harOf(reportRow(hostRow('c.example'), { without: answered(403) })).entries
    expect(entry).toMatchObject({
      time: 4,
      timings: { dns: 1, connect: 2, ssl: 1, send: 0, wait: 1, receive: 0 },
      serverIPAddress: '127.0.0.1',
    })
  })

  it.each([
    ['connecting', { tcp: null, tls: null }, { connect: 8, wait: 0, receive: 0 }],
    ['the handshake', { tcp: 3, tls: null }, { connect: 8, wait: 0, receive: 0 }],
    ['waiting', { tcp: 3, tls: 2 }, { connect: 5, wait: 3, receive: 0 }],
  ])('counts the time of an attempt that ended in %s', (_phase, reached, expected) => {
    const timings = { dns: 1, firstByte: null, total: 9, ...reached }
    const [entry] = harOf(reportRow(hostRow('c.example'), { without: { ...failed('timeout'), timings } })).entries
    expect(entry).toMatchObject({ time: 9, timings: { dns: 1, send: 0, ...expected } })
  })
})
