import { describe, expect, it } from 'vitest'
import {
  darwinFailure,
  interactiveLine,
  isAlreadyThere,
  isNotThere,
  parseIdentities,
  parseTrusted,
} from '#electron/stores/darwin-output'
import { splitLine } from '../../../support/security-double/interactive.mjs'

const finished = (exitCode: number, stderr: string) => ({ exitCode, stdout: '', stderr })

describe('a line for security -i', () => {
  it('arrives as it was meant, whatever it holds', () => {
    const words = ['import', '/tmp/a b/"x".p12', 'back\\slash', "it's", '', '$HOME']
    const line = interactiveLine(words)
    expect(line.endsWith('\n')).toBe(true)
    expect(splitLine(line.trimEnd())).toEqual(words)
  })

  it('is refused when security would cut it or read it as two', () => {
    expect(() => interactiveLine(['x'.repeat(4096)])).toThrow()
    expect(() => interactiveLine(Array.from({ length: 33 }, () => 'x'))).toThrow()
    expect(() => interactiveLine(['a\nb'])).toThrow()
  })
})

describe('what security prints', () => {
  it('lists identities once, also expired ones', () => {
    const first = 'DDB6EE637FC36156B2D014BE52C46ABFE210C2E6'
    const second = '1BE1A1A252227893A0CF267A81D2D5077FF86CC7'
    const stdout = [
      'Policy: SSL (client)',
      '  Matching identities',
      `  1) ${first} "Ada Lovelace"`,
      `  2) ${second} "Old" (CSSMERR_TP_CERT_EXPIRED)`,
      '     2 identities found',
      '',
      '  Valid identities only',
      `  1) ${first} "Ada Lovelace"`,
      '     1 valid identities found',
    ].join('\n')
    expect([...parseIdentities(stdout)]).toEqual([first, second].map((one) => one.toLowerCase()))
  })

  it('lists trusted certificates, and not those that are denied', () => {
    const entry = (sha1: string, result: string) =>
      `<key>${sha1}</key>\n<dict><key>trustSettings</key><array>${result}</array></dict>`
    const result = (value: number) => `<dict><key>kSecTrustSettingsResult</key>\n\t<integer>${value}</integer></dict>`
    const plist = [entry('A'.repeat(40), result(2)), entry('B'.repeat(40), result(3)), entry('C'.repeat(40), '')].join(
      '\n',
    )
    expect([...parseTrusted(`<plist><dict><key>trustList</key><dict>${plist}</dict></dict></plist>`)]).toEqual([
      'a'.repeat(40),
      'c'.repeat(40),
    ])
  })

  it.each([
    [
      1,
      'security: SecKeychainItemImport: MAC verification failed during PKCS12 import (wrong password?)',
      'store-password-refused',
    ],
    [
      1,
      'security: SecKeychainItemImport: The user name or passphrase you entered is not correct.',
      'store-password-refused',
    ],
    [1, 'security: SecKeychainItemImport: User interaction is not allowed.', 'store-locked'],
    [36, '', 'store-locked'],
    [128, '', 'store-cancelled'],
    [1, 'SecTrustSettingsSetTrustSettings: The authorization was canceled by the user.', 'trust-cancelled'],
    [1, 'The authorization was denied since no user interaction was possible.', 'store-denied'],
    [50, 'security: SecKeychainOpen: The specified keychain could not be found.', 'store-unavailable'],
    [1, 'something new', 'store-failed'],
  ])('exit %i, "%s" means %s', (exitCode, stderr, code) => {
    expect(darwinFailure('import', finished(exitCode, stderr)).code).toBe(code)
  })

  it('takes "already there" and "not there" as done', () => {
    expect(isAlreadyThere(finished(45, ''))).toBe(true)
    expect(isNotThere(finished(44, ''))).toBe(true)
    expect(isNotThere(finished(1, 'SecTrustSettingsRemoveTrustSettings: No Trust Settings were found.'))).toBe(true)
    expect(isNotThere(finished(1, 'something else'))).toBe(false)
  })
})
