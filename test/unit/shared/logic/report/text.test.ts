import { describe, expect, it } from 'vitest'
import { reportText } from '#shared/logic/report/text'
import type { Attempt, ProxyView } from '#shared/model/attempt'
import { answered, failed } from '../../../../support/attempts'
import { hostRow, reportRow } from '../../../../support/rows'

const textOf = (changes: Parameters<typeof reportRow>[1]) => reportText(reportRow(hostRow('a.example'), changes))
const proxy: ProxyView = { address: 'http://proxy.example:3128', from: 'environment', status: 407 }
const cloudflare = { server: 'cloudflare' }

describe('the text says who answered', () => {
  const blocked = answered(403, { headers: cloudflare, body: 'Sorry, you have been blocked' })
  it.each<[string, Attempt]>([
    ['Cloudflare Access', answered(403, { access: { seen: true, mtlsStatus: 'NONE' } })],
    ['Cloudflare, in front of the site', blocked],
    ['the site, behind Cloudflare', answered(200, { headers: cloudflare })],
    ['the server', answered(200)],
    ['the proxy', { ...failed('proxy-wants-login'), proxy }],
  ])('%s', (who, without) => {
    expect(textOf({ without })).toContain(`\n  Answered by: ${who}\n`)
  })

  it('where nobody did', () => {
    expect(textOf({ without: failed('timeout') })).not.toContain('Answered by')
  })

  it('and does not decide between Cloudflare and the site once the page is gone', () => {
    const kept = answered(403, { headers: cloudflare })
    expect(textOf({ without: kept })).toContain('Answered by: Cloudflare, or the site behind it')
  })
})

describe('the text says how the attempts went', () => {
  it('by which proxy, without name and password', () => {
    expect(textOf({ without: { ...failed('proxy-wants-login'), proxy } })).toContain(
      'Proxy: http://proxy.example:3128 (from the environment), answered 407',
    )
  })

  it('with which alert, over which HTTP, and whether the page was cut', () => {
    const rejected = failed('certificate-rejected', { alert: 'unknown_ca', sent: 'yes' })
    const cut = answered(403)
    if (cut.outcome.kind === 'answered') Object.assign(cut.outcome, { bodyEnd: 'cut', httpVersion: '2' })
    const text = textOf({ without: cut, with: rejected, notTried: null })
    expect(text).toContain('TLS alert: unknown_ca')
    expect(text).toContain('HTTP: 2\n')
    expect(text).toContain('Page: cut off before its end')
    expect(textOf({ without: answered(403) })).not.toContain('Page:')
  })

  it.each([
    ['none-chosen', 'no certificate was chosen.'],
    ['no-connection', 'there was no connection to send it over.'],
    ['server-untrusted', 'the server could not prove who it is, so no certificate was shown to it.'],
  ] as const)('and why the certificate was not tried: %s', (notTried, reason) => {
    expect(textOf({ notTried })).toContain(`With certificate\n  Not tried: ${reason}`)
  })

  it('and that an earlier version judged it', () => {
    expect(textOf({ format: 1 })).toContain('Latchkey 0.1')
    expect(textOf({})).not.toContain('Latchkey 0.1')
  })
})
