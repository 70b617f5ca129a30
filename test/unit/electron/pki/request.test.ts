import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reviewRequest } from '#electron/pki/authority/requested'
import { decodePem, encodePem } from '#electron/pki/containers/pem'
import { encode, octetString, oid, sequence, tags } from '#electron/pki/der'
import { describeRequest } from '#electron/pki/describe/request'
import { generateKey, keySha256 } from '#electron/pki/keys'
import { createRequest, readRequest } from '#electron/pki/request'
import { RequestDraft } from '#shared/model/identity'
import type { KeyAlgorithm } from '#shared/model/key'
import { nameOf } from '../../../support/forge'
import { openWorkshop, type Workshop } from '../../../support/openssl'
import { extensionRequest, handmadeRequest } from '../../../support/requests'

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.remove())

const full = RequestDraft.parse({
  subject: {
    commonName: 'Zoë Ångström',
    organization: 'Acme, Inc.',
    organizationalUnit: 'R&D',
    locality: 'Zürich',
    state: 'ZH',
    country: 'ch',
  },
  emails: ['zoe@example.com'],
  dnsNames: ['laptop.example.com', '*.example.com'],
})

const request = async (draft: RequestDraft, algorithm: KeyAlgorithm = 'p-256') => {
  const key = await generateKey(algorithm)
  return { ...key, der: await createRequest(draft, key.pkcs8) }
}

describe('a request made here', () => {
  const hashes: [KeyAlgorithm, string][] = [
    ['rsa-2048', 'sha256WithRSAEncryption'],
    ['p-256', 'ecdsa-with-SHA256'],
    ['p-384', 'ecdsa-with-SHA384'],
    ['p-521', 'ecdsa-with-SHA512'],
  ]
  it.each(hashes)('with a key %s is verified by openssl and signed with %s', async (algorithm, signature) => {
    const { der } = await request(full, algorithm)
    await workshop.write('request.csr', encodePem('CERTIFICATE REQUEST', der))
    await workshop.openssl('req', '-in', 'request.csr', '-verify', '-noout')
    expect(await workshop.openssl('req', '-in', 'request.csr', '-noout', '-text')).toContain(signature)
  })

  it('has the subject in the usual order, in UTF-8, with C as PrintableString, and the alternative names', async () => {
    const { der } = await request(full)
    await workshop.write('request.der', der)
    const names = ['-nameopt', 'RFC2253,-esc_msb,utf8,show_type,-dn_rev,sep_comma_plus_space']
    const subject = await workshop.openssl(
      'req',
      '-inform',
      'DER',
      '-in',
      'request.der',
      '-noout',
      '-subject',
      ...names,
    )
    expect(subject.trim()).toBe(
      'subject=C=PRINTABLESTRING:CH, ST=UTF8STRING:ZH, L=UTF8STRING:Zürich, O=UTF8STRING:Acme\\, Inc., OU=UTF8STRING:R&D, CN=UTF8STRING:Zoë Ångström',
    )
    const text = await workshop.openssl('req', '-inform', 'DER', '-in', 'request.der', '-noout', '-text')
    expect(text).toContain('email:zoe@example.com, DNS:laptop.example.com, DNS:*.example.com')
  })

  it('leaves out what is empty', async () => {
    const { der } = await request(RequestDraft.parse({ subject: { commonName: 'John Doe' } }))
    await workshop.write('small.der', der)
    const text = await workshop.openssl('req', '-inform', 'DER', '-in', 'small.der', '-noout', '-text')
    expect(text).toMatch(/Subject: CN ?= ?John Doe\n/u)
    expect(text).toMatch(/Attributes:\s+\(none\)/u)
  })

  it('is read back as it was meant', async () => {
    const { der, spki } = await request(full)
    const read = await readRequest(der)
    expect(read).toMatchObject({
      commonName: 'Zoë Ångström',
      subject: 'CN=Zoë Ångström, OU=R&D, O=Acme\\, Inc., L=Zürich, ST=ZH, C=CH',
      alternativeNames: ['email: zoe@example.com', 'DNS: laptop.example.com', 'DNS: *.example.com'],
      unproven: null,
    })
    expect(keySha256(read.spki)).toBe(keySha256(spki))
  })
})

describe('a request made by openssl', () => {
  it('is read', async () => {
    await workshop.openssl('genrsa', '-out', 'client.key', '2048')
    await workshop.openssl('req', '-new', '-key', 'client.key', '-out', 'client.csr', '-subj', '/CN=John Doe')
    const [block] = decodePem((await workshop.read('client.csr')).toString('utf8'))
    const read = await readRequest(block?.der ?? new Uint8Array())
    expect(read).toMatchObject({ commonName: 'John Doe', alternativeNames: [], unproven: null })
  })
})

describe('a request whose signature proves nothing', () => {
  it.each([
    [
      'MD5',
      ['-md5'],
      'The request is signed with MD5WithRSA, which can be forged, so it does not prove who has the key.',
    ],
    [
      'a hash that is not known here',
      ['-sha3-256'],
      'The signature of the request (SHA3-256WithRSA) cannot be checked here, so it does not prove who has the key.',
    ],
  ])('for %s is refused by that name', async (_, digest, unproven) => {
    const files = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'odd.key', '-out', 'odd.csr', '-subj', '/CN=John Doe']
    await workshop.openssl('req', '-new', ...files, ...digest)
    const [block] = decodePem((await workshop.read('odd.csr')).toString('utf8'))
    expect(await readRequest(block?.der ?? new Uint8Array())).toMatchObject({ unproven })
  })
})

describe('a request that was tampered with', () => {
  it('has an invalid signature', async () => {
    const { der } = await request(full)
    const text = Buffer.from(der)
    text.write('Acne', text.indexOf('Acme'), 'latin1')
    expect(await readRequest(text)).toMatchObject({ unproven: expect.stringContaining('is wrong') })
  })

  it('is malformed when it is cut', async () => {
    const { der } = await request(full)
    await expect(readRequest(der.subarray(0, der.length - 1))).rejects.toMatchObject({ code: 'malformed' })
    await expect(readRequest(new Uint8Array())).rejects.toMatchObject({ code: 'malformed' })
  })
})

describe('a truth value of more than one octet', () => {
  // A reader that takes time in the square of its length would need an hour, also inside the octets of an extension.
  const long = encode(tags.boolean, Buffer.alloc(1_000_000, 0xa0))
  const attribute = (id: string, value: Uint8Array) => sequence(oid(id), encode(tags.set, value))
  const wished = (...parts: Uint8Array[]) => attribute(extensionRequest, sequence(sequence(...parts)))
  const constraints = oid('2.5.29.19')

  it.each([
    ['in an attribute', attribute('1.2.3', long)],
    ['in parts', attribute('1.2.3', encode(0x21, long))],
    ['that says whether an extension is critical', wished(constraints, long, octetString(Buffer.from('3000', 'hex')))],
  ])('%s makes the request malformed', async (_, wish) => {
    const der = handmadeRequest({ subject: nameOf('x'), attributes: [wish] })
    await expect(readRequest(der)).rejects.toMatchObject({ code: 'malformed' })
    await expect(describeRequest(der)).rejects.toMatchObject({ code: 'malformed' })
  })

  it('inside an extension makes the extension unreadable', async () => {
    const wish = wished(constraints, octetString(sequence(long)))
    const { extensions } = await reviewRequest(handmadeRequest({ subject: nameOf('x'), attributes: [wish] }))
    expect(extensions).toMatchObject([{ oid: '2.5.29.19', words: 'An extension that cannot be read' }])
  })
})
