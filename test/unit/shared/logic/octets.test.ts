import { expect, it } from 'vitest'
import { octetsIn } from '#shared/logic/octets'

it('takes numbers apart between their octets, and nothing else', () => {
  expect(octetsIn('SHA-256 0A:1b:2C:3D.')).toEqual([['SHA-256 '], ['0A:', '1b:', '2C:', '3D'], ['.']])
  const plain = 'ab'.repeat(16)
  expect(octetsIn(`${plain} twice`)).toEqual([[''], Array.from({ length: 16 }, () => 'ab'), [' twice']])
  for (const text of ['at 10:25:31', '2001:0db8:85a3::8a2e', 'acme.example:8443', 'deadbeef', 'CN=Ada'])
    expect(octetsIn(text)).toEqual([[text]])
})

it('ends a line of a long name after an underscore, and within none of its words', () => {
  expect(octetsIn('ecdsa_secp256r1_sha256, _x')).toEqual([['ecdsa_', 'secp256r1_', 'sha256, _x']])
})
