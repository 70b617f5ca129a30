import type { Database } from '#electron/database/database'
import type { IdentityRow } from '#electron/database/identity-rows'
import { failureDetail, type OpenedFile } from '#electron/pki/containers/opened'
import { keySha256 } from '#electron/pki/keys'
import { isAuthority } from '#electron/pki/x509/issued-by'
import { certificateKey, certificateSha256 } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import { AppError, type ErrorCode } from '#shared/errors'
import { countOf, joinNames } from '#shared/logic/formatting'
import { certificateName, issuerName } from '#shared/logic/naming'
import type { ImportChoice } from '#shared/model/identity'

interface FoundKey {
  pkcs8: Uint8Array
  /** The key lay in the same file as the certificate, so whoever made that file has had it. */
  cameAlong: boolean
}

/** A leaf with the key it belongs to: one of ours, one from the files, or both. */
export interface Match {
  leaf: Uint8Array
  spki: Uint8Array
  identity: IdentityRow | null
  key: FoundKey | null
}

/** `matches`: one for each key, those that last longest first. `certificates`: everything that may be an issuer of them. */
export type MatchResult =
  | { kind: 'matches'; matches: Match[]; certificates: Uint8Array[] }
  | { kind: 'no-key'; leaf: Uint8Array }
  /** Nothing but certificates of issuers; `refusal` says so. */
  | { kind: 'issuers'; issuers: Uint8Array[]; refusal: AppError }

/** Finds the certificates that belong to a key, by public key alone. Names, labels and file order mean nothing. */
export async function findMatches(files: OpenedFile[], database: Database): Promise<MatchResult> {
  const certificates = files.flatMap((file) => file.certificates.map(({ der }) => der))
  if (certificates.length === 0) throw unread(files)[0] ?? new AppError('nothing-usable', whatWasThere(files))
  const leaves = certificates.filter((der) => !isAuthority(der))
  const matches: Match[] = []
  for (const leaf of leaves) {
    const spki = certificateKey(leaf)
    const identity = await database.identities.findByKey(keySha256(spki))
    const key = findKey(files, leaf, spki)
    if (identity !== null || key !== null) matches.push({ leaf, spki, identity, key })
  }
  if (matches.length > 0) return { kind: 'matches', matches: oneForEachKey(matches), certificates }
  const damaged = unread(files).find(({ code }) => !isSomethingElse.has(code))
  if (damaged !== undefined) throw damaged
  const [foreign] = leaves
  if (foreign === undefined) {
    const refusal = new AppError('certificate-is-authority', whatWasThere(files))
    return { kind: 'issuers', issuers: certificates, refusal }
  }
  return { kind: 'no-key', leaf: foreign }
}

/** What is missing may be what could not be read. */
const unread = (files: OpenedFile[]): AppError[] =>
  files.flatMap(({ failures }) => failures.map((failure) => new AppError(failure.code, failureDetail(failure))))

/** A README beside the certificate is not what is missing. */
const isSomethingElse: ReadonlySet<ErrorCode> = new Set(['unsupported-format', 'file-empty', 'nothing-usable'])

function findKey(files: OpenedFile[], leaf: Uint8Array, spki: Uint8Array): FoundKey | null {
  for (const file of files) {
    const key = file.keys.find((candidate) => same(candidate.spki, spki))
    if (key === undefined) continue
    return { pkcs8: key.pkcs8, cameAlong: file.certificates.some(({ der }) => same(der, leaf)) }
  }
  return null
}

const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0

/** Of one key the certificate that lasts longest: the older one beside it was replaced by it. */
function oneForEachKey(matches: Match[]): Match[] {
  const sorted = [...matches].sort((a, b) => endOf(b.leaf) - endOf(a.leaf))
  return sorted.filter(({ spki }, place) => sorted.findIndex((other) => same(other.spki, spki)) === place)
}

const endOf = (der: Uint8Array) => Date.parse(viewCertificate(der).notAfter)

/** For example "3 CRLs and a public key", so that the person sees what the file was. */
function whatWasThere(files: OpenedFile[]): string {
  const counts: [number, string, string][] = [
    [sum(files, (file) => file.certificates.length), 'certificate of an issuer (CA)', 'certificates of issuers (CAs)'],
    [sum(files, (file) => file.keys.length), 'private key', 'private keys'],
    [sum(files, (file) => file.requests.length), 'request (CSR)', 'requests (CSRs)'],
    [sum(files, (file) => file.crls.length), 'CRL', 'CRLs'],
    [sum(files, (file) => file.publicKeys.length), 'public key', 'public keys'],
  ]
  const said = counts.filter(([count]) => count > 0).map(([count, one, many]) => countOf(count, one, many))
  return said.length === 0
    ? 'The file contains nothing that Latchkey recognises.'
    : `The file contains ${joinNames(said)}.`
}

const sum = (files: OpenedFile[], count: (file: OpenedFile) => number) =>
  files.reduce((total, file) => total + count(file), 0)

/** What a person needs to tell one certificate from the others in the same files. */
export function choiceOf({ leaf, identity }: Match): ImportChoice {
  const view = viewCertificate(leaf)
  return {
    certificate: view.sha256,
    name: certificateName(view),
    issuer: issuerName(view),
    notAfter: view.notAfter,
    keyCode: view.keyCode,
    keyIsHere: identity?.keyInVault === true,
  }
}

/** Whether it is here already, with its key. */
export const isFiled = ({ leaf, identity }: Match): boolean =>
  identity?.keyInVault === true && identity.certificate === certificateSha256(leaf)
