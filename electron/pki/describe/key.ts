import { createHash } from 'node:crypto'
import { isAppError } from '#shared/errors'
import type { DetailField, ObjectDetails } from '#shared/model/details'
import { refusalOfKey } from '../authority/key-policy'
import { childrenOf, type Element, ifReadable, readElement, tags } from '../der'
import { readAlgorithm, readBigInteger } from '../der-values'
import { describeKey, keyCodeOf, normaliseSpki } from '../keys'
import { colons, computed, type Oddities, objectDetails, stated } from './fields'

/** A SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), field by field. */
export function publicKeyFields(spki: Element, oddities: Oddities): DetailField[] {
  const [algorithm, bits] = childrenOf(spki)
  if (algorithm === undefined || bits?.tag !== tags.bitString) {
    oddities.push('The public key cannot be read.')
    return [stated('publicKey', 'Public key', 'cannot be read', spki)]
  }
  const normal = normaliseSpki(spki.raw)
  return [
    stated('publicKey.algorithm', 'Key', kindOfKey(spki, oddities), algorithm, {
      oid: readAlgorithm(algorithm).algorithm,
    }),
    computed('publicKey.code', 'Key code', keyCodeOf(normal)),
    ...numbersOf(bits),
    stated('publicKey.value', 'Public key', colons(bits.content.subarray(1)), bits),
    computed('publicKey.sha256', 'SHA-256 of the key', colons(createHash('sha256').update(normal).digest())),
  ]
}

function kindOfKey(spki: Element, oddities: Oddities): string {
  try {
    const refusal = refusalOfKey(spki.raw)
    if (refusal !== null) oddities.push(refusal)
    return describeKey(spki.raw)
  } catch (error) {
    if (!isAppError(error)) throw error
    oddities.push('The public key is damaged.')
    return 'cannot be read'
  }
}

/** Modulus and exponent of an RSA key (RFC 8017 §A.1.1); nothing for other kinds. */
function numbersOf(bits: Element): DetailField[] {
  const fields = ifReadable(() => {
    const [modulus, exponent] = childrenOf(readElement(bits.content.subarray(1)))
    if (modulus?.tag !== tags.integer || exponent?.tag !== tags.integer) return []
    return [stated('publicKey.exponent', 'Exponent', readBigInteger(exponent).toString(), exponent)]
  })
  return fields ?? []
}

/** A key on its own; of a private key only its public half is said. Input: SubjectPublicKeyInfo, DER. */
export function describeKeyObject(
  spki: Uint8Array,
  kind: 'private-key' | 'public-key',
  label: string | null,
): ObjectDetails {
  const oddities: Oddities = []
  const element = readElement(spki)
  const name = kind === 'private-key' ? 'Private key' : 'Public key'
  const fields = publicKeyFields(element, oddities)
  const title = label ?? `${name}, ${fields.find(({ id }) => id === 'publicKey.algorithm')?.value ?? 'unknown'}`
  return objectDetails({
    kind,
    title,
    groups: [{ title: name, fields }],
    oddities,
    der: spki,
    pemLabel: kind === 'private-key' ? null : 'PUBLIC KEY',
  })
}
