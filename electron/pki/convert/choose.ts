import { AppError } from '#shared/errors'
import { formatIsoDate } from '#shared/logic/formatting'
import { certificateName } from '#shared/logic/naming'
import { answering } from '#shared/logic/pick'
import type { DestinationFacts } from '#shared/model/convert'
import type { PathReason } from '#shared/model/path'
import type { OpenedFile } from '../containers/opened'
import { orderChain } from '../x509/chain'
import { isAuthority } from '../x509/issued-by'
import { certificateKey } from '../x509/read'
import { viewCertificate } from '../x509/view'

/** What goes into the new file: one key with its certificate, or one of them alone. */
export interface Chosen {
  pkcs8: Uint8Array | null
  /** DER. */
  certificate: Uint8Array | null
  /** DER, nearest issuer first. */
  chain: Uint8Array[]
}

type Candidate = Omit<Chosen, 'chain'>
type Needs = DestinationFacts['needs']

/**
 * The pair, key or certificate to convert, from everything that was opened. `pick`: its place (from 1), the beginning of a
 * certificate's SHA-256, or a Common Name; null where there is no choice. `at`: when its issuers should be valid. Errors: `invalid-input` naming the choices,
 * `nothing-usable` where nothing fits, `private-key-missing`.
 */
export async function choose(
  files: OpenedFile[],
  needs: Needs,
  pick: string | null,
  at: Date,
): Promise<Chosen & { outdated: PathReason[] }> {
  const certificates = distinct(files.flatMap((file) => file.certificates.map(({ der }) => der)))
  const keys = files.flatMap((file) => file.keys)
  const candidates = candidatesFor(needs, certificates, keys)
  const chosen = pick === null ? onlyOne(candidates) : picked(candidates, pick)
  const { certificate } = chosen
  if (certificate === null) return { ...chosen, chain: [], outdated: [] }
  const { chain, outdated } = orderChain(certificate, certificates, at)
  return { ...chosen, chain, outdated }
}

function candidatesFor(needs: Needs, certificates: Uint8Array[], keys: OpenedFile['keys']): Candidate[] {
  const certificateOf = (spki: Uint8Array) =>
    certificates.filter((der) => Buffer.compare(certificateKey(der), spki) === 0)
  const pairs: Candidate[] = keys.flatMap(({ pkcs8, spki }) =>
    certificateOf(spki).map((certificate) => ({ pkcs8, certificate })),
  )
  switch (needs) {
    case 'both':
      if (keys.length === 0 && certificates.length > 0) throw new AppError('private-key-missing')
      return requireSome(pairs, 'No certificate comes with its private key.')
    case 'certificate-with-any-key':
      return candidatesFor(keys.length === 0 ? 'certificate' : 'both', certificates, keys)
    case 'key': {
      const alone = keys.filter(({ spki }) => certificateOf(spki).length === 0)
      return requireSome(
        [...pairs, ...alone.map(({ pkcs8 }) => ({ pkcs8, certificate: null }))],
        'There is no private key.',
      )
    }
    case 'certificate': {
      const leaves = certificates.filter((der) => !isAuthority(der))
      const all = leaves.length > 0 ? leaves : certificates
      return requireSome(
        all.map((certificate) => ({ pkcs8: null, certificate })),
        'There is no certificate.',
      )
    }
  }
}

function requireSome(candidates: Candidate[], reason: string): Candidate[] {
  if (candidates.length === 0) throw new AppError('nothing-usable', reason)
  return candidates
}

function onlyOne(candidates: Candidate[]): Candidate {
  const [first, ...others] = candidates
  if (first !== undefined && others.length === 0) return first
  throw new AppError('invalid-input', `There are several to choose from. ${listed(candidates)}`)
}

function picked(candidates: Candidate[], pick: string): Candidate {
  const found = answering(candidates, pick, ({ certificate }) => {
    if (certificate === null) return { name: null, sha256: null }
    const { commonName: name, sha256 } = viewCertificate(certificate)
    return { name, sha256 }
  })
  const [first, ...others] = found
  if (first !== undefined && others.length === 0) return first
  throw new AppError('invalid-input', `“${pick}” matches ${found.length} of these. ${listed(candidates)}`)
}

const listed = (candidates: Candidate[]) =>
  candidates.map((candidate, index) => `${index + 1}: ${nameOf(candidate)}`).join('; ')

function nameOf({ certificate, pkcs8 }: Candidate): string {
  if (certificate === null) return pkcs8 === null ? 'nothing' : 'a key without a certificate'
  const view = viewCertificate(certificate)
  const { sha256, notAfter, publicKey } = view
  return `${certificateName(view)}, until ${formatIsoDate(notAfter)}, ${publicKey}, ${sha256.slice(0, 12)}`
}

const distinct = (all: Uint8Array[]): Uint8Array[] =>
  all.filter((one, index) => all.findIndex((other) => Buffer.compare(one, other) === 0) === index)
