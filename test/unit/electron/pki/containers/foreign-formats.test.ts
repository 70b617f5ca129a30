import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { encodePem } from '#electron/pki/containers/pem'
import { encode, integer, nothing, octetString, oid, sequence, tags } from '#electron/pki/der'
import { makeSmallPki, type SmallPki } from '../../../../support/certificates'

let pki: SmallPki
beforeAll(async () => {
  pki = await makeSmallPki(new Date())
})

const time = encode(tags.generalizedTime, Buffer.from('20270601120000Z'))
const signatureBits = encode(tags.bitString, Uint8Array.of(0), Buffer.alloc(64))
const algorithm = sequence(oid('1.2.840.10045.4.3.2'))

/** RFC 5755 §4.1. */
const attributeCertificate = () =>
  sequence(
    sequence(
      integer(1),
      sequence(encode(0xa0, sequence(sequence(), integer(7)))),
      encode(0xa0, sequence()),
      algorithm,
      integer(1),
      sequence(time, time),
      sequence(),
    ),
    algorithm,
    signatureBits,
  )

/** BouncyCastle's ObjectStore with its usual protection: encryption and a MAC, both by PBKDF2. */
const bcfks = () => {
  const derivation = sequence(oid('1.2.840.113549.1.5.12'), sequence(octetString(randomBytes(16)), integer(1024)))
  const mac = sequence(sequence(oid('1.2.840.113549.2.11'), nothing), derivation, octetString(randomBytes(64)))
  return sequence(
    sequence(sequence(oid('1.2.840.113549.1.5.13'), sequence(derivation)), octetString(randomBytes(64))),
    mac,
  )
}

const signedBcfks = () =>
  sequence(
    sequence(sequence(oid('1.2.840.113549.1.5.13')), octetString(randomBytes(64))),
    encode(0xa0, sequence(algorithm, signatureBits)),
  )

const number = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** Version, salt and rounds, as BKS and UBER begin. */
const storeHead = (version: number) => Buffer.concat([number(version), number(20), randomBytes(20), number(1178)])

const bks = (version: number) => {
  const date = Buffer.alloc(8)
  date.writeBigUInt64BE(BigInt(Date.parse('2027-06-01')))
  const entry = Buffer.concat([Buffer.from([1, 0, 5]), Buffer.from('alias'), date, number(0), Buffer.alloc(30)])
  return Buffer.concat([storeHead(version), entry, Buffer.of(0), randomBytes(20)])
}

describe('what cannot be used is named', () => {
  const cases: [string, () => Uint8Array, RegExp][] = [
    ['a PkiPath of two', () => sequence(pki.root.certificate, pki.intermediate.certificate), /PkiPath/u],
    ['a PkiPath of one', () => sequence(pki.client.certificate), /PkiPath/u],
    [
      'a PkiPath of three',
      () => sequence(pki.root.certificate, pki.intermediate.certificate, pki.client.certificate),
      /PkiPath/u,
    ],
    ['an attribute certificate', attributeCertificate, /attribute certificate/u],
    [
      'an attribute certificate in PEM',
      () => Buffer.from(encodePem('ATTRIBUTE CERTIFICATE', attributeCertificate())),
      /attribute certificate/u,
    ],
    ['a BCFKS keystore', bcfks, /BCFKS.*keytool/u],
    ['a signed BCFKS keystore', signedBcfks, /BCFKS.*keytool/u],
    ['a BKS keystore', () => bks(2), /BKS.*keytool/u],
    ['an old BKS keystore', () => bks(1), /BKS.*keytool/u],
    ['an empty BKS keystore', () => Buffer.concat([storeHead(2), Buffer.of(0), randomBytes(20)]), /BKS/u],
    ['a UBER keystore', () => Buffer.concat([storeHead(1), Buffer.alloc(64, 0xa5)]), /UBER.*keytool/u],
    ['an IBM key database', () => Buffer.from('3748030200000000583530394b455900', 'hex'), /KDB.*gskcapicmd/u],
    ['a Nebula key', () => Buffer.from(encodePem('NEBULA ED25519 PRIVATE KEY', randomBytes(64))), /Nebula/u],
    ['a Nebula certificate', () => Buffer.from(encodePem('NEBULA CERTIFICATE', randomBytes(90))), /Nebula/u],
    ['a JWE', () => Buffer.from(`${base64url('{"alg":"dir","enc":"A256GCM"}')}..AAAA.AAAA.AAAA\n`), /JWE/u],
    ['a JWE in JSON', () => Buffer.from('{"protected":"e30","iv":"AA","ciphertext":"AA","tag":"AA"}'), /JWE/u],
    ['a JWT', () => Buffer.from(`${base64url('{"alg":"RS256"}')}.AAAA.AAAA`), /JWT/u],
  ]
  it.each(cases)('%s', async (_, make, words) => {
    await expect(openFile({ name: 'x', bytes: make(), password: null })).rejects.toMatchObject({
      code: 'unsupported-format',
      detail: expect.stringMatching(words),
    })
  })

  it('beside a certificate that can be', async () => {
    const blocks = [encodePem('CERTIFICATE', pki.client.certificate), encodePem('NEBULA CERTIFICATE', randomBytes(90))]
    const { certificates, failures } = await openFile({
      name: 'x',
      bytes: Buffer.from(blocks.join('')),
      password: null,
    })
    expect(certificates).toHaveLength(1)
    expect(failures).toMatchObject([{ where: 'Block 2, “NEBULA CERTIFICATE”', code: 'unsupported-format' }])
  })
})

const base64url = (text: string) => Buffer.from(text).toString('base64url')
