import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hasParameter, isSameAddress, resolveLocation } from '#shared/logic/test/location'
import { rounds } from '../../../../support/rounds'

const place = { hostname: 'a.example', port: 8443, path: '/one/two?x=1', practice: false }
const here = 'https://a.example:8443/one/two?x=1'

/** What Node's own URL makes of the same redirect. */
function expected(location: string) {
  const url = new URL(location, here)
  const port = url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port)
  return { scheme: url.protocol.slice(0, -1), hostname: url.hostname, port, path: url.pathname, query: url.search }
}

it.each([
  'https://b.example/x?y#z',
  'http://a.example/',
  '//b.example:9/x',
  'https://b.example',
  'https://b.example?x',
  '/three?y=2',
  '?z=3',
  'three',
  'https://user:password@b.example/',
  'HTTPS://B.EXAMPLE/Path',
])('leads where a browser would go: %s', (location) => {
  expect(resolveLocation(location, place)).toEqual(expected(location))
})

it.each(['about:blank', 'javascript:alert(1)', 'https:///x', 'mailto:a@b'])('leads nowhere: %s', (location) => {
  expect(resolveLocation(location, place)).toBeNull()
})

it('never throws, whatever a server sends', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (location) => {
      resolveLocation(location, place)
    }),
    { numRuns: rounds(500) },
  )
})

it('knows a loop, and a parameter by its whole name', () => {
  const same = resolveLocation('/one/two?x=1', place)
  expect(same !== null && isSameAddress(same, place)).toBe(true)
  const stripped = resolveLocation('https://a.example/one/two?x=1', place)
  expect(stripped !== null && isSameAddress(stripped, place)).toBe(false)
  expect(same !== null && hasParameter(same, 'x') && !hasParameter(same, '')).toBe(true)
})
