import { AsnConvert } from '@peculiar/asn1-schema'
import { nameFrom } from '#electron/pki/authority/names'
import { encode, encodeAll, integer, octetString, oid, sequence, tags } from '#electron/pki/der'
import type { KeyPair } from '#electron/pki/keys'
import { signerFor } from '#electron/pki/sign'
import { named } from './certificates'

/** Certificates and CRLs with whatever a test wants wrong about them. All DER. */
export interface ForgedCertificate {
  subject: Uint8Array
  issuer: Uint8Array
  spki: Uint8Array
  signedBy: KeyPair
  extensions: Uint8Array[]
  serial?: Uint8Array
  notBefore?: Date
  notAfter?: Date
  version?: number
  /** AlgorithmIdentifier to claim instead of the one that signs. */
  algorithm?: Uint8Array
}

export const day = 86_400_000
export const noon = new Date('2027-06-01T12:00:00Z')
export const daysFrom = (days: number, from = noon): Date => new Date(from.getTime() + days * day)

export const nameOf = (commonName: string): Uint8Array =>
  new Uint8Array(AsnConvert.serialize(nameFrom(named(commonName))))

export const extension = (id: string, critical: boolean, value: Uint8Array): Uint8Array =>
  sequence(oid(id), ...(critical ? [encode(tags.boolean, Uint8Array.of(0xff))] : []), octetString(value))

const generalizedTime = (date: Date): Uint8Array =>
  encode(tags.generalizedTime, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/gu, '')))

let lastSerial = 1000
export const nextSerial = (): Uint8Array => {
  lastSerial += 1
  return integer(lastSerial)
}

export async function forgeCertificate(wanted: ForgedCertificate): Promise<Uint8Array> {
  const { version = 3, serial = nextSerial(), notBefore = daysFrom(-10), notAfter = daysFrom(100) } = wanted
  const { extensions } = wanted
  return seal(wanted, (algorithm) =>
    sequence(
      ...(version === 1 ? [] : [encode(0xa0, integer(version - 1))]),
      serial,
      algorithm,
      wanted.issuer,
      sequence(generalizedTime(notBefore), generalizedTime(notAfter)),
      wanted.subject,
      wanted.spki,
      ...(extensions.length === 0 ? [] : [encode(0xa3, sequence(...extensions))]),
    ),
  )
}

export interface ForgedCrl {
  issuer: Uint8Array
  signedBy: KeyPair
  /** Each as `crlEntry` makes them; an empty list is written as such. */
  entries?: Uint8Array[]
  thisUpdate?: Date
  nextUpdate?: Date | null
  extensions?: Uint8Array[]
  version?: number
  algorithm?: Uint8Array
}

export const crlEntry = (serial: Uint8Array, extensions: Uint8Array[] = [], at = daysFrom(-1)): Uint8Array =>
  sequence(serial, generalizedTime(at), ...(extensions.length === 0 ? [] : [sequence(...extensions)]))

export async function forgeCrl(wanted: ForgedCrl): Promise<Uint8Array> {
  const { entries, thisUpdate = daysFrom(-1), nextUpdate = daysFrom(10), extensions = [], version = 2 } = wanted
  return seal(wanted, (algorithm) =>
    sequence(
      ...(version === 1 ? [] : [integer(version - 1)]),
      algorithm,
      wanted.issuer,
      generalizedTime(thisUpdate),
      ...(nextUpdate === null ? [] : [generalizedTime(nextUpdate)]),
      ...(entries === undefined ? [] : [encodeAll(tags.sequence, entries)]),
      ...(extensions.length === 0 ? [] : [encode(0xa0, sequence(...extensions))]),
    ),
  )
}

async function seal(
  wanted: Pick<ForgedCertificate, 'signedBy' | 'algorithm'>,
  bodyWith: (algorithm: Uint8Array) => Uint8Array,
): Promise<Uint8Array> {
  const signer = signerFor(wanted.signedBy.pkcs8)
  const algorithm = wanted.algorithm ?? new Uint8Array(AsnConvert.serialize(signer.algorithm))
  const body = bodyWith(algorithm)
  const signature = await signer.sign(body)
  return sequence(body, algorithm, encode(tags.bitString, Uint8Array.of(0), signature))
}
