import { createHmac, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { systemClock } from '#electron/platform/clock'
import type { TokenKeys } from '#electron/probe/probe'
import { readToken } from '#electron/probe/token'
import { createTokenKeys } from '#electron/probe/token-keys'
import { rounds } from '../../../support/rounds'

const issuer = 'https://practice.latchkey.localhost:8443'
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwk: JsonWebKey & Record<string, unknown> = {
  ...pair.publicKey.export({ format: 'jwk' }),
  kid: 'one',
  alg: 'RS256',
}
const practice = async () => ({ issuer, jwks: { keys: [jwk] } })
const nobody = () => Promise.reject(new Error('Nobody is to be asked.'))
const keys = createTokenKeys({ practice, askServer: nobody, clock: systemClock })

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const unsigned = (header: object, claims: object) => `${encode(header)}.${encode(claims)}`

function make(claims: object, key: KeyObject = pair.privateKey, header: object = { alg: 'RS256', kid: 'one' }): string {
  const text = unsigned(header, claims)
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}

const claims = {
  type: 'app',
  aud: ['a'],
  iss: issuer,
  iat: 1_700_000_000,
  exp: 1_700_086_400,
  common_name: 'John Doe',
}

it('reads a token and checks its signature', async () => {
  expect(await readToken(make(claims), keys)).toEqual({
    algorithm: 'RS256',
    keyId: 'one',
    type: 'app',
    commonName: 'John Doe',
    audience: ['a'],
    issuer,
    issuedAt: '2023-11-14T22:13:20.000Z',
    notBefore: null,
    expiresAt: '2023-11-15T22:13:20.000Z',
    signature: 'valid',
    signatureCheck: 'valid',
    signatureNote: null,
  })
})

it('takes an audience as one name or several, and any claim for missing', async () => {
  expect(await readToken(make({ iss: issuer, aud: 'one' }), keys)).toMatchObject({
    audience: ['one'],
    commonName: null,
  })
  expect(await readToken(make({ aud: 7, exp: 'soon', common_name: {} }), keys)).toMatchObject({
    audience: [],
    expiresAt: null,
    commonName: null,
    issuer: null,
    signature: 'unchecked',
  })
})

it('does not believe another key, no signature, or the public key used as a password', async () => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  expect(await readToken(make(claims, other), keys)).toMatchObject({ signature: 'invalid' })
  const none = `${unsigned({ alg: 'none' }, claims)}.`
  expect((await readToken(none, keys))?.signature).not.toBe('valid')
  const text = unsigned({ alg: 'HS256', kid: 'one' }, claims)
  const pem = pair.publicKey.export({ format: 'pem', type: 'spki' })
  const confused = `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`
  expect(await readToken(confused, keys)).toMatchObject({ signature: 'invalid' })
})

it('leaves unchecked what it has no keys for', async () => {
  const unreachable: TokenKeys = { keysFor: async () => ({ kind: 'unreachable' }) }
  const seen = await readToken(make(claims), unreachable)
  expect(seen).toMatchObject({ signature: 'unchecked', commonName: 'John Doe' })
  expect(seen?.signatureNote).toContain(issuer)
})

it('never throws for what a cookie holds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string(),
        fc.array(fc.base64String(), { maxLength: 4 }).map((parts) => parts.join('.')),
      ),
      async (value) => {
        const seen = await readToken(value, keys)
        expect(seen?.signature).not.toBe('valid')
      },
    ),
    { numRuns: rounds(200) },
  )
})
