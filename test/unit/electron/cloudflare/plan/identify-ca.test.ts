import { describe, expect, test } from 'vitest'
import { identifyCa } from '#electron/cloudflare/plan/identify-ca'
import { ca, md5 } from '../../../../support/access-accounts'

const bundle = [md5('Issuing'), md5('Root')]
const reported = (name: string, fingerprint: string) => ca(name, [], { fingerprint: md5(fingerprint), bundle: null })

describe('a CA that Access has', () => {
  test('is recognised by its issuing certificate, whatever it is called', () => {
    const there = reported('Theirs', 'Issuing')
    expect(identifyCa([reported('Other', 'Root'), there], { name: 'Ours', bundle })).toEqual({
      ca: there,
      isUnclear: false,
    })
  })

  test('is recognised by a certificate above only with the same name', () => {
    const there = reported('Ours', 'Root')
    expect(identifyCa([there], { name: 'Ours', bundle })).toEqual({ ca: there, isUnclear: false })
    expect(identifyCa([there], { name: 'Ours 2', bundle })).toEqual({ ca: there, isUnclear: true })
  })

  test('is another one where all of its certificates are known, and the issuing one is not among them', () => {
    const there = ca('Ours', [], { fingerprint: md5('Root'), bundle: [md5('Earlier'), md5('Root')] })
    expect(identifyCa([there], { name: 'Ours', bundle })).toEqual({ ca: null, isUnclear: false })
  })

  test('is unclear where there are two of them', () => {
    const two = [reported('One', 'Issuing'), reported('Two', 'Issuing')]
    expect(identifyCa(two, { name: 'Ours', bundle }).isUnclear).toBe(true)
    expect(identifyCa(two, { name: 'Two', bundle })).toEqual({ ca: two[1], isUnclear: false })
  })
})
