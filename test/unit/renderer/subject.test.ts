import { describe, expect, it } from 'vitest'
import { DnsName } from '#shared/model/identity'
import { otherNameRules } from '../../../renderer/src/components/subject'

describe('a host name in a form', () => {
  const names = ['a.example', '*.a.example', ' A.Example ', '_dmarc.a', 'a..b', 'a.-b', 'a.b-', `${'x'.repeat(64)}.a`]
  const long = `${'a.'.repeat(126)}example`

  it.each([...names, long])('is refused where the request would be: %s', (name) => {
    expect(otherNameRules.dnsNames([name]) === null).toBe(DnsName.safeParse(name).success)
  })
})
