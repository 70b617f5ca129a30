import { z } from 'zod'

/**
 * NSS trust flags, three fields (SSL, S/MIME, code signing) of letters; certutil(1), "-t trustargs": `p` valid peer,
 * `P` trusted peer, `c` valid CA, `C` trusted CA, `T` trusted CA for client authentication, `u` the key is here, `w` warn.
 * `C` makes every website of that issuer genuine and `P` the one of that very certificate.
 */
export const hasServerTrust = (flags: string): boolean => /[CP]/u.test(flags)

/** Flags without trust for servers: the only ones that Latchkey sets by itself or because of a record. */
export const ClientFlags = z
  .string()
  .regex(/^[pcTw]*,[pcTw]*,[pcTw]*$/u)
  .brand<'ClientFlags'>()
export type ClientFlags = z.infer<typeof ClientFlags>

export const noTrust = ClientFlags.parse(',,')
export const clientTrust = ClientFlags.parse('T,,')

/** The flags that can be set again: `u` (the key is here) is a fact, not a setting. */
export function settableFlags(flags: string): string {
  return flags.replaceAll('u', '')
}

/** What is left of `flags` when nothing may vouch for a server; a distrust (`p`) stays. */
export function withoutServerTrust(flags: string): ClientFlags {
  return ClientFlags.safeParse(settableFlags(flags).replaceAll(/[CP]/gu, '')).data ?? noTrust
}

/** `flags` with `T` (vouches for clients) added to the first field, or taken from it; everything else stays as it is. */
export function withClientTrust(flags: string, isTrusted: boolean): string {
  const [ssl = '', ...others] = settableFlags(flags).split(',')
  return [`${ssl.replaceAll('T', '')}${isTrusted ? 'T' : ''}`, ...others].join(',')
}

export function hasClientTrust(flags: string): boolean {
  return flags.split(',')[0]?.includes('T') ?? false
}
