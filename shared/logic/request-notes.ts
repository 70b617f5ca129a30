import type { DecidedNames, NameChoice, RequestPreview } from '../model/authority'

/** What the administrator should know of a request, besides what the certificate says. */
export interface RequestNote {
  /** Names that were asked for and are not in the certificate, extensions likewise, or names that are worth a look. */
  kind: 'left-out' | 'not-as-asked' | 'names'
  note: string
}

type Wishes = Pick<RequestPreview, 'requested' | 'extensions'>

/** How a certificate with these names differs from what the request asks for. */
export function notesOn(request: Wishes, names: NameChoice): RequestNote[] {
  const notes: RequestNote[] = []
  const lost = lostNames(request, names)
  if (lost.length > 0) notes.push({ kind: 'left-out', note: `Asked for and left out: ${lost.join(', ')}` })
  for (const { words, isIssued } of request.extensions)
    if (!isIssued) notes.push({ kind: 'not-as-asked', note: `Asked for and not issued: ${words}` })
  if (names.kind === 'as-requested' || isRequesters(request, names))
    notes.push(...request.requested.notes.map((note): RequestNote => ({ kind: 'names', note })))
  return notes
}

/** A template or a form may take the requester's Common Name: what is to be said of it stays true. */
const isRequesters = ({ requested: { commonName } }: Wishes, names: DecidedNames): boolean =>
  commonName !== null && commonName !== '' && names.subject.commonName.includes(commonName)

function lostNames({ requested: { alternatives, leftOut } }: Wishes, names: NameChoice): string[] {
  if (names.kind === 'as-requested') return leftOut
  const decided = otherNamesOf(names).map((name) => name.toLowerCase())
  return [...alternatives, ...leftOut].filter((name) => !decided.includes(name.toLowerCase()))
}

/** Alternative names that were decided on, in the words of `RequestPreview.requested.alternatives`. */
export const otherNamesOf = ({ emails, dnsNames }: { emails: string[]; dnsNames: string[] }): string[] => [
  ...emails.map((email) => `E-mail: ${email}`),
  ...dnsNames.map((name) => `DNS: ${name}`),
]
