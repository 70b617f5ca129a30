import { compactVerify, createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors, type JWK } from 'jose'
import { z } from 'zod'
import { neutralise } from '#shared/logic/neutralise'
import type { TokenView } from '#shared/model/probe'
import type { TokenKeys } from './probe'

const text = z.string().transform(neutralise).nullable().catch(null)
const seconds = z
  .number()
  .transform((value) => new Date(value * 1000))
  .refine((date) => !Number.isNaN(date.getTime()))
  .transform((date) => date.toISOString())
  .nullable()
  .catch(null)

/** Every claim may be missing or odd; Cloudflare documents none of them for certificate sessions. */
const Claims = z.object({
  type: text,
  common_name: text,
  aud: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .transform((all) => all.map(neutralise))
    .catch([]),
  iss: text,
  iat: seconds,
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

type Signature = Pick<TokenView, 'signature' | 'signatureNote'>

async function checkSignature(value: string, issuer: string | null, keys: TokenKeys): Promise<Signature> {
  if (issuer === null) return { signature: 'unchecked', signatureNote: 'The cookie does not name who issued it.' }
  const set = await keys.keysFor(issuer)
  if (set === null) return { signature: 'unchecked', signatureNote: `The keys of ${issuer} could not be fetched.` }
  try {
    // Access signs with RS256 and with nothing else; naming it shuts out "none" and HMAC tricks.
    await compactVerify(value, createLocalJWKSet({ keys: set.keys.filter(isKey) }), { algorithms: ['RS256'] })
    return { signature: 'valid', signatureNote: null }
  } catch (error) {
    const note = error instanceof errors.JOSEError ? error.message : 'The signature does not fit.'
    return { signature: 'invalid', signatureNote: note }
  }
}

/** Whether an entry of a key page can be a key (RFC 7517 §4.1). */
export const isKey = (key: Record<string, unknown>): key is JWK & Record<string, unknown> =>
  typeof key['kty'] === 'string'
