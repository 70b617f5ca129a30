import type { SubjectDraft } from '../model/identity'
import type { KeyCode } from '../model/key'

/** Windows reserves these for devices, with any extension (Microsoft, "Naming Files, Paths, and Namespaces"). */
const deviceNames = /^(?:con|prn|aux|nul|com\d|lpt\d)$/u

/** A file name from a person's name: "Ada Lovelace" → "ada-lovelace.csr". Nothing a file system could take as a path. */
export function fileNameOf(name: string, ending: string): string {
  const plain = plainName(name)
  return `${deviceNames.test(plain) ? `name-${plain}` : plain}.${ending}`
}

/** The same for two people of one name: told apart by the key, of which nothing is ever cut. */
export const fileNameWithKey = (name: string, keyCode: KeyCode, ending: string): string =>
  `${plainName(name)}-${keyCode.toLowerCase()}.${ending}`

function plainName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+/gu, '')
    .slice(0, 60)
    .replace(/-+$/gu, '')
  return plain === '' ? 'certificate' : plain
}

/** RFC 4514 §2.4, as far as it helps a reader: what would look like another attribute is quoted. */
export const quoteSpecials = (text: string) => text.replace(/([,+"\\<>;=])/gu, '\\$1')

/** A subject that is not yet in a certificate, as it will be shown: "CN=Ada, O=Acme". */
export function describeSubject(subject: SubjectDraft): string {
  const parts: [string, string][] = [
    ['CN', subject.commonName],
    ['OU', subject.organizationalUnit],
    ['O', subject.organization],
    ['L', subject.locality],
    ['ST', subject.state],
    ['C', subject.country],
  ]
  return parts
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}=${quoteSpecials(value)}`)
    .join(', ')
}

/** The distinguished name of the practice CA; certificates under it are never offered for trust. */
export const practiceIssuer = 'CN=Latchkey Practice CA, O=Latchkey practice'

/** What people call a certificate: its Common Name, or the whole subject where there is none. */
export const certificateName = ({ commonName, subject }: { commonName: string | null; subject: string }): string =>
  commonName ?? subject

/** What people call its issuer, in the same way. */
export const issuerName = ({ issuerCommonName, issuer }: { issuerCommonName: string | null; issuer: string }): string =>
  issuerCommonName ?? issuer

/** What people call the owner of a distinguished name: its Common Name, or all of it where there is none. */
export function shortName(distinguishedName: string): string {
  const [, commonName = distinguishedName] = /(?:^|,\s*)CN=((?:\\.|[^,\\])+)/u.exec(distinguishedName) ?? []
  return commonName.replace(/\\([,+"\\<>;=])/gu, '$1').trim()
}

/** Distinguished names are written in either direction; the parts decide. */
export const comparableName = (name: string): string => name.toLowerCase().split(/,\s*/u).sort().join(',')
