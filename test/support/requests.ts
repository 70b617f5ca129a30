import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { encode, integer, octetString, oid, sequence, tags } from '#electron/pki/der'

/** Requests (PKCS#10) built octet by octet, for what openssl refuses to write; signed with a fresh P-256 key. DER. */
export interface HandmadeRequest {
  /** Name, DER. */
  subject: Uint8Array
  /** GeneralNames, DER; none for no such extension. */
  alternatives?: Uint8Array[]
  /** More attributes of the request, DER. */
  attributes?: Uint8Array[]
}

export function handmadeRequest({ subject, alternatives = [], attributes = [] }: HandmadeRequest): Uint8Array {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const wishes = alternatives.length === 0 ? [] : [wish(extensionRequest, alternatives)]
  const body = sequence(
    integer(0),
    subject,
    publicKey.export({ format: 'der', type: 'spki' }),
    encode(0xa0, ...wishes, ...attributes),
  )
  return sequence(body, sequence(oid('1.2.840.10045.4.3.2')), encode(tags.bitString, zero, signed(body, privateKey)))
}

const zero = Uint8Array.of(0)
const signed = (body: Uint8Array, key: KeyObject) => sign('sha256', body, key)

/** PKCS#9, and its older counterpart on Windows. */
export const extensionRequest = '1.2.840.113549.1.9.14'
export const microsoftExtensions = '1.3.6.1.4.1.311.2.1.14'

/** The attribute that asks for these alternative names. */
export const wish = (type: string, names: Uint8Array[]) =>
  sequence(oid(type), encode(tags.set, sequence(sequence(oid('2.5.29.17'), octetString(sequence(...names))))))

/** GeneralNames (RFC 5280 §4.2.1.6), right or wrong. */
export const general = {
  email: (text: string) => encode(0x81, Buffer.from(text)),
  dns: (text: string) => encode(0x82, Buffer.from(text)),
  uri: (text: string) => encode(0x86, Buffer.from(text)),
  ip: (...octets: number[]) => encode(0x87, Uint8Array.from(octets)),
  directory: (name: Uint8Array) => encode(0xa4, name),
  registered: (id: string) => encode(0x88, oid(id).subarray(2)),
  /** The log-on name of Active Directory. */
  principal: (text: string) =>
    encode(0xa0, oid('1.3.6.1.4.1.311.20.2.3'), encode(0xa0, encode(tags.utf8String, Buffer.from(text)))),
  edi: () => encode(0xa5, encode(0x81, encode(tags.utf8String, Buffer.from('party')))),
}
