import { describe, expect, it } from 'vitest'
import { DnsName, RequestDraft } from '#shared/model/identity'
import { otherNameRules } from '../../../renderer/src/components/subject'

describe('a host name in a form', () => {
  const names = ['a.example', '*.a.example', ' A.Example ', '_dmarc.a', 'a..b', 'a.-b', 'a.b-', `${'x'.repeat(64)}.a`]
  const long = `${'a.'.repeat(126)}example`

  it.each([...names, long])('is refused where the request would be: %s', (name) => {
    expect(otherNameRules.dnsNames([name]) === null).toBe(DnsName.safeParse(name).success)
  })
})

describe('an e-mail address in a form', () => {
  const takes = (email: string) =>
    RequestDraft.safeParse({ subject: { commonName: 'Ada' }, emails: [email], dnsNames: [] }).success
  const addresses = [
    'ada@example.com',
    "o'neil+1@a-b.example",
    'ada',
    'ada@example',
    'a..b@example.com',
    '.a@example.com',
  ]
  const long = `${'a'.repeat(250)}@example.com`

  it.each([...addresses, 'jürgen@example.com', 'ada@bücher.example', '{name}@example.com', long])(
    'is refused where the request would be: %s',
    (email) => {
      expect(otherNameRules.emails([email]) === null).toBe(takes(email))
    },
  )
})
