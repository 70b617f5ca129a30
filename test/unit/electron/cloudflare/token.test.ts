import { describe, expect, it } from 'vitest'
import { apiAddress } from '#electron/cloudflare/sdk'
import { standInAddress } from '#electron/cloudflare/stand-in'
import { readToken, tokenPage } from '#electron/cloudflare/token'

const forty = 'Q-wertyuiop_1234567890asdfghjklzxcvbnm12'

describe('readToken', () => {
  it.each([
    [`cfut_${forty}`, 'user'],
    [`cfat_${forty}`, 'account'],
    [forty, 'unmarked'],
  ])('takes %s as a token of kind %s', (token, kind) => {
    expect(readToken(`  Bearer ${token}\n`)).toEqual({ token, kind })
  })

  it.each([
    [`cfk_${forty}`, 'This is a global API key.'],
    ['0123456789abcdef0123456789abcdef01234', 'This is a global API key.'],
    [`v1.0-${forty}`, 'This is an Origin CA key.'],
    ['', 'It is empty.'],
    ['short', 'It does not have the form of an API token.'],
    [`${forty}\r\nx-auth-key: 1`, 'It does not have the form of an API token.'],
  ])('refuses %j', (text, detail) => {
    expect(() => readToken(text)).toThrow(expect.objectContaining({ code: 'cloudflare-token-unusable', detail }))
  })
})

it('names the dashboard’s page of the token', () => {
  expect(tokenPage('account', 'abc')).toBe('https://dash.cloudflare.com/abc/api-tokens')
  expect(tokenPage('unmarked', 'abc')).toBe('https://dash.cloudflare.com/profile/api-tokens')
})

describe('apiAddress', () => {
  it('is fixed', () => expect(apiAddress).toBe('https://api.cloudflare.com/client/v4'))
  it('is on this computer where tests name another', () => {
    expect(standInAddress('http://127.0.0.1:80')).toBe('http://127.0.0.1/client/v4')
    for (const other of ['http://evil.example', 'https://127.0.0.1', 'http://127.0.0.1.evil.example'])
      expect(() => standInAddress(other)).toThrow('on this computer')
  })
})
