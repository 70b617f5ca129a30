import { childrenOf, type Element, readOid, tags } from './der'

/** The numbers of a curve y² = x³ + ax + b over a prime field (SEC 1 §3.1.1); a is p - 3 for all of NIST's curves. */
interface Curve {
  id: string
  p: bigint
  b: bigint
  x: bigint
  y: bigint
  order: bigint
}

const hex = (...parts: string[]) => BigInt(`0x${parts.join('')}`)

/** FIPS 186-4 appendix D.1.2. */
const curves: readonly Curve[] = [
  {
    id: '1.2.840.10045.3.1.7',
    p: hex('ffffffff00000001000000000000000000000000ffffffffffffffffffffffff'),
    b: hex('5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b'),
    x: hex('6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296'),
    y: hex('4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5'),
    order: hex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'),
  },
  {
    id: '1.3.132.0.34',
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: hex('b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef'),
    x: hex('aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7'),
    y: hex('3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f'),
    order: hex('ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973'),
  },
  {
    id: '1.3.132.0.35',
    p: 2n ** 521n - 1n,
    b: hex(
      '0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e1',
      '56193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00',
    ),
    x: hex(
      '00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dba',
      'a14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66',
    ),
    y: hex(
      '011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c',
      '97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650',
    ),
    order: hex(
      '01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa',
      '51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
    ),
  },
]

const primeField = '1.2.840.10045.1.1'
/** In octets; P-521's numbers have 66. */
const longest = 67

/**
 * The OID of the NIST curve that explicit parameters (ECParameters, SEC 1 §C.2) spell out; null for any other. Every
 * number is compared, the generator too: a key with another generator can be made to match any public key
 * (CVE-2020-0601).
 */
export function curveOfParameters(parameters: Element): string | null {
  const [, field, equation, generator, order, cofactor] = childrenOf(parameters)
  if (field?.tag !== tags.sequence || equation?.tag !== tags.sequence) return null
  const [kind, prime] = childrenOf(field)
  if (kind?.tag !== tags.oid || readOid(kind) !== primeField) return null
  const [a, b] = childrenOf(equation)
  const found = curves.find(
    (curve) =>
      isNumber(prime, curve.p) &&
      isNumber(a, curve.p - 3n) &&
      isNumber(b, curve.b) &&
      isNumber(order, curve.order) &&
      isGenerator(generator, curve) &&
      (cofactor?.tag !== tags.integer || isNumber(cofactor, 1n)),
  )
  return found?.id ?? null
}

function isNumber(element: Element | undefined, wanted: bigint): boolean {
  if (element === undefined || element.content.length === 0 || element.content.length > longest) return false
  return unsigned(element.content) === wanted
}

const unsigned = (octets: Uint8Array) => BigInt(`0x${Buffer.from(octets).toString('hex')}`)

/** SEC 1 §2.3.3: 4 begins both coordinates, 2 and 3 the first one and whether the second is odd. */
function isGenerator(element: Element | undefined, { p, x, y }: Curve): boolean {
  if (element?.tag !== tags.octetString) return false
  const octets = Math.ceil(p.toString(16).length / 2)
  const [form] = element.content
  const coordinates = element.content.subarray(1)
  if (form === 4)
    return (
      coordinates.length === 2 * octets &&
      unsigned(coordinates.subarray(0, octets)) === x &&
      unsigned(coordinates.subarray(octets)) === y
    )
  return form === (y % 2n === 0n ? 2 : 3) && coordinates.length === octets && unsigned(coordinates) === x
}
