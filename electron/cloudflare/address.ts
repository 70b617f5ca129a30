import { isThisMachine } from '#shared/logic/address'

const api = 'https://api.cloudflare.com/client/v4'

/**
 * Where the API is. `standIn` is for tests alone (`platform/environment.ts`), and only an address of this computer is taken:
 * a token must not go elsewhere because of a stray variable.
 */
export function apiAddress(standIn: string | null): string {
  if (standIn === null) return api
  const { protocol, hostname, origin } = new URL(standIn)
  if (protocol !== 'http:' || !isThisMachine(hostname)) throw new Error('A stand-in for the API is on this computer.')
  return `${origin}/client/v4`
}
