import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ClientFlags,
  hasClientTrust,
  hasServerTrust,
  settableFlags,
  withClientTrust,
  withoutServerTrust,
} from '#electron/stores/nss-flags'
import { Undo } from '#shared/model/undo'

const field = fc.array(fc.constantFrom(...'pPcCTuwg'), { maxLength: 8 }).map((letters) => letters.join(''))
const anyFlags = fc.tuple(field, field, field).map((fields) => fields.join(','))

describe('trust flags', () => {
  it('gain or lose trust for clients and keep what was there', () => {
    expect([',,', 'C,,', 'CT,C,', 'u,u,u'].map((flags) => withClientTrust(flags, true))).toEqual([
      'T,,',
      'CT,,',
      'CT,C,',
      'T,,',
    ])
    expect(['T,,', 'CT,C,T', 'p,,'].map((flags) => withClientTrust(flags, false))).toEqual([',,', 'C,C,T', 'p,,'])
  })

  it('are read', () => {
    expect(['T,,', 'C,T,', 'CT,,'].map(hasClientTrust)).toEqual([true, false, true])
    expect(settableFlags('Cu,u,u')).toBe('C,,')
  })

  it('lose what vouches for servers, and keep a distrust', () => {
    expect(['CT,C,C', 'P,,', 'p,p,p', 'Cu,u,u', 'nonsense'].map(withoutServerTrust)).toEqual([
      'T,,',
      ',,',
      'p,p,p',
      ',,',
      ',,',
    ])
  })

  it('never vouch for a server, whatever a record says', () => {
    const any = fc.oneof(anyFlags, fc.string())
    const property = fc.property(any, (flags) => !hasServerTrust(withoutServerTrust(flags)))
    fc.assert(property)
    expect(
      ['C,,', 'P,,', ',C,', ',,C', 'T', 'T,,,', 'T,,\n'].filter((flags) => ClientFlags.safeParse(flags).success),
    ).toEqual([])
  })
})

describe('a record of what to take back', () => {
  const read = (flags: string) =>
    Undo.safeParse({ store: 'nss-user', steps: [{ kind: 'restore-trust', sha256: '', label: '', flags }] }).success

  it('holds flags of NSS, of no other letters and no other form', () => {
    expect(['CT,C,C', ',,', '', 'p,P,u'].map(read)).toEqual([true, true, true, true])
    expect(['X,,', 'C', "C,,' -t 'C,,", 'C,,\n', `${'C'.repeat(10)},,`].map(read)).toEqual(Array(5).fill(false))
  })
})
