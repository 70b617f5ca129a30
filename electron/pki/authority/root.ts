import type { SubjectDraft } from '#shared/model/identity'
import type { KeyAlgorithm } from '#shared/model/key'
import { generateKey, type KeyPair } from '../keys'
import { signerFor } from '../sign'
import { certify } from './certify'
import { basicConstraints, keyUsage, nameConstraints, subjectKeyIdentifier } from './extensions'
import { lifetime } from './lifetime'
import { encodeName, nameFrom } from './names'

export interface NewAuthority extends KeyPair {
  /** DER. */
  certificate: Uint8Array
}

export interface AuthorityInput {
  subject: SubjectDraft
  algorithm: KeyAlgorithm
  /** Lifetime in days; an intermediate's never exceeds its issuer's. */
  days: number
  now: Date
  /** How many authorities may stand below (RFC 5280 §4.2.1.9); left out or null for no limit of its own. */
  pathLength?: number | null
}

interface RootInput extends AuthorityInput {
  /** Name constraint: only these DNS names (RFC 5280 §4.2.1.10). */
  permittedDns?: string[]
}

/** A self-signed root: CA:TRUE, keyCertSign and cRLSign, both critical, with its key identifier. A new key each time. */
export function createRoot(input: RootInput): Promise<NewAuthority> {
  return createRootNamed(encodeName(nameFrom(input.subject)), input)
}

/** The same for a name (DER) that is there already: a root that takes over from another keeps its name to the octet. */
export async function createRootNamed(name: Uint8Array, input: Omit<RootInput, 'subject'>): Promise<NewAuthority> {
  const key = await generateKey(input.algorithm)
  const certificate = await certify(
    {
      issuer: name,
      subject: name,
      spki: key.spki,
      validity: lifetime(input.now, input.days, null),
      extensions: [
        basicConstraints(true, input.pathLength ?? undefined),
        keyUsage('keyCertSign', 'cRLSign'),
        subjectKeyIdentifier(key.spki),
        ...(input.permittedDns === undefined ? [] : [nameConstraints(input.permittedDns)]),
      ],
    },
    signerFor(key.pkcs8),
  )
  return { ...key, certificate }
}
