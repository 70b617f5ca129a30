import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readAccess } from '#electron/probe/access'
import { readHandshake } from '#electron/probe/handshake'
import { rounds } from '../../../support/rounds'

it('says “unknown” of anything that is no handshake, and never throws', () => {
  const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array))
  const records = bytes.map((body) => Buffer.concat([Buffer.of(22, 3, 3, body.length >> 8, body.length & 255), body]))
  fc.assert(
    fc.property(fc.oneof(bytes, records), fc.oneof(bytes, records), (server, client) => {
      const seen = readHandshake(server, client, ['SERVER_HANDSHAKE_TRAFFIC_SECRET aa zz'])
      expect(['yes', 'no', 'unknown']).toContain(seen.asked)
    }),
    { numRuns: rounds(300) },
  )
})

const answer = (changes: Partial<Parameters<typeof readAccess>[0]>) =>
  readAccess({ status: 403, headers: [], body: '', token: null, hasAccessCookie: false, ...changes })

it('reads Access out of its block pages, in HTML and in JSON', () => {
  const aud = 'ab'.repeat(32)
  const html = `<html><title>Error ・ Cloudflare Access</title><dl><dt>AUD</dt><dd>${aud}</dd><dd>MTLS Status: <b>SUCCESS</b></dd></dl>`
  expect(answer({ body: html })).toMatchObject({ seen: true, mtlsStatus: 'SUCCESS', audience: aud })
  const json = JSON.stringify({ message: 'Forbidden.', status_code: 403, aud, ray_id: '8c1e0f' })
  expect(answer({ body: json })).toMatchObject({ seen: true, audience: aud, rayId: '8c1e0f' })
  expect(answer({ body: '<h1>403 Forbidden</h1><p>nginx</p>' })).toMatchObject({ seen: false, mtlsStatus: null })
  expect(answer({ body: 'error code: 1010' }).edgeErrorCode).toBe('1010')
})

it('knows a login of Access from any other redirect', () => {
  const to = (location: string) => answer({ status: 302, headers: [{ name: 'Location', value: location }] })
  expect(to('https://acme.cloudflareaccess.com/cdn-cgi/access/login/a.example?kid=1')).toMatchObject({
    loginRedirect: true,
    teamDomain: 'acme.cloudflareaccess.com',
  })
  expect(to('https://a.example/login')).toMatchObject({ loginRedirect: false })
  expect(to('/cdn-cgi/access/login')).toMatchObject({ loginRedirect: false })
})
