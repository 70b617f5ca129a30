import { AsnConvert } from '@peculiar/asn1-schema'
import { BasicConstraints, ExtendedKeyUsage, type Extension, KeyUsage } from '@peculiar/asn1-x509'
import { clientExtensions, ids } from '../extensions'
import { nameOfOid, wordsForOid } from '../oid-names'

/** A wish that the issuer decides on, in words, and whether the certificate says just that. */
export interface JudgedExtension {
  oid: string
  words: string
  isIssued: boolean
}

/** All that was asked for but alternative names. `spki`: the requester's key, DER. */
export function judgeExtensions(extensions: Extension[], spki: Uint8Array): JudgedExtension[] {
  const issued = clientExtensions(spki)
  const isIssued = ({ extnID, extnValue }: Extension) =>
    issued.some((one) => one.extnID === extnID && isSame(one.extnValue.buffer, extnValue.buffer))
  return extensions
    .filter(({ extnID }) => extnID !== ids.subjectAlternativeName)
    .map((extension) => ({ oid: extension.extnID, words: wordsOf(extension), isIssued: isIssued(extension) }))
}

const isSame = (one: ArrayBuffer, other: ArrayBuffer) => Buffer.from(one).equals(Buffer.from(other))

function wordsOf(extension: Extension): string {
  try {
    return wordsFor(extension)
  } catch {
    return 'An extension that cannot be read'
  }
}

function wordsFor({ extnID, extnValue }: Extension): string {
  switch (extnID) {
    case ids.keyUsage:
      return `Key usage: ${AsnConvert.parse(extnValue.buffer, KeyUsage).toJSON().join(', ')}`
    case ids.extendedKeyUsage:
      return `Extended key usage: ${[...AsnConvert.parse(extnValue.buffer, ExtendedKeyUsage)].map(wordsForOid).join(', ')}`
    case ids.basicConstraints: {
      const { cA } = AsnConvert.parse(extnValue.buffer, BasicConstraints)
      return cA ? 'To be an issuer (CA) itself' : 'Not to be an issuer (CA)'
    }
    default:
      return `Extension ${nameOfOid(extnID)}`
  }
}
