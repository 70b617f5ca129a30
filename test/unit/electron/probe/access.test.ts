import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type AnswerToRead, readAccess } from '#electron/probe/access'

const read = (changes: Partial<AnswerToRead>) =>
  readAccess({ status: 403, headers: [], body: '', token: null, hasAccessCookie: false, ...changes })

it('reads the reason of a failed verification and nothing beyond it', () => {
  const page = (status: string) =>
    `<title>Error - Cloudflare Access</title><table><tr><td>MTLS\n Status: ${status}</td></tr><tr><td>Ray ID 8c1e</td></tr></table>`
  expect(read({ body: page('FAILED:unable to get local issuer certificate') }).mtlsStatus).toBe(
    'FAILED:unable to get local issuer certificate',
  )
  expect(read({ body: page('<b>NONE</b>') }).mtlsStatus).toBe('NONE')
})

it('reads the refusal for programs, and no other text as one', () => {
  expect(read({ body: ' \r\n{ "mtls_status": "NONE", "ray_id": "8c1e" }' })).toMatchObject({
    mtlsStatus: 'NONE',
    rayId: '8c1e',
  })
  for (const body of ['["mtls_status"]', '{ "mtls_status": "NONE"', 'null', ''])
    expect(read({ body })).toMatchObject({ mtlsStatus: null, rayId: null, seen: false })
})

it('takes “Error 1010” for Cloudflare’s own only where Cloudflare answers', () => {
  const body = '<h1><span>Error</span> <span>1010</span></h1><h2>Access denied</h2>'
  expect(read({ body, headers: [{ name: 'CF-Ray', value: '8c1e0f-FRA' }] })).toMatchObject({
    edgeErrorCode: '1010',
    rayId: '8c1e0f-FRA',
  })
  expect(read({ body }).edgeErrorCode).toBeNull()
  expect(read({ body: 'error code: 1020' }).edgeErrorCode).toBe('1020')
})

it('passes on nothing from a server that could act, and nothing long', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 600 }), fc.constant('\u202e\u001b[2J'.repeat(200)))
  const answer = fc.record({ aud: text, ray_id: text, mtls_status: text })
  fc.assert(
    fc.property(answer, text, (json, header) => {
      const access = read({ body: JSON.stringify(json), headers: [{ name: 'cf-access-aud', value: header }] })
      for (const value of [access.audience, access.rayId, access.mtlsStatus]) {
        // Each of 200 characters may have become \u….
        expect((value ?? '').length).toBeLessThanOrEqual(200 * 7)
        expect(value ?? '').not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u)
      }
    }),
  )
})

it('is quick with a page of nothing but brackets', () => {
  expect(read({ body: '<'.repeat(64 * 1024) })).toMatchObject({ seen: false })
})
