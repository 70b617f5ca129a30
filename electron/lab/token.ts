import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { exportJWK, SignJWT, UnsecuredJWT } from 'jose'

const generate = promisify(generateKeyPair)

/** What can be wrong with the cookie, on purpose. */
export type TokenFault =
  | 'signature'
  | 'algorithm'
  | 'key'
  | 'expired'
  | 'early'
  | 'audience'
  | 'issuer'
  | 'name'
  /** It is no token. */
  | 'form'

export interface TokenSigner {
  /** The application audience tag: 64 hex digits, as Access shows it. */
  audience: string
  jwks: { keys: Record<string, unknown>[] }
  sign(commonName: string | null, issuer: string, now: Date, fault?: TokenFault | null): Promise<string>
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
    sign: (commonName, issuer, now, fault = null) =>
      sign(privateKey, withFault({ keyId, audience, commonName, issuer, now }, fault), fault),
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

function withFault(claims: Claims, fault: TokenFault | null): Claims {
  const shifted = (seconds: number) => ({ ...claims, now: new Date(claims.now.getTime() + 1000 * seconds) })
  switch (fault) {
    case 'key':
      return { ...claims, keyId: '0'.repeat(64) }
    case 'expired':
      return shifted(-lifetimeSeconds - 3600)
    case 'early':
      return shifted(lifetimeSeconds)
    case 'audience':
      return { ...claims, audience: 'f'.repeat(64) }
    case 'issuer':
      return { ...claims, issuer: 'https://elsewhere.example' }
    case 'name':
      return { ...claims, commonName: 'Somebody Else' }
    case 'signature':
    case 'algorithm':
    case 'form':
    case null:
      return claims
  }
}

async function sign(key: KeyObject, claims: Claims, fault: TokenFault | null): Promise<string> {
  switch (fault) {
    case 'form':
      return 'not-a-token'
    case 'algorithm':
      return filled(new UnsecuredJWT(payloadOf(claims)), claims).encode()
    case 'signature': {
      const { privateKey } = await generate('rsa', { modulusLength: 2048 })
      return signed(privateKey, claims)
    }
    default:
      return signed(key, claims)
  }
}

const signed = (key: KeyObject, claims: Claims): Promise<string> =>
  filled(new SignJWT(payloadOf(claims)), claims)
    .setProtectedHeader({ alg: 'RS256', kid: claims.keyId })
    .sign(key)

const payloadOf = ({ commonName }: Claims) => ({
  type: 'app',
  ...(commonName === null ? {} : { common_name: commonName }),
})

function filled<Token extends SignJWT | UnsecuredJWT>(token: Token, { audience, issuer, now }: Claims): Token {
  const issuedAt = Math.floor(now.getTime() / 1000)
  token
    .setAudience([audience])
    .setIssuer(issuer)
    .setSubject('')
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
  return token
}
