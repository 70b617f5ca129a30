import { isThisMachine } from '#shared/logic/address'

/**
 * Where tests have a stand-in for the API (`platform/environment.ts`). Only an address of this computer is taken: a token must
 * not go elsewhere because of a stray variable. Built as a file of its own, which packages leave out (`electron-builder.yml`).
 */
export function standInAddress(standIn: string): string {
  const { protocol, hostname, origin } = new URL(standIn)
  if (protocol !== 'http:' || !isThisMachine(hostname)) throw new Error('A stand-in for the API is on this computer.')
  return `${origin}/client/v4`
}
