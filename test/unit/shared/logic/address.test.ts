import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAddress, hostHeader, parseAddress, parseConnectTo, whyNotReadable } from '#shared/logic/address'
import { rounds } from '../../../support/rounds'

it.each([
  ['https://admin.example.com/', 'admin.example.com', 443, '/'],
  ['  admin.example.com ', 'admin.example.com', 443, '/'],
  ['HTTPS://Admin.Example.COM', 'admin.example.com', 443, '/'],
  ['https:// admin.example.com /x', 'admin.example.com', 443, '/x'],
  ['“https://admin.example.com:8443/a?b=c#d”', 'admin.example.com', 8443, '/a?b=c'],
  ['<https://admin.example.com>,', 'admin.example.com', 443, '/'],
  ['admin.example.com.', 'admin.example.com', 443, '/'],
  ['admin.example.com?x=1', 'admin.example.com', 443, '/?x=1'],
  ['localhost:8443', 'localhost', 8443, '/'],
  ['127.0.0.1:1', '127.0.0.1', 1, '/'],
  ['https://[::1]:8443/', '::1', 8443, '/'],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example', 443, '/'],
  ['a.example/pä th', 'a.example', 443, '/p%C3%A4th'],
])('reads %s', (text, hostname, port, path) => {
  expect(parseAddress(text)).toEqual({ ok: true, hostname, port, path })
})

it.each([
  ['', /Enter the address/],
  ['http://a.example', /need https/],
  ['ftp://a.example', /Only https/],
  ['https://user:pw@a.example', /user name/],
  ['https://*.example.com', /wildcard/],
  ['https://a b!c', /not a valid host name/],
  ['a.example:99999', /1 to 65535/],
  ['a.example:x', /number/],
  ['https:///path', /missing/],
  ['1.2.3', /not a valid host name/],
  ['-a.example', /not a valid host name/],
  ['[:1::2]', /not a valid host name/],
  ['[1::2:]', /not a valid host name/],
])('says what is wrong with %s', (text, reason) => {
  const parsed = parseAddress(text)
  expect(parsed.ok).toBe(false)
  expect(parsed.ok ? '' : parsed.reason).toMatch(reason)
})

it('never throws, and what it reads it can write and read again', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl({ validSchemes: ['https'], withQueryParameters: true })), (text) => {
      const parsed = parseAddress(text)
      if (parsed.ok) expect(parseAddress(formatAddress(parsed))).toEqual(parsed)
      else expect(parsed.reason).not.toBe('')
    }),
    { numRuns: rounds(500) },
  )
})

it('reads another address to connect to', () => {
  expect(parseConnectTo('', 443)).toEqual({ ok: true, connectTo: null })
  expect(parseConnectTo(' 10.0.0.5 ', 8443)).toEqual({ ok: true, connectTo: { address: '10.0.0.5', port: 8443 } })
  expect(parseConnectTo('origin.internal:9443', 443)).toEqual({
    ok: true,
    connectTo: { address: 'origin.internal', port: 9443 },
  })
  expect(parseConnectTo('[::1]:9443', 443)).toEqual({ ok: true, connectTo: { address: '::1', port: 9443 } })
  expect(parseConnectTo('a b:c:d', 443).ok).toBe(false)
  expect(parseConnectTo('::1::2', 443).ok).toBe(false)
})

it('names the port only where it is not 443', () => {
  expect(hostHeader({ hostname: 'a.example', port: 443 })).toBe('a.example')
  expect(hostHeader({ hostname: '::1', port: 8443 })).toBe('[::1]:8443')
})

describe('a site that an earlier version kept', () => {
  const site = (changes: object = {}) => ({ hostname: 'a.example', port: 443, connectTo: null, ...changes })
  it.each([
    ['IPv4 with leading zeros', { hostname: '010.0.0.1' }],
    ['IPv6 that ends in it', { hostname: '::01.2.3.4' }],
    ['such an address to connect to', { connectTo: { address: '010.0.0.1', port: 443 } }],
  ])('is not connected to where programs read its address differently: %s', (_what, changes) => {
    expect(whyNotReadable(site(changes))).toMatch(/is not a valid host name/u)
  })
  it('is connected to otherwise', () => {
    expect(whyNotReadable(site())).toBeNull()
    expect(whyNotReadable(site({ hostname: '::1', connectTo: { address: '127.0.0.1', port: 8443 } }))).toBeNull()
    expect(whyNotReadable(site({ hostname: 'xn--bcher-kva.example', port: 8443 }))).toBeNull()
  })
})
