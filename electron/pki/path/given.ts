import { isAppError } from '#shared/errors'
import type { PathVerdict } from '#shared/model/path'
import { readPathCertificate } from './certificate'
import { createPool, newEffort } from './pool'
import { isSelfSigned } from './search'
import { verifyPath } from './verify'

/** What somebody hands over to have one certificate judged. All DER, in any order. */
export interface GivenPath {
  certificate: Uint8Array
  chain: Uint8Array[]
  /** Null: the self-signed certificates of the chain are trusted, as Access trusts the roots that were uploaded. */
  roots: Uint8Array[] | null
  crls: Uint8Array[]
  at: Date
  revocation: 'given' | 'required'
}

/** The verdict on a certificate by what came with it. Errors: `malformed` when the certificate itself cannot be read. */
export function verifyGiven({ certificate, chain, roots, crls, at, revocation }: GivenPath): PathVerdict {
  const anchors = roots ?? chain.filter(endsAChain)
  return verifyPath(certificate, createPool({ certificates: chain, anchors, crls }), { at, revocation })
}

function endsAChain(der: Uint8Array): boolean {
  try {
    return isSelfSigned(readPathCertificate(der), newEffort())
  } catch (error) {
    if (isAppError(error)) return false
    throw error
  }
}
