import { AsnConvert } from '@peculiar/asn1-schema'
import { GeneralName } from '@peculiar/asn1-x509'
import { neutralise } from '#shared/logic/neutralise'
import { childrenOf, readOnly } from './der'
import { nameLine } from './describe/name'
import { encodeName } from './names'

/**
 * The alternative names of an extension's value (DER), each in words. Kinds of names that nobody uses (X.400, EDI) do not hide
 * the others. Errors: `malformed`.
 */
export const describeAlternativeNames = (value: Uint8Array): string[] =>
  childrenOf(readOnly(value)).map(({ raw }) => {
    try {
      return describeAlternativeName(AsnConvert.parse(raw, GeneralName))
    } catch {
      return anotherKind
    }
  })

const anotherKind = 'a name of another kind'

/** "DNS: a.example", "email: ada@example.com", … (RFC 5280 §4.2.1.6); text neutralised. */
export function describeAlternativeName(name: GeneralName): string {
  const kinds: [string, string | undefined][] = [
    ['DNS', name.dNSName],
    ['email', name.rfc822Name],
    ['IP', name.iPAddress],
    ['URI', name.uniformResourceIdentifier],
    ['ID', name.registeredID],
  ]
  const [kind, value] = kinds.find(([, text]) => text !== undefined) ?? []
  if (kind !== undefined && value !== undefined) return `${kind}: ${neutralise(value)}`
  if (name.directoryName !== undefined)
    return `directory name: ${nameLine(readOnly(encodeName(name.directoryName)), [])}`
  return name.otherName === undefined ? anotherKind : `other name: ${name.otherName.typeId}`
}
