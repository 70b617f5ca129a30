import { AppError } from '#shared/errors'
import { generateKey } from '../keys'
import { certify } from './certify'
import { sameName } from './distinct'
import { authorityKeyIdentifier, basicConstraints, keyUsage, subjectKeyIdentifier } from './extensions'
import { type Issuer, openIssuer } from './issuer'
import { lifetime } from './lifetime'
import { encodeName, nameFrom } from './names'
import type { AuthorityInput, NewAuthority } from './root'

/**
 * An intermediate under `issuerCertificate`, on any level. Errors: `invalid-input` for the issuer's own name (two equal
 * names make verification a matter of file order) and where the issuer's path length leaves no room below it.
 */
export function createIntermediate(input: AuthorityInput & Issuer): Promise<NewAuthority> {
  return createIntermediateNamed(encodeName(nameFrom(input.subject)), input)
}

/** The same for a name (DER) that is there already, see `createRootNamed`. */
export async function createIntermediateNamed(
  subject: Uint8Array,
  input: Omit<AuthorityInput, 'subject'> & Issuer,
): Promise<NewAuthority> {
  const issuer = openIssuer(input)
  if (sameName(subject, issuer.name))
    throw new AppError('invalid-input', 'An issuer below another needs a name of its own.')
  const pathLength = pathLengthBelow(issuer.pathLength, input.pathLength ?? null)
  const validity = lifetime(input.now, input.days, issuer)
  const key = await generateKey(input.algorithm)
  const certificate = await certify(
    {
      issuer: issuer.name,
      subject,
      spki: key.spki,
      validity,
      extensions: [
        basicConstraints(true, pathLength ?? undefined),
        keyUsage('keyCertSign', 'cRLSign'),
        subjectKeyIdentifier(key.spki),
        authorityKeyIdentifier(issuer.keyIdentifier),
      ],
    },
    issuer.signer,
  )
  return { ...key, certificate }
}

/** One less than the issuer's at most, written down on every level so that each certificate tells its own limit. */
function pathLengthBelow(issuer: number | null, wanted: number | null): number | null {
  if (issuer === null) return wanted
  if (issuer === 0) throw new AppError('invalid-input', 'This issuer may not have another issuer below it.')
  return wanted === null ? issuer - 1 : Math.min(wanted, issuer - 1)
}
