import { SubjectDraft } from '#shared/model/identity'
import { ids } from '../oids'
import { certify } from './certify'
import {
  alternativeNamesFrom,
  authorityKeyIdentifier,
  basicConstraints,
  extendedKeyUsage,
  keyUsage,
  subjectAlternativeName,
  subjectKeyIdentifier,
} from './extensions'
import { type Issuer, openIssuer } from './issuer'
import { lifetime } from './lifetime'
import { encodeName, nameFrom } from './names'

interface ServerInput extends Issuer {
  dnsNames: string[]
  /** SubjectPublicKeyInfo, DER. */
  spki: Uint8Array
  days: number
  now: Date
}

/** A server certificate for `dnsNames`, for the practice site; DER. */
export function issueServer(input: ServerInput): Promise<Uint8Array> {
  const issuer = openIssuer(input)
  const [commonName = 'server'] = input.dnsNames
  return certify(
    {
      issuer: issuer.name,
      subject: encodeName(nameFrom(SubjectDraft.parse({ commonName }))),
      spki: input.spki,
      validity: lifetime(input.now, input.days, issuer),
      extensions: [
        basicConstraints(false),
        keyUsage('digitalSignature', 'keyEncipherment'),
        extendedKeyUsage(ids.serverAuthentication),
        subjectAlternativeName(alternativeNamesFrom([], input.dnsNames)),
        subjectKeyIdentifier(input.spki),
        authorityKeyIdentifier(issuer.keyIdentifier),
      ],
    },
    issuer.signer,
  )
}
