import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { normaliseSpki } from '#electron/pki/keys'
import { isAuthority, isIssuedBy } from '#electron/pki/x509/issued-by'
import { certificateKey, certificateSha256, readCertificate } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import { CertificateView } from '#shared/model/certificate'
import { derOf } from '../../../../support/certificates'
import { openWorkshop, type Walkthrough, type Workshop, walkThrough } from '../../../../support/openssl'

let walkthrough: Walkthrough
let workshop: Workshop
beforeAll(async () => {
  walkthrough = await walkThrough()
  workshop = await openWorkshop()
  await workshop.openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'some.key')
})
afterAll(() => Promise.all([walkthrough.remove(), workshop.remove()]))

/** A self-signed certificate with this subject, issued by openssl; more options as given. */
async function selfSigned(subject: string, ...options: string[]): Promise<Uint8Array> {
  const names = ['-utf8', '-subj', subject, '-outform', 'DER', '-out', 'some.der']
  await workshop.openssl('req', '-x509', '-new', '-key', 'some.key', '-days', '10', ...names, ...options)
  return workshop.read('some.der')
}

const issuedBy = (der: Uint8Array, issuer: Uint8Array) => isIssuedBy(readCertificate(der), readCertificate(issuer))

describe('the walkthrough’s certificates', () => {
  it('the leaf is X.509 v1 without extensions', () => {
    const der = derOf(walkthrough.clientPem)
    const view = viewCertificate(der)
    expect(CertificateView.parse(view)).toEqual(view)
    expect(view).toMatchObject({
      commonName: 'John Doe',
      subject: 'CN=John Doe',
      issuer: 'CN=Walkthrough Intermediate, O=Walkthrough',
      issuerCommonName: 'Walkthrough Intermediate',
      version: 1,
      publicKey: 'RSA 2048',
      signatureAlgorithm: 'SHA256WithRSA',
      isAuthority: false,
      selfSigned: false,
      keyUsage: [],
      extendedKeyUsage: [],
      alternativeNames: [],
    })
    expect(view.pem.trim()).toBe(walkthrough.clientPem.trim())
  })

  it('agree with Node’s own reading', () => {
    for (const pem of [walkthrough.clientPem, walkthrough.intermediatePem, walkthrough.rootPem]) {
      const der = derOf(pem)
      const own = new X509Certificate(Buffer.from(der))
      const view = viewCertificate(der)
      expect(view.sha256).toBe(own.fingerprint256.replaceAll(':', '').toLowerCase())
      expect(view.sha1).toBe(own.fingerprint.replaceAll(':', '').toLowerCase())
      expect(view.serial.replaceAll(':', '')).toBe(own.serialNumber.toUpperCase())
      expect(Date.parse(view.notAfter)).toBe(Date.parse(own.validTo))
      expect(certificateSha256(der)).toBe(view.sha256)
      expect(isAuthority(der)).toBe(own.ca)
      const spki = own.publicKey.export({ type: 'spki', format: 'der' })
      expect(Buffer.from(certificateKey(der)).equals(normaliseSpki(spki))).toBe(true)
    }
  })

  it('root and intermediate are authorities, and only the root signed itself', () => {
    const [intermediate, root] = [derOf(walkthrough.intermediatePem), derOf(walkthrough.rootPem)]
    expect(viewCertificate(intermediate)).toMatchObject({
      isAuthority: true,
      selfSigned: false,
      keyUsage: ['crlSign', 'keyCertSign'],
    })
    expect(viewCertificate(root)).toMatchObject({ isAuthority: true, selfSigned: true })
    expect(issuedBy(intermediate, root)).toBe(true)
    expect(issuedBy(root, intermediate)).toBe(false)
    expect(viewCertificate(intermediate).issuer).toBe(viewCertificate(root).subject)
  })
})

describe('a certificate made by cfssl with the walkthrough’s files', () => {
  it('shows its uses', async () => {
    const ca = { CN: 'Access Testing CA', key: { algo: 'rsa', size: 2048 }, names: [{ C: 'US', O: 'Access Testing' }] }
    const usages = ['signing', 'key encipherment', 'client auth']
    const config = { signing: { default: { expiry: '8760h' }, profiles: { client: { usages, expiry: '8760h' } } } }
    const client = { CN: 'James Royal', hosts: [''], key: { algo: 'rsa', size: 2048 }, names: [{ O: 'Access' }] }
    await workshop.write('ca-csr.json', JSON.stringify(ca))
    await workshop.write('ca-config.json', JSON.stringify(config))
    await workshop.write('client-csr.json', JSON.stringify(client))
    const made = JSON.parse(await workshop.run('cfssl', ['gencert', '-initca', 'ca-csr.json']))
    await workshop.write('ca.pem', made.cert)
    await workshop.write('ca-key.pem', made.key)
    const signing = ['-ca=ca.pem', '-ca-key=ca-key.pem', '-config=ca-config.json', '-profile=client']
    const issued = JSON.parse(await workshop.run('cfssl', ['gencert', ...signing, 'client-csr.json']))
    const leaf = derOf(issued.cert)
    expect(viewCertificate(leaf)).toMatchObject({
      commonName: 'James Royal',
      issuerCommonName: 'Access Testing CA',
      version: 3,
      isAuthority: false,
      keyUsage: ['digitalSignature', 'keyEncipherment'],
      extendedKeyUsage: ['Client authentication'],
    })
    expect(issuedBy(leaf, derOf(made.cert))).toBe(true)
  })
})

describe('unusual certificates', () => {
  it('have their text neutralised', async () => {
    const view = viewCertificate(await selfSigned('/CN=evil\u202Egnp.exe\u001B[31m/O=a\u200Bb'))
    expect(view.commonName).toBe('evil\\u202egnp.exe\\u001b[31m')
    expect(JSON.stringify(view)).not.toMatch(/\u202E|\u001B|\u200B/u)
  })

  it('an attribute cannot pretend to be two', async () => {
    const view = viewCertificate(await selfSigned('/CN=a, O=Acme'))
    expect(view.subject).toBe('CN=a\\, O\\=Acme')
  })

  it('without any name are shown as such', async () => {
    const view = viewCertificate(await selfSigned('/'))
    expect(view).toMatchObject({ subject: '(empty)', commonName: null })
  })

  it('alternative names of every kind are spelt out', async () => {
    const names = 'DNS:a.example,email:a@b.example,IP:10.0.0.1,IP:2001:db8::1,URI:https://a.example/,RID:1.2.3.4'
    const view = viewCertificate(
      await selfSigned('/CN=a', '-addext', `subjectAltName=${names},otherName:1.3.6.1.4.1.311.20.2.3;UTF8:ada@corp`),
    )
    expect(view.alternativeNames).toEqual([
      'DNS: a.example',
      'email: a@b.example',
      'IP: 10.0.0.1',
      'IP: 2001:db8::1',
      'URI: https://a.example/',
      'ID: 1.2.3.4',
      'other name: 1.3.6.1.4.1.311.20.2.3',
    ])
  })

  it('dates beyond 2049 are read', async () => {
    const view = viewCertificate(await selfSigned('/CN=long', '-days', '20000'))
    expect(Number(view.notAfter.slice(0, 4))).toBeGreaterThan(2050)
  })

  it('a serial with a high first octet is spelt as openssl spells it', async () => {
    const der = await selfSigned('/CN=serial', '-set_serial', '0xF1020304')
    expect(viewCertificate(der).serial).toBe('F1:02:03:04')
  })

  it('a self-signed v1 root is an authority, a v1 leaf is not', async () => {
    await workshop.openssl('req', '-new', '-key', 'some.key', '-subj', '/CN=Old Root', '-out', 'old.csr')
    const files = ['-in', 'old.csr', '-signkey', 'some.key', '-outform', 'DER', '-out', 'old.der']
    await workshop.openssl('x509', '-req', '-days', '10', ...files)
    expect(viewCertificate(await workshop.read('old.der'))).toMatchObject({ version: 1, isAuthority: true })
    expect(isAuthority(derOf(walkthrough.clientPem))).toBe(false)
  })

  it.each([
    ['Ed25519', ['-algorithm', 'ED25519'], []],
    ['RSA-PSS', ['-algorithm', 'RSA'], ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32']],
  ])('a signature by %s is named and checked', async (name, key, signing) => {
    await workshop.openssl('genpkey', ...key, '-out', 'odd.key')
    const options = ['-days', '10', '-subj', '/CN=Odd', '-outform', 'DER', '-out', 'odd.der', ...signing]
    await workshop.openssl('req', '-x509', '-new', '-key', 'odd.key', ...options)
    expect(viewCertificate(await workshop.read('odd.der'))).toMatchObject({
      signatureAlgorithm: name,
      selfSigned: true,
    })
  })
})

describe('a forged issuer', () => {
  it('with the right name and another key has issued nothing', async () => {
    const impostor = await selfSigned('/O=Walkthrough/CN=Walkthrough Intermediate')
    const leaf = derOf(walkthrough.clientPem)
    expect(viewCertificate(impostor).subject).toBe(viewCertificate(leaf).issuer)
    expect(issuedBy(leaf, impostor)).toBe(false)
  })

  it('does not pass with a changed leaf either', () => {
    const leaf = Buffer.from(derOf(walkthrough.clientPem))
    leaf.write('Jane', leaf.indexOf('John'), 'latin1')
    expect(viewCertificate(leaf).commonName).toBe('Jane Doe')
    expect(issuedBy(leaf, derOf(walkthrough.intermediatePem))).toBe(false)
  })
})

describe('what is no certificate', () => {
  it.each([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('hello')],
    ['an empty sequence', Uint8Array.of(0x30, 0)],
  ])('%s is malformed', (_, bytes) => {
    expect(() => viewCertificate(bytes)).toThrow(expect.objectContaining({ code: 'malformed' }))
    expect(() => certificateKey(bytes)).toThrow(expect.objectContaining({ code: 'malformed' }))
    expect(() => isAuthority(bytes)).toThrow(expect.objectContaining({ code: 'malformed' }))
  })
})
