import { certificateSha256, viewCertificate } from '#electron/pki/certificate'
import type { ImportChoice } from '#shared/model/identity'
import type { Match } from './match'

/** What a person needs to tell one certificate from the others in the same files. */
export function choiceOf({ leaf, identity }: Match): ImportChoice {
  const { sha256, commonName, subject, issuer, issuerCommonName, notAfter, keyCode } = viewCertificate(leaf)
  return {
    certificate: sha256,
    name: commonName ?? subject,
    issuer: issuerCommonName ?? issuer,
    notAfter,
    keyCode,
    keyIsHere: identity?.keyInVault === true,
  }
}

/** Whether it is here already, with its key. */
export const isFiled = ({ leaf, identity }: Match): boolean =>
  identity?.keyInVault === true && identity.certificate === certificateSha256(leaf)
