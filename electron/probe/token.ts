import { compactVerify, createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors, type JWK } from 'jose'
import { z } from 'zod'
import { neutralise } from '#shared/logic/neutralise'
import { redactText } from '#shared/logic/redact'
import type { SignatureCheck, TokenView } from '#shared/model/attempt'
import { toInstant } from '#shared/model/ids'
import type { TokenKeys } from './probe'

/** No real claim is longer; the rest of one that is would only fill the report. */
const MAX_CLAIM = 256
const MAX_AUDIENCES = 20

const bounded = (value: string) => neutralise(redactText(value).slice(0, MAX_CLAIM))
const text = z.string().transform(bounded).nullable().catch(null)
const seconds = z
  .number()
  .transform((value) => toInstant(new Date(value * 1000)))
  .nullable()
  .catch(null)

/** Every claim may be missing or odd; Cloudflare documents none of them for certificate sessions. */
const Claims = z.object({
  type: text,
  common_name: text,
  aud: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .transform((all) => all.slice(0, MAX_AUDIENCES).map(bounded))
    .catch([]),
  iss: text,
  iat: seconds,
  nbf: seconds,
  exp: seconds,
})
const ProtectedHeader = z.object({ alg: text, kid: text })

/** CF_Authorization taken apart; null when it is no JWT. Its signature is checked where the issuer's keys are to be had. */
export async function readToken(value: string, keys: TokenKeys): Promise<TokenView | null> {
  const parts = decode(value)
  if (parts === null) return null
  const { claims, header } = parts
  return {
    algorithm: header.alg,
    keyId: header.kid,
    type: claims.type,
    commonName: claims.common_name,
    audience: claims.aud,
    issuer: claims.iss,
    issuedAt: claims.iat,
    notBefore: claims.nbf,
    expiresAt: claims.exp,
    ...(await checkSignature(value, claims.iss, keys)),
  }
}

function decode(value: string) {
  try {
    return { claims: Claims.parse(decodeJwt(value)), header: ProtectedHeader.parse(decodeProtectedHeader(value)) }
  } catch {
    return null
  }
}

type Signature = Pick<TokenView, 'signature' | 'signatureCheck' | 'signatureNote'>

async function checkSignature(value: string, issuer: string | null, keys: TokenKeys): Promise<Signature> {
  if (issuer === null) return unchecked('issuer-missing', 'The cookie does not name its issuer.')
  const found = await keys.keysFor(issuer)
  switch (found.kind) {
    case 'unknown':
      return unchecked(
        'issuer-unknown',
        `${issuer} is not the address of a team at Cloudflare Access, so no keys were fetched.`,
      )
    case 'unreachable':
      return unchecked('keys-unreachable', `The keys of ${issuer} could not be fetched.`)
    case 'keys':
      return verify(value, found.keys)
  }
}

const unchecked = (signatureCheck: SignatureCheck, signatureNote: string): Signature => ({
  signature: 'unchecked',
  signatureCheck,
  signatureNote,
})

/** Access signs with RS256 and with nothing else; naming it shuts out "none" and HMAC tricks. */
async function verify(value: string, keys: Record<string, unknown>[]): Promise<Signature> {
  try {
    await compactVerify(value, createLocalJWKSet({ keys: keys.filter(isKey) }), { algorithms: ['RS256'] })
    return { signature: 'valid', signatureCheck: 'valid', signatureNote: null }
  } catch (error) {
    const check = verdictOf(error)
    if (check !== null && error instanceof Error)
      return { signature: 'invalid', signatureCheck: check, signatureNote: error.message }
    return unchecked('keys-unusable', 'The keys of the issuer could not be used.')
  }
}

/** Errors that say something about the token; all others are about the keys. */
function verdictOf(error: unknown): SignatureCheck | null {
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm-refused'
  if (error instanceof errors.JWKSNoMatchingKey) return 'key-unknown'
  const isWrong = error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWSInvalid
  return isWrong ? 'wrong' : null
}

/** Whether an entry of a key page can be a key (RFC 7517 §4.1). */
export const isKey = (key: Record<string, unknown>): key is JWK & Record<string, unknown> =>
  typeof key['kty'] === 'string'
