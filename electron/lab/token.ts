import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { exportJWK, SignJWT } from 'jose'

const generate = promisify(generateKeyPair)

export interface TokenSigner {
  /** The application audience tag: 64 hex digits, as Access shows it. */
  audience: string
  jwks: { keys: Record<string, unknown>[] }
  sign(commonName: string | null, issuer: string, now: Date): Promise<string>
  /** Signs `cf-access-metadata`: an application of this team covers the address. */
  signMatch(match: { hostname: string; authDomain: string; now: Date }): Promise<string>
}

const lifetimeSeconds = 24 * 3600

/** Signs CF_Authorization like Access: RS256 with a key ID, `type: app`, audience as an array, empty `sub` without a login. */
export async function createTokenSigner(keyId: string, audience: string): Promise<TokenSigner> {
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: 2048 })
  const jwk = { ...(await exportJWK(publicKey)), kid: keyId, alg: 'RS256', use: 'sig' }
  return {
    audience,
    jwks: { keys: [jwk] },
    sign: (commonName, issuer, now) => sign(privateKey, { keyId, audience, commonName, issuer, now }),
    signMatch: ({ hostname, authDomain, now }) =>
      new SignJWT({ type: 'match', hostname, app_hostname: hostname, auth_domain: authDomain, aud: audience })
        .setProtectedHeader({ alg: 'RS256', kid: keyId })
        .setIssuedAt(Math.floor(now.getTime() / 1000))
        .sign(privateKey),
  }
}

interface Claims {
  keyId: string
  audience: string
  commonName: string | null
  issuer: string
  now: Date
}

function sign(key: KeyObject, { keyId, audience, commonName, issuer, now }: Claims): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000)
  return new SignJWT({ type: 'app', ...(commonName === null ? {} : { common_name: commonName }) })
    .setProtectedHeader({ alg: 'RS256', kid: keyId })
    .setAudience([audience])
    .setIssuer(issuer)
    .setSubject('')
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(key)
}
