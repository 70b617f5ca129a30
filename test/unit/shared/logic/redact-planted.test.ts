import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors'
import { failureOf } from '#shared/failure'
import { redactHeader, redactText } from '#shared/logic/redact'
import { hideSecrets, redactReport } from '#shared/logic/redact-report'
import { reportText } from '#shared/logic/report/text'
import { Finding } from '#shared/model/probe'
import { answered, failed } from '../../../support/attempts'
import { rounds } from '../../../support/rounds'
import { hostRow, reportRow } from '../../../support/rows'

/** The part of every planted secret that is looked for. */
const core = 'pLaNtEd7Zq'

const names = fc.constantFrom(
  ...(
    'token id_token access_token refresh_token code state nonce meta kid jwt key apiKey api_key api-key X-Amz-Signature ' +
    'X-Amz-Security-Token sig signature secret client_secret clientSecret password passwd session sessionid sid SAMLResponse ' +
    'RelayState ID_TOKEN accessToken csrf _csrf xsrf auth authorization oauth_state auth[token] user.password'
  ).split(' '),
)
const headerNames = fc.constantFrom(
  ...(
    'x-auth-token x-api-key X-Auth-Token authorization proxy-authorization cookie set-cookie cf-access-token ' +
    'cf-access-client-id cf-access-client-secret cf-access-jwt-assertion cf-access-authenticated-user-email x-amz-security-token ' +
    'x-csrf x-xsrf-token x-csrf-token x-vault-token private-token x-signature x-secret x-user-password authentication-info ' +
    'set-cookie2 x-hub-signature-256 x-session-id'
  ).split(' '),
)

const around = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 12 })
const plain = 'abcXYZ019-_.~'
const secretOf = (alphabet: string) => fc.tuple(around(alphabet), around(alphabet)).map(([a, b]) => `${a}${core}${b}`)
const anySecret = secretOf(`${plain}+/=%&#?;:@!$'(),* "<>\\é`)

/** encodeURIComponent, or every character of it, or all but letters and digits. */
const encode = (text: string) => encodeURIComponent(text)
const encodeAll = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
const encodeSigns = (text: string) =>
  encodeURIComponent(text).replace(/[-_.!~*'()]/gu, (sign) => encodeAll(sign).toUpperCase())
const encoder = fc.constantFrom(encode, encodeAll, encodeSigns)

/** An address with the secret in a parameter or in the fragment, then as a parameter of further addresses, twice at most. */
const address = fc
  .tuple(
    names,
    anySecret,
    fc.constantFrom('?', '?a=b&', '#', '#a=b&', '?x#y&'),
    encoder,
    fc.constantFrom('', '&next=1', '#end'),
  )
  .map(([name, secret, mark, spell, after]) => `https://app.example/cb${mark}${name}=${spell(secret)}${after}`)
const nested = fc
  .tuple(address, fc.array(fc.tuple(fc.constantFrom('redirect_url', 'next', 'u'), encoder), { maxLength: 2 }))
  .map(([inner, layers]) =>
    layers.reduce((url, [name, spell]) => `https://login.example/?${name}=${spell(url)}&lang=en`, inner),
  )
/** The same with its own parameter's name and sign encoded, as some servers write it. */
const spelled = fc
  .tuple(names, secretOf(plain), encoder, fc.constantFrom('=', '%3D', '%253D'))
  .map(([name, secret, spell, sign]) => `/cb?${spell(name)}${sign}${secret}`)
const token = fc
  .tuple(
    fc.constantFrom('', '_', '3D', 'a.', 'x=', '/'),
    fc.constantFrom('', '.c2ln', '.', '.a.b.c'),
    fc.array(encoder, { maxLength: 2 }),
  )
  .map(([before, after, layers]) =>
    layers.reduce((text, spell) => spell(text), `${before}eyJhbGciOiJSUzI1NiJ9.${core}eyJhIjoxfQ${after}`),
  )
const json = fc
  .tuple(names, secretOf(`${plain}'"/\\ `))
  .map(([name, secret]) => JSON.stringify({ a: 1, [name]: secret }))
const escapedJson = fc
  .tuple(names, secretOf(plain))
  .map(([name, secret]) => JSON.stringify(JSON.stringify({ [name]: secret })))
const echoed = fc
  .tuple(headerNames, secretOf(`${plain}/+= `))
  .map(([name, value]) => `Host: a\r\n${name}: ${value}\r\nB: c`)
const parameters = fc.tuple(names, secretOf(plain)).map(([name, value]) => `Scheme realm="a", ${name}="${value}", x=y`)

const planted = fc.oneof(nested, spelled, token, json, escapedJson, echoed, parameters)

/** Whether anybody could read it out of this, however it is encoded. */
function survives(text: string): boolean {
  let layer = text
  for (let depth = 0; depth < 6; depth += 1) {
    if (layer.includes(core)) return true
    layer = layer.replace(/%([0-9a-f]{2})/giu, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  }
  return layer.includes(core)
}

describe('a planted secret does not survive', () => {
  it('in text, whatever stands around it, and hiding it twice changes nothing', () => {
    fc.assert(
      fc.property(planted, fc.string(), fc.string(), (text, before, after) => {
        const once = redactText(`${before} ${text} ${after}`)
        expect(survives(once)).toBe(false)
        expect(redactText(once)).toBe(once)
      }),
      { numRuns: rounds(3_000) },
    )
  })

  it('in a header that is secret, in any other, and in a cookie', () => {
    fc.assert(
      fc.property(headerNames, anySecret, (name, value) => {
        const [written] = name.toLowerCase() === 'set-cookie' ? [`a=${value.replace(/;/gu, '')}; Path=/`] : [value]
        expect(survives(redactHeader({ name, value: written ?? '' }).value)).toBe(false)
      }),
    )
    fc.assert(
      fc.property(
        fc.constantFrom('location', 'link', 'refresh', 'x-debug', 'www-authenticate'),
        planted,
        (name, value) => {
          expect(survives(redactHeader({ name, value }).value)).toBe(false)
        },
      ),
    )
  })

  it('in a report, its text, what is kept of it, and the details of an error', () => {
    fc.assert(
      fc.property(planted, (text) => {
        const access = { mtlsStatus: text, audience: text, teamDomain: text, rayId: text, edgeErrorCode: text }
        const without = answered(403, { access, tls: { trustProblem: text, acceptableIssuers: [text] }, body: text })
        if (without.outcome.kind === 'answered') {
          Object.assign(without.outcome, { statusText: text, location: text })
          without.outcome.headers.push({ name: 'x-debug', value: text })
        }
        const presented = failed('timeout')
        if (presented.outcome.kind === 'failed') presented.outcome.detail = text
        const report = {
          ...reportRow(hostRow('a.example'), { without, with: presented }),
          address: text,
          rootsFrom: text,
          findings: [
            Finding.parse({
              code: 'edge-rule',
              certainty: 'likely',
              title: text,
              evidence: [text],
              remedy: text,
              who: 'you',
            }),
          ],
        }
        expect(survives(JSON.stringify(hideSecrets(report)))).toBe(false)
        expect(survives(JSON.stringify(redactReport(report)))).toBe(false)
        expect(survives(reportText(report))).toBe(false)
        expect(survives(JSON.stringify(failureOf(new AppError('signer-refused', text))))).toBe(false)
      }),
      { numRuns: rounds(500) },
    )
  })
})

describe('what is no secret stays readable', () => {
  it.each([
    'https://admin.example.com/path?page=2&sort=name#section',
    'https://acme.cloudflareaccess.com/cdn-cgi/access/login/admin.example.com?redirect_url=%2Fa%3Fpage%3D2',
    'MTLS Status: FAILED:unable to get local issuer certificate',
    'error code: 1010',
    '{"status_code":403,"error_code":"1010","aud":"3f2b","ray_id":"8c1e0f"}',
    'error=access_denied&error_description=The+user+is+not+allowed&country_code=de',
    '100 % of 20 %, %zz and %',
    'CN=Ada Lovelace, O=Acme, C=GB',
    'a=b; c=d',
    'The key is not here.',
  ])('%s', (text) => {
    expect(redactText(text)).toBe(text)
  })

  it.each([
    ['cf-access-aud', '3f2b'],
    ['cf-access-domain', 'admin.example.com'],
    ['cf-ray', '8c1e0f-FRA'],
    ['server', 'cloudflare'],
    ['content-type', 'text/html; charset=utf-8'],
    ['surrogate-key', 'front-page'],
    ['x-cache-key', '/front'],
    ['sec-websocket-key', 'abc'],
    ['www-authenticate', 'Bearer realm="a", error="invalid_token"'],
    ['strict-transport-security', 'max-age=31536000; includeSubDomains'],
    ['content-security-policy', "default-src 'none'; script-src 'self'"],
    ['etag', '"33a64df5"'],
    ['x-request-id', '7c8b'],
    ['date', 'Thu, 26 Nov 2026 06:00:00 GMT'],
  ])('%s: %s', (name, value) => {
    expect(redactHeader({ name, value })).toEqual({ name, value })
  })
})

it.each<[string, string]>([
  ['signs of a token', 'eyJ'],
  ['names', 'a='],
  ['token names', 'token='],
  ['encoded signs', '%25'],
  ['quotes', 'a="'],
  ['escaped quotes', 'a\\"'],
  ['dashes', 'a-'],
  ['letters', 'a'],
  ['keys', '-----BEGIN PRIVATE KEY-----'],
])('a page of nothing but %s is looked through in one go', (_name, piece) => {
  const page = piece.repeat(Math.ceil((64 * 1024) / piece.length))
  expect(redactText(page).length).toBeGreaterThan(0)
})
