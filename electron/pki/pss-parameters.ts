import { childAt, childrenOf, type Element, ifReadable, readOid, readOnly, tags } from './der'
import { membersOf, readBigInteger } from './der-values'

/** RFC 4055 §2.1 and RFC 8017 appendix A.2.1; OpenSSL takes no others for RSA-PSS. */
const hashes = new Set([
  '1.3.14.3.2.26',
  '2.16.840.1.101.3.4.2.1',
  '2.16.840.1.101.3.4.2.2',
  '2.16.840.1.101.3.4.2.3',
  '2.16.840.1.101.3.4.2.4',
  '2.16.840.1.101.3.4.2.5',
  '2.16.840.1.101.3.4.2.6',
])
/** RFC 8017 appendix A.2.1 */
const mgf1 = '1.2.840.113549.1.1.8'
/** RSASSA-PSS-params (RFC 4055 §3.1), each in an explicit tag: hash, mask generation, length of the salt, trailer. */
const members = { hash: 0xa0, mask: 0xa1, salt: 0xa2, trailer: 0xa3 } as const

/**
 * Whether the parameters in the AlgorithmIdentifier of an RSA-PSS key can be what its maker wrote. Without parameters, the key
 * may be used with any (RFC 4055 §1.2).
 */
export function arePssParametersWhole(algorithm: Element): boolean {
  const [, parameters, ...more] = childrenOf(algorithm)
  if (parameters === undefined) return true
  return ifReadable(() => more.length === 0 && parameters.tag === tags.sequence && areWhole(parameters)) ?? false
}

function areWhole(parameters: Element): boolean {
  const found = membersOf(parameters, Object.values(members))
  const isMissingOr = (tag: number, isRight: (value: Element) => boolean): boolean => {
    const member = found.get(tag)
    return member === undefined || isRight(readOnly(member.content))
  }
  return (
    isMissingOr(members.hash, isHash) &&
    isMissingOr(members.mask, isMask) &&
    isMissingOr(members.salt, (length) => readBigInteger(length) >= 0n) &&
    isMissingOr(members.trailer, (field) => readBigInteger(field) === 1n)
  )
}

/** Its parameter is NULL or missing (RFC 4055 §2.1). */
function isHash(algorithm: Element): boolean {
  const [, parameter] = childrenOf(algorithm)
  return hashes.has(idOf(algorithm)) && (parameter === undefined || parameter.tag === tags.null)
}

/** Its own parameter is the hash that it uses. */
const isMask = (algorithm: Element): boolean =>
  idOf(algorithm) === mgf1 && isHash(childAt(childrenOf(algorithm), 1, tags.sequence))

function idOf(algorithm: Element): string {
  const [id, ...more] = childrenOf(algorithm)
  return algorithm.tag === tags.sequence && id?.tag === tags.oid && more.length < 2 ? readOid(id) : ''
}
