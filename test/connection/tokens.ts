import { generateKeyPairSync } from 'node:crypto'
import { exportJWK, SignJWT, UnsecuredJWT } from 'jose'
import type { TokenKeys } from '#electron/probe/probe'
import { audience, team } from './sites'

/** CF_Authorization as Access signs it, and with every defect. */

const current = generateKeyPairSync('rsa', { modulusLength: 2048 })
const retired = generateKeyPairSync('rsa', { modulusLength: 2048 })
const strange = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwk = async ({ publicKey }: typeof current, kid: string) => ({
  ...(await exportJWK(publicKey)),
  kid,
  alg: 'RS256',
  use: 'sig',
})
/** As after a rotation: the key in use, and the one before. */
const keys = [await jwk(current, 'current'), await jwk(retired, 'retired')]

export const issuer = `https://${team}`
/** A team whose keys cannot be fetched. */
export const unreachableIssuer = 'https://unreachable.cloudflareaccess.com'

export const teamKeys: TokenKeys = {
  async keysFor(name) {
    if (name === issuer) return { kind: 'keys', keys }
    return { kind: name === unreachableIssuer ? 'unreachable' : 'unknown' }
  },
}

interface TokenOrder {
  claims?: Record<string, unknown>
  algorithm?: 'RS256' | 'PS256' | 'HS256' | 'none'
  kid?: string
  key?: 'current' | 'retired' | 'strange'
}

const secondsFromNow = (seconds: number) => Math.floor(Date.now() / 1000) + seconds

export const hour = 3600

/** A token for “Ada”, who holds every certificate of the scenarios but one. A claim that is undefined is left out. */
export async function token({
  claims = {},
  algorithm = 'RS256',
  kid,
  key = 'current',
}: TokenOrder = {}): Promise<string> {
  const payload = {
    type: 'app',
    aud: [audience],
    iss: issuer,
    sub: '',
    common_name: 'Ada',
    iat: secondsFromNow(-60),
    nbf: secondsFromNow(-60),
    exp: secondsFromNow(24 * hour),
    ...claims,
  }
  const header = { alg: algorithm, kid: kid ?? (key === 'retired' ? 'retired' : 'current') }
  if (algorithm === 'none') return new UnsecuredJWT(payload).encode()
  if (algorithm === 'HS256') {
    const secret = Buffer.from(String(current.publicKey.export({ type: 'spki', format: 'pem' })))
    return new SignJWT(payload).setProtectedHeader(header).sign(secret)
  }
  const pair = { current, retired, strange }[key]
  return new SignJWT(payload).setProtectedHeader(header).sign(pair.privateKey)
}

export { secondsFromNow }

/** What Access says of an application that covers a host, when asked for its metadata. */
export const metadata = (hostname: string, key: 'current' | 'strange' = 'current'): Promise<string> =>
  new SignJWT({ type: 'match', hostname, app_hostname: hostname, auth_domain: team, aud: audience })
    .setProtectedHeader({ alg: 'RS256', kid: 'current' })
    .setIssuedAt()
    .sign({ current, strange }[key].privateKey)
