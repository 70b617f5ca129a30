import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encode, integer, tags } from '#electron/pki/der'
import { describeCrl } from '#electron/pki/describe/crl'
import { inspectFile } from '#electron/pki/describe/inspect'
import { generateKey } from '#electron/pki/keys'
import type { InspectedFile, ObjectDetails } from '#shared/model/details'
import { extension, forgeCrl, nameOf } from '../../../../support/forge'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

/** Objects that openssl makes, and what is said of them. */
let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
  await workshop.write('request.cnf', requestConfig)
  await workshop.openssl(
    'req',
    '-new',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-config',
    'request.cnf',
    '-keyout',
    'ada.key',
    '-out',
    'ada.csr',
  )
  await workshop.openssl(
    'req',
    '-x509',
    '-key',
    'ada.key',
    '-config',
    'request.cnf',
    '-set_serial',
    '0x00c0ffee',
    '-days',
    '30',
    '-extensions',
    'full',
    '-out',
    'ada.pem',
  )
})
afterAll(() => workshop.remove())

const requestConfig = `
[req]
distinguished_name = name
prompt = no
utf8 = yes
string_mask = utf8only
req_extensions = wishes
attributes = secrets
[name]
C = GB
O = Analytical Engines, Ltd.
CN = Ada Lovelace ✓
[secrets]
challengePassword = between us
[wishes]
subjectAltName = email:ada@example.com, DNS:ada.example
[place]
O = Analytical Engines\\, Ltd.
CN = ada
[full]
basicConstraints = critical, CA:true, pathlen:2
keyUsage = critical, keyCertSign, cRLSign
extendedKeyUsage = clientAuth, 1.2.3.4
subjectKeyIdentifier = hash
subjectAltName = email:ada@example.com, DNS:ada.example, IP:192.0.2.7, IP:2001:db8::1, URI:https://ada.example/, RID:1.2.3, dirName:place
crlDistributionPoints = URI:http://crl.example/ca.crl
authorityInfoAccess = OCSP;URI:http://ocsp.example, caIssuers;URI:http://ca.example/ca.cer
certificatePolicies = 2.5.29.32.0, 1.3.6.1.4.1.99999.1
nameConstraints = critical, permitted;DNS:example, excluded;IP:10.0.0.0/255.0.0.0
policyConstraints = requireExplicitPolicy:1
inhibitAnyPolicy = 3
tlsfeature = status_request
nsComment = made by hand
1.3.6.1.4.1.99999.7 = ASN1:UTF8String:anything
`

async function inspect(name: string, password: string | null = null): Promise<InspectedFile> {
  return inspectFile({ name, bytes: await workshop.read(name), password })
}

async function only(name: string): Promise<ObjectDetails> {
  const { objects, failures } = await inspect(name)
  expect(failures).toEqual([])
  const [first, ...others] = objects
  if (first === undefined || others.length > 0) throw new Error(`${name} holds ${objects.length} objects`)
  return first
}

const statement = ({ groups }: ObjectDetails, id: string) =>
  groups.flatMap(({ fields }) => fields).find((field) => field.id === id)

describe('a certificate', () => {
  it.each([
    ['subject.commonName', 'Ada Lovelace ✓'],
    ['subject.organization', 'Analytical Engines, Ltd.'],
    ['issuer.country', 'GB'],
    ['version', 'X.509 v3'],
    ['serial', 'C0:FF:EE\n12648430 (decimal)'],
    ['publicKey.algorithm', 'EC P-256'],
    ['signature.algorithm', 'ECDSAWithSHA256'],
    ['extension.2.5.29.19', 'Issuer (CA), with at most 2 issuers below'],
    ['extension.2.5.29.15', 'Certificate signing, CRL signing'],
    ['extension.2.5.29.37', 'Client authentication (1.3.6.1.5.5.7.3.2)\n1.2.3.4'],
    [
      'extension.2.5.29.17',
      'E-mail: ada@example.com\nDNS: ada.example\nIP: 192.0.2.7\nIP: 2001:db8:0:0:0:0:0:1\nURI: https://ada.example/\nRegistered identifier: 1.2.3\nDirectory: CN=ada, O=Analytical Engines\\, Ltd.',
    ],
    ['extension.2.5.29.31', 'URI: http://crl.example/ca.crl'],
    [
      'extension.1.3.6.1.5.5.7.1.1',
      'OCSP (1.3.6.1.5.5.7.48.1): URI: http://ocsp.example\nIssuer’s certificate (1.3.6.1.5.5.7.48.2): URI: http://ca.example/ca.cer',
    ],
    ['extension.2.5.29.32', 'Any policy (2.5.29.32.0)\n1.3.6.1.4.1.99999.1'],
    ['extension.2.5.29.30', 'Only DNS: example\nNever IP: 10.0.0.0 / 255.0.0.0'],
    ['extension.2.5.29.36', 'A policy is required after 1 certificates'],
    ['extension.2.5.29.54', 'after 3 certificates'],
    ['extension.1.3.6.1.5.5.7.1.24', 'OCSP stapling required'],
    ['extension.2.16.840.1.113730.1.13', 'made by hand'],
    ['extension.1.3.6.1.4.1.99999.7', Buffer.from('\x0c\x08anything', 'latin1').toString('hex')],
  ])('%s', async (id, value) => {
    expect(statement(await only('ada.pem'), id)?.value).toBe(value)
  })

  it('says what is critical, and shows the bytes of an extension', async () => {
    const certificate = await only('ada.pem')
    expect(statement(certificate, 'extension.2.5.29.19')).toMatchObject({
      critical: true,
      oid: '2.5.29.19',
      raw: '30060101ff020102',
    })
    expect(statement(certificate, 'extension.2.5.29.37')?.critical).toBe(false)
  })

  it('has the fingerprints, dates and identifiers that openssl tells', async () => {
    const certificate = await only('ada.pem')
    for (const digest of ['sha256', 'sha1', 'md5'] as const) {
      const told = await workshop.openssl('x509', '-in', 'ada.pem', '-noout', '-fingerprint', `-${digest}`)
      expect(certificate.fingerprints[digest]).toBe(told.split('=')[1]?.trim().replaceAll(':', '').toLowerCase())
    }
    const dates = await workshop.openssl('x509', '-in', 'ada.pem', '-noout', '-dates', '-dateopt', 'iso_8601')
    expect(dates).toContain(`notBefore=${statement(certificate, 'notBefore')?.value.replace(' UTC', 'Z')}`)
    expect(dates).toContain(`notAfter=${statement(certificate, 'notAfter')?.value.replace(' UTC', 'Z')}`)
    const text = await workshop.openssl('x509', '-in', 'ada.pem', '-noout', '-ext', 'subjectKeyIdentifier')
    expect(text).toContain(statement(certificate, 'extension.2.5.29.14')?.value)
    expect(certificate.pem).toBe((await workshop.read('ada.pem')).toString())
  })
})

describe('a request', () => {
  it('shows what is asked for, proves its key, and keeps the challenge to itself', async () => {
    const request = await only('ada.csr')
    expect(request).toMatchObject({ kind: 'request', title: 'Ada Lovelace ✓', oddities: [] })
    expect(statement(request, 'extension.2.5.29.17')?.value).toBe('E-mail: ada@example.com\nDNS: ada.example')
    expect(statement(request, 'signature.valid')?.value).toBe('The signature is right.')
    expect(JSON.stringify(request.groups)).not.toContain('between us')
    expect(JSON.stringify(request.groups)).not.toContain(Buffer.from('between us').toString('hex'))
  })

  it('with a wrong signature says so', async () => {
    await workshop.openssl('req', '-in', 'ada.csr', '-outform', 'DER', '-out', 'ada.der')
    const der = await workshop.read('ada.der')
    der[der.length - 1] = (der[der.length - 1] ?? 0) ^ 1
    const { objects } = await inspectFile({ name: 'x', bytes: der, password: null })
    expect(objects[0]?.oddities).toEqual([
      'The signature of the request is wrong, so it does not prove who has the key.',
    ])
  })
})

describe('keys', () => {
  it('say their public half only, and belong to their certificate', async () => {
    const together = Buffer.concat([await workshop.read('ada.key'), await workshop.read('ada.pem')])
    const { objects, pairs } = await inspectFile({ name: 'both.pem', bytes: together, password: null })
    expect(objects.map(({ kind }) => kind)).toEqual(['certificate', 'private-key'])
    expect(pairs).toEqual([{ key: 1, certificate: 0 }])
    expect(objects[1]?.pem).toBeNull()
    const secret = await workshop.openssl('pkey', '-in', 'ada.key', '-noout', '-text')
    const digits = secret.slice(secret.indexOf('priv:') + 5, secret.indexOf('pub:')).replace(/[\s:]/gu, '')
    expect(JSON.stringify(objects)).not.toContain(digits)
    expect(JSON.stringify(objects)).not.toContain(digits.toUpperCase().match(/../gu)?.join(':'))
  })

  it('that Access refuses are described and told', async () => {
    await workshop.openssl('genpkey', '-algorithm', 'ed25519', '-out', 'ed.key')
    const key = await only('ed.key')
    expect(statement(key, 'publicKey.algorithm')?.value).toBe('Ed25519')
    expect(key.oddities).toEqual([expect.stringContaining('Access refuses')])
  })
})

describe('a file', () => {
  it('that needs a password says so, and with a wrong one says that', async () => {
    await workshop.openssl(
      'pkcs12',
      '-export',
      '-inkey',
      'ada.key',
      '-in',
      'ada.pem',
      '-out',
      'ada.p12',
      '-passout',
      'pass:right',
    )
    expect((await inspect('ada.p12')).failures).toMatchObject([{ code: 'password-needed' }])
    expect((await inspect('ada.p12', 'wrong')).failures).toMatchObject([{ code: 'wrong-password' }])
    const opened = await inspect('ada.p12', 'right')
    expect(opened.pairs).toEqual([{ key: 1, certificate: 0 }])
  })

  it('that is something else is named', async () => {
    const { failures } = await inspectFile({ name: 'x', bytes: Buffer.from('hello there'), password: null })
    expect(failures).toMatchObject([{ code: 'unsupported-format', where: '' }])
  })
})

describe('the number of a CRL', () => {
  it.each<[string, bigint | number[], string[]]>([
    ['1795648185123456789', 1795648185123456789n, []],
    ['-1', [0xff], ['The CRL number is negative.']],
    [String(2n ** 159n), 2n ** 159n, ['The CRL number has 21 octets; 20 are allowed.']],
  ])('%s is shown whole, and what is odd about it', async (shown, number, oddities) => {
    const value = typeof number === 'bigint' ? integer(number) : encode(tags.integer, Uint8Array.from(number))
    const signedBy = await generateKey('p-256')
    const crl = await forgeCrl({
      issuer: nameOf('Any'),
      signedBy,
      extensions: [extension('2.5.29.20', false, value)],
    })
    const described = describeCrl(crl)
    const fields = described.groups.flatMap((group) => group.fields)
    expect(fields.find(({ id }) => id === 'extension.2.5.29.20')?.value).toBe(shown)
    expect(described.oddities).toEqual(oddities)
  })
})
