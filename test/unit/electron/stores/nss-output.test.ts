import { describe, expect, it } from 'vitest'
import { parseKeyIds, parseListing, parseTrustByFingerprint } from '#electron/stores/nss-output'

/** As printed by certutil of NSS 3.87. */
const listing = `
Certificate Nickname                                         Trust Attributes
                                                             SSL,S/MIME,JAR/XPI

Ada · Latchkey a                                            u,u,u
Ada · Latchkey a                                            ,,   
root                                                         CT,C,
A nickname that is so long that it leaves no room at all for the flags u,u,u
`

const keys = `certutil: Checking token "NSS Certificate DB" in slot "NSS User Private Key and Certificate Services"
< 0> rsa      355ca3c3e6e4a25c5cbd7a3fb18241d6d82be440   Ada · Latchkey a
< 1> ec       EB1745AA9C140C6E377FCB2926EF8BC78F5F9A06   (orphan)
`

const pretty = `Certificate:
    Data:
        Version: 3 (0x2)
    Fingerprint (SHA-256):
        67:CD:91:3D:C4:0F:8C:1B:83:D5:D8:A3:1F:B8:81:1E:DB:74:06:13:7C:65:8A:01:25:C1:88:E5:CA:E0:89:00
    Fingerprint (SHA1):
        DD:B6:EE:63:7F:C3:61:56:B2:D0:14:BE:52:C4:6A:BF:E2:10:C2:E6

    Mozilla-CA-Policy: false (attribute missing)
    Certificate Trust Flags:
        SSL Flags:
            Valid CA
            Trusted CA
            Trusted Client CA
        Email Flags:
            Valid CA
        Object Signing Flags:

Certificate:
    Data:
        Version: 3 (0x2)
    Fingerprint (SHA-256):
        AE:85:34:96:08:3C:A9:7A:5A:F7:AF:6E:55:9D:A3:91:74:24:68:41:8A:DC:34:7F:34:33:A4:D8:6A:C2:7A:57
    Fingerprint (SHA1):
        1B:E1:A1:A2:53:22:78:93:A0:CF:26:7A:81:D2:D5:07:7F:F8:6C:C7

    Mozilla-CA-Policy: false (attribute missing)
    Certificate Trust Flags:
        SSL Flags:
            User
        Email Flags:
            User
        Object Signing Flags:
            User

`

describe('what certutil prints', () => {
  it('lists nicknames with blanks, repeated ones and flags', () => {
    expect(parseListing(listing)).toEqual([
      { nickname: 'Ada · Latchkey a', flags: 'u,u,u' },
      { nickname: 'Ada · Latchkey a', flags: ',,' },
      { nickname: 'root', flags: 'CT,C,' },
      { nickname: 'A nickname that is so long that it leaves no room at all for the flags', flags: 'u,u,u' },
    ])
  })

  it('lists key identifiers, also of keys without a certificate', () => {
    const expected = ['355ca3c3e6e4a25c5cbd7a3fb18241d6d82be440', 'eb1745aa9c140c6e377fcb2926ef8bc78f5f9a06']
    expect([...parseKeyIds(keys)]).toEqual(expected)
  })

  it('tells the trust of certificates apart that share a nickname', () => {
    expect([...parseTrustByFingerprint(pretty)]).toEqual([
      ['67cd913dc40f8c1b83d5d8a31fb8811edb7406137c658a0125c188e5cae08900', 'CT,c,'],
      ['ae853496083ca97a5af7af6e559da391742468418adc347f3433a4d86ac27a57', 'u,u,u'],
    ])
  })
})
