import { AppError } from '#shared/errors'
import type { DetailField, ObjectDetails } from '#shared/model/details'
import { readText } from '../character-string'
import { childrenOf, type Element, readElement, readOid, tags } from '../der'
import { readRequest } from '../request'
import { titleOf } from '../x509/name'
import { extensionFields } from './extensions'
import { computed, hexOf, nameFields, type Oddities, objectDetails, signatureFields, stated } from './fields'
import { publicKeyFields } from './key'

/** PKCS#9 (RFC 2985 §5.4). */
const attributeIds = { extensionRequest: '1.2.840.113549.1.9.14', challengePassword: '1.2.840.113549.1.9.7' } as const

/**
 * Everything a request (PKCS#10, RFC 2986) says, and whether its signature proves that the requester has the key.
 * Input: DER. Errors: `malformed`.
 */
export async function describeRequest(der: Uint8Array): Promise<ObjectDetails> {
  const oddities: Oddities = []
  const [body, algorithm, signature] = childrenOf(readElement(der))
  const [version, subject, key, attributes] = body === undefined ? [] : childrenOf(body)
  if (version === undefined || subject === undefined || key === undefined || algorithm === undefined)
    throw new AppError('malformed', 'A part of the request (CSR) is missing.')
  const { signatureValid } = await readRequest(der)
  if (!signatureValid) oddities.push('The signature is wrong, so it does not prove who has the key.')
  const wishes = attributes === undefined ? [] : childrenOf(attributes)
  return objectDetails({
    kind: 'request',
    title: titleOf(subject),
    groups: [
      { title: 'Subject', fields: nameFields('subject', subject, oddities) },
      { title: 'Public key', fields: publicKeyFields(key, oddities) },
      { title: 'Extensions asked for', fields: wishes.flatMap((one) => wishedExtensions(one, oddities)) },
      { title: 'Attributes', fields: wishes.flatMap((one) => attributeFields(one, oddities)) },
      {
        title: 'Signature',
        fields: [
          computed(
            'signature.valid',
            'Proof of the key',
            signatureValid ? 'The signature is right.' : 'The signature is wrong.',
          ),
          ...signatureFields(algorithm, signature),
        ],
      },
    ],
    oddities,
    der,
    pemLabel: 'CERTIFICATE REQUEST',
  })
}

function parts(attribute: Element): { oid: string; values: Element[] } {
  const [id, set] = childrenOf(attribute)
  if (id === undefined || set === undefined) throw new AppError('malformed', 'An attribute cannot be read.')
  return { oid: readOid(id), values: childrenOf(set) }
}

function wishedExtensions(attribute: Element, oddities: Oddities): DetailField[] {
  const { oid, values } = parts(attribute)
  if (oid !== attributeIds.extensionRequest) return []
  return values.filter(({ tag }) => tag === tags.sequence).flatMap((list) => extensionFields(list, oddities))
}

function attributeFields(attribute: Element, oddities: Oddities): DetailField[] {
  const { oid, values } = parts(attribute)
  if (oid === attributeIds.extensionRequest) return []
  // Meant as a secret between requester and issuer, so it is not read out.
  if (oid === attributeIds.challengePassword)
    return [{ ...computed(`attribute.${oid}`, 'Challenge password', 'set, not shown'), oid }]
  const words = values.map((value) => (value.tag === tags.sequence ? hexOf(value.raw) : readText(value, oddities)))
  return [stated(`attribute.${oid}`, `Attribute ${oid}`, words.join('\n'), attribute, { oid })]
}
