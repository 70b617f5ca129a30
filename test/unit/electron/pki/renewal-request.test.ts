import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRoot } from '#electron/pki/authority/root'
import { encodePem } from '#electron/pki/containers/pem'
import { generateKey } from '#electron/pki/keys'
import { createRenewalRequest } from '#electron/pki/renewal-request'
import { readRequest } from '#electron/pki/request'
import { named } from '../../../support/certificates'
import { openWorkshop, type Workshop } from '../../../support/openssl'

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.remove())

/** Names that no form of Latchkey has a field for. */
const names = `[req]
distinguished_name = dn
x509_extensions = ext
string_mask = default
prompt = no
[dn]
1.DC = example
2.DC = acme
0.OU = Staff
1.OU = Büro
UID = mfalk
CN = Mira Falk
[ext]
subjectAltName = email:mira@acme.example, URI:spiffe://acme.example/mira, otherName:1.3.6.1.4.1.311.20.2.3;UTF8:mira@ad.acme.example, IP:10.1.2.3
extendedKeyUsage = clientAuth
`

async function certificateWith(config: string): Promise<Uint8Array> {
  await workshop.write('names.cnf', config)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-keyout', 'old.key']
  await workshop.openssl('req', '-x509', '-utf8', '-config', 'names.cnf', ...key, '-out', 'old.pem')
  return new X509Certificate(await workshop.read('old.pem')).raw
}

describe('a request in the place of a certificate', () => {
  it.each(['rsa-2048', 'p-256', 'p-384', 'p-521'] as const)(
    'has its names, and a proof of the %s key',
    async (type) => {
      const old = await certificateWith(names)
      const { pkcs8 } = await generateKey(type)
      const der = await createRenewalRequest(old, pkcs8)
      await workshop.write('new.csr', encodePem('CERTIFICATE REQUEST', der))
      const shown = await workshop.openssl('req', '-in', 'new.csr', '-noout', '-verify', '-subject', '-text')
      const subject = (await workshop.openssl('x509', '-in', 'old.pem', '-noout', '-subject')).trim()
      expect(shown).toContain(subject)
      const namesOf = (text: string) => /Subject Alternative Name:\s*\n\s*(.+)/u.exec(text)?.[1]
      const oldText = await workshop.openssl('x509', '-in', 'old.pem', '-noout', '-text')
      expect(namesOf(shown)).toBe(namesOf(oldText))
      expect(namesOf(shown)).toContain('spiffe://acme.example/mira')
      expect((await readRequest(der)).unproven).toBeNull()
    },
  )

  it('of a certificate without alternative names asks for none', async () => {
    const old = await certificateWith(names.replace(/^subjectAltName.*$/mu, ''))
    const { pkcs8 } = await generateKey('p-256')
    expect((await readRequest(await createRenewalRequest(old, pkcs8))).alternativeNames).toEqual([])
  })

  it('is not made for an issuer', async () => {
    const root = await createRoot({ subject: named('Acme Root'), algorithm: 'p-256', days: 9, now: new Date() })
    await expect(createRenewalRequest(root.certificate, root.pkcs8)).rejects.toMatchObject({
      code: 'certificate-is-authority',
    })
  })
})
