import { isIP } from 'node:net'
import { GeneralName } from '@peculiar/asn1-x509'
import type { CfsslWarning } from './warnings'

/**
 * `hosts` as alternative names, told apart as cfssl does: addresses, e-mail addresses, URIs, and DNS names otherwise. The
 * walkthrough's `"hosts": [""]` makes cfssl write an empty DNS name (measured with 1.2.0), which RFC 5280 §4.2.1.6 forbids
 * and some servers refuse; it is dropped and said. A URI is written as one, where cfssl 1.2.0 makes it a DNS name.
 */
export function alternativeNamesOf(hosts: string[]): { names: GeneralName[]; warnings: CfsslWarning[] } {
  const real = hosts.map((host) => host.trim()).filter((host) => host !== '')
  const warnings: CfsslWarning[] =
    real.length === hosts.length
      ? []
      : [
          {
            code: 'empty-host',
            sentence:
              'The file has an empty host. cfssl would write an empty DNS name into the certificate; it was left out.',
          },
        ]
  return { names: real.map(nameOf), warnings }
}

function nameOf(host: string): GeneralName {
  if (isIP(host) !== 0) return new GeneralName({ iPAddress: host })
  if (/^[^@\s]+@[^@\s]+$/u.test(host)) return new GeneralName({ rfc822Name: host })
  if (/^[a-z][a-z0-9+.-]*:\/\//iu.test(host)) return new GeneralName({ uniformResourceIdentifier: host })
  return new GeneralName({ dNSName: host })
}
