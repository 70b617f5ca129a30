import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueAsRequested } from '#electron/pki/authority/client'
import { createIntermediate } from '#electron/pki/authority/intermediate'
import { createRoot } from '#electron/pki/authority/root'
import { issueServer } from '#electron/pki/authority/server'
import { encodePem } from '#electron/pki/containers/pem'
import { viewCertificate } from '#electron/pki/x509/view'
import { makeSmallPki, named, type SmallPki } from '../../../../support/certificates'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

const now = new Date()
const pem = (der: Uint8Array) => encodePem('CERTIFICATE', der)
let workshop: Workshop
let pki: SmallPki
beforeAll(async () => {
  workshop = await openWorkshop()
  pki = await makeSmallPki(now, 'rsa-2048')
  await workshop.write('root.pem', pem(pki.root.certificate))
  await workshop.write('intermediate.pem', pem(pki.intermediate.certificate))
  await workshop.write('chain.pem', pem(pki.intermediate.certificate) + pem(pki.root.certificate))
  await workshop.write('client.pem', pem(pki.client.certificate))
})
afterAll(() => workshop.remove())

const issuer = () => ({ issuerCertificate: pki.intermediate.certificate, issuerKey: pki.intermediate.pkcs8 })
const text = (file: string) => workshop.openssl('x509', '-in', file, '-noout', '-text')

describe('what the practice issuer makes', () => {
  it('is verified by openssl, strictly', async () => {
    const files = ['-CAfile', 'root.pem', '-untrusted', 'intermediate.pem', 'client.pem']
    expect(await workshop.openssl('verify', '-x509_strict', '-purpose', 'sslclient', ...files)).toContain('OK')
  })

  it('has the extensions of a client certificate', async () => {
    const shown = (await text('client.pem')).replace(/\s+/gu, ' ')
    expect(shown).toContain('X509v3 Basic Constraints: critical CA:FALSE')
    expect(shown).toContain('X509v3 Key Usage: critical Digital Signature X509v3')
    expect(shown).toContain('X509v3 Extended Key Usage: TLS Web Client Authentication X509v3')
    expect(shown).toContain('X509v3 Subject Key Identifier')
    expect(shown).toContain('X509v3 Authority Key Identifier')
  })

  it('has authorities that may sign certificates and CRLs and nothing else', async () => {
    for (const file of ['root.pem', 'intermediate.pem']) {
      const shown = (await text(file)).replace(/\s+/gu, ' ')
      expect(shown).toContain('X509v3 Basic Constraints: critical CA:TRUE')
      expect(shown).toContain('X509v3 Key Usage: critical Certificate Sign, CRL Sign X509v3')
    }
  })

  it('has serials that are positive, random and never repeated', async () => {
    const input = { requestDer: pki.client.requestDer, ...issuer(), days: 5, now }
    const made = await Promise.all(Array.from({ length: 20 }, () => issueAsRequested(input)))
    const serials = made.map((der) => viewCertificate(der).serial)
    expect(new Set(serials).size).toBe(serials.length)
    for (const serial of serials) {
      expect(serial.split(':')).toHaveLength(16)
      expect(Number.parseInt(serial.slice(0, 2), 16)).toBeLessThan(0x80)
    }
  })

  it('never outlives its issuer', async () => {
    const der = await issueAsRequested({ requestDer: pki.client.requestDer, ...issuer(), days: 5000, now })
    expect(viewCertificate(der).notAfter).toBe(viewCertificate(pki.intermediate.certificate).notAfter)
  })

  it('reaches beyond 2049 where asked to', async () => {
    const subject = named('Long Root')
    const { certificate } = await createRoot({ subject, algorithm: 'p-256', days: 20_000, now })
    await workshop.write('long.pem', pem(certificate))
    expect(await workshop.openssl('verify', '-x509_strict', '-CAfile', 'long.pem', 'long.pem')).toContain('OK')
  })
})

describe('name constraints', () => {
  it('hold for the practice site and for no other name', async () => {
    const common = { algorithm: 'p-256', days: 10, now } as const
    const root = await createRoot({ ...common, subject: named('Narrow Root'), permittedDns: ['site.localhost'] })
    await workshop.write('narrow.pem', pem(root.certificate))
    const serve = (name: string) =>
      issueServer({
        dnsNames: [name],
        spki: root.spki,
        issuerCertificate: root.certificate,
        issuerKey: root.pkcs8,
        days: 5,
        now,
      })
    const verify = ['verify', '-purpose', 'sslserver', '-CAfile', 'narrow.pem', 'server.pem']
    await workshop.write('server.pem', pem(await serve('site.localhost')))
    expect(await workshop.openssl(...verify)).toContain('OK')
    await workshop.write('server.pem', pem(await serve('bank.example')))
    await expect(workshop.openssl(...verify)).rejects.toThrow(/permitted subtree violation/u)
  })
})

describe('what is refused', () => {
  it('a request with a wrong signature', async () => {
    const requestDer = Uint8Array.from(pki.client.requestDer)
    const last = requestDer.length - 1
    requestDer[last] = (requestDer[last] ?? 0) ^ 1
    await expect(issueAsRequested({ requestDer, ...issuer(), days: 5, now })).rejects.toMatchObject({
      code: 'malformed',
    })
  })

  it('an issuer below another with the same name', async () => {
    const twin = { subject: named('Small Intermediate'), algorithm: 'p-256', days: 5, now } as const
    await expect(createIntermediate({ ...twin, ...issuer() })).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
