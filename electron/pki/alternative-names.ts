import type { GeneralName } from '@peculiar/asn1-x509'
import { neutralise } from '#shared/logic/neutralise'
import { readOnly } from './der'
import { nameLine } from './describe/name'
import { encodeName } from './names'

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
  return name.otherName === undefined ? 'a name of another kind' : `other name: ${name.otherName.typeId}`
}
