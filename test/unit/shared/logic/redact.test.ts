import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fileNameOf } from '#shared/logic/naming'
import { neutralise } from '#shared/logic/neutralise'
import { redactHeader, redactText } from '#shared/logic/redact'
import { redactReport } from '#shared/logic/redact-report'
import { reportText } from '#shared/logic/report/text'
import { answered, failed } from '../../../support/attempts'
import { judged } from '../../../support/judged'
import { rounds } from '../../../support/rounds'
import { hostRow, reportRow } from '../../../support/rows'

const token = 'eyJhbGciOiJSUzI1NiJ9.eyJ0eXBlIjoiYXBwIn0.c2lnbmF0dXJl'

it('hides what could let a reader in', () => {
  expect(redactText(`see ${token} here`)).toBe(`see ‹hidden, ${token.length} characters› here`)
  expect(redactText('https://a/?x=1&meta=abcdef&state=zzz')).toBe(
    'https://a/?x=1&meta=‹hidden, 6 characters›&state=‹hidden, 3 characters›',
  )
  expect(redactText('-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----')).toBe('‹private key, hidden›')
  expect(redactHeader({ name: 'Authorization', value: 'Bearer x' }).value).toBe('‹hidden, 8 characters›')
  expect(redactHeader({ name: 'Set-Cookie', value: 'CF_Authorization=secret; Path=/; Secure' })).toEqual({
    name: 'set-cookie',
    value: 'CF_Authorization=‹hidden, 6 characters›; Path=/; Secure',
  })
  expect(redactHeader({ name: 'set-cookie', value: 'CF_AppSession' }).value).not.toContain('undefined')
})

it('hides Cloudflare’s tokens and keys by their prefixes', () => {
  for (const prefix of ['cfut_', 'cfat_', 'cfk_'])
    expect(redactText(`Invalid API Token ${prefix}${'x'.repeat(40)}.`)).toBe(
      `Invalid API Token ‹hidden, ${prefix.length + 40} characters›.`,
    )
  expect(redactText('cfut_ is a prefix')).toBe('cfut_ is a prefix')
})

it('finds a token whatever stands before it', () => {
  for (const before of ['', '_', 'a', '%3D', 'token_', 'CF_Authorization=']) {
    expect(redactText(`${before}${token}`)).not.toContain('eyJ')
  }
  expect(redactHeader({ name: 'set-cookie', value: 'nameless-secret; Path=/' }).value).toBe(
    '=‹hidden, 15 characters›; Path=/',
  )
  expect(redactHeader({ name: 'set-cookie', value: `${token}=x` }).value).not.toContain('eyJ')
})

it('hides planted secrets in any surroundings, and the same when asked again', () => {
  const around = fc.string({ maxLength: 30 })
  fc.assert(
    fc.property(around, around, (before, after) => {
      const once = redactText(`${before} ${token} ${after}`)
      expect(once).not.toContain('eyJhbGciOiJSUzI1NiJ9')
      expect(redactText(once)).toBe(once)
      const cookie = redactHeader({ name: 'Set-Cookie', value: `a=planted-secret; ${after}` })
      expect(cookie.value).not.toContain('planted-secret')
      expect(redactHeader(cookie)).toEqual(cookie)
    }),
    { numRuns: rounds(300) },
  )
})

it('does not hide twice', () => {
  const once = redactHeader({ name: 'set-cookie', value: `a=${token}; Path=/` })
  expect(redactHeader(once)).toEqual(once)
  const hidden = redactHeader({ name: 'cookie', value: 'a=b' })
  expect(redactHeader(hidden)).toEqual(hidden)
  expect(redactText(redactText(`?token=abc ${token}`))).toBe(redactText(`?token=abc ${token}`))
})

it('keeps no page and no token of a report, and its text says both sides', () => {
  const page = answered(200, { body: `welcome ${token}`, cookie: true })
  if (page.outcome.kind === 'answered') page.outcome.headers.push({ name: 'x-token', value: token })
  const report = reportRow(hostRow('a.example'), { without: answered(403), with: page, identityName: 'Ada\u001b[31m' })
  expect(JSON.stringify(redactReport(report))).not.toContain('eyJ')
  const text = reportText(report)
  expect(text).toContain('Without certificate')
  expect(text).toContain('With certificate')
  expect(text).not.toContain('eyJ')
  expect(text).not.toContain('\u001b')
  expect(reportText({ ...report, with: null, without: failed('timeout') })).toContain('No answer in time.')
})

it('makes text from elsewhere harmless', () => {
  expect(neutralise('a\u001b[2Jb\u202ec\u0000d\u2028e')).toBe('a\\u001b[2Jb\\u202ec\\u0000d\\u2028e')
  expect(neutralise('Ünïcödé 日本 👍')).toBe('Ünïcödé 日本 👍')
})

it('makes file names that are only names', () => {
  expect(fileNameOf('Ada Lovelace', 'csr')).toBe('ada-lovelace.csr')
  expect(fileNameOf('../../etc/passwd', 'csr')).toBe('etc-passwd.csr')
  expect(fileNameOf('日本', 'csr')).toBe('certificate.csr')
})

it('tells an administrator who issued the server’s certificate and what is wrong with it', () => {
  const inspected = answered(403, {
    tls: { trust: 'untrusted', trustProblem: 'Its issuer is not known here.' },
    access: { edgeErrorCode: '1010' },
  })
  const text = reportText(reportRow(hostRow('a.example'), { without: inspected }))
  expect(text).toContain('Certificate issued by: CN=Server CA')
  expect(text).toContain('What is wrong with it: Its issuer is not known here.')
  expect(text).toContain('Error code: 1010')
})

it('keeps no token in the evidence of a finding either', () => {
  const [finding] = judged({ with: answered(403, { access: { mtlsStatus: `FAILED:${token}` } }) }).findings
  if (finding === undefined) throw new Error('Nothing was found.')
  const report = reportRow(hostRow('a.example'), { without: answered(403), findings: [finding] })
  expect(JSON.stringify(redactReport(report).findings)).not.toContain('eyJ')
})
