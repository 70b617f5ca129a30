import { AppError } from '#shared/errors'
import { parseDuration } from './duration'
import type { CfsslWarning, ConfigFile, Profile } from './files'
import { type NamePattern, namePattern } from './name-pattern'
import { readUsages, type Usages } from './usages'

/** How certificates of a profile are signed. Times in milliseconds. */
export interface SigningProfile extends Omit<Usages, 'warnings'> {
  expiry: number
  backdate: number
  /** Null for end-entity certificates; `pathLength` null for no limit. */
  authority: { pathLength: number | null } | null
  crlUrl: string | null
  ocspUrl: string | null
  /** Where the issuer's certificate can be fetched. */
  issuerUrls: string[]
  /** The Common Names and hosts that are allowed; null for all. */
  allowedNames: NamePattern | null
  /** Name of the key in `auth_keys` with which requests must be authenticated. */
  authKey: string | null
}

/** cfssl backdates by five minutes and rounds down to the minute (`signer/signer.go`). */
const defaultBackdate = 5 * 60_000

/** What cfssl uses without a configuration: servers and clients, one year (`config/config.go`, DefaultConfig). */
export const defaultConfig: ConfigFile = {
  signing: {
    default: {
      usages: ['signing', 'key encipherment', 'server auth', 'client auth'],
      expiry: '8760h',
      backdate: '',
      ca_constraint: null,
      crl_url: '',
      ocsp_url: '',
      issuer_urls: [],
      auth_key: '',
      remote: '',
      auth_remote: null,
      name_whitelist: '',
    },
    profiles: {},
  },
  auth_keys: {},
}

/**
 * The profile with this name, or the default one. Errors: `invalid-input` if the file has no such profile (cfssl would
 * silently use the default), if it is signed elsewhere (`remote`), or if it has no usages, which cfssl refuses with “5100 no
 * key usage available”.
 */
export function profileOf(
  config: ConfigFile,
  name: string | null,
): { profile: SigningProfile; warnings: CfsslWarning[] } {
  const { profiles } = config.signing
  const known = Object.keys(profiles).join(', ')
  const found = name === null ? config.signing.default : Object.hasOwn(profiles, name) ? profiles[name] : undefined
  if (found === undefined) throw new AppError('invalid-input', `There is no profile “${name}”. The file has: ${known}.`)
  const remote = found.remote === '' ? (found.auth_remote?.remote ?? '') : found.remote
  if (remote !== '')
    throw new AppError(
      'invalid-input',
      `The ${name === null ? 'default profile' : `profile “${name}”`} is signed by the remote “${remote}”, so it cannot be used to sign here.`,
    )
  if (found.usages === null || found.usages.length === 0)
    throw new AppError(
      'invalid-input',
      `The ${name === null ? 'default profile' : `profile “${name}”`} has no usages; cfssl refuses it with “5100 no key usage available”. ${known === '' ? 'Add usages to it.' : `Use one of these profiles: ${known}.`}`,
    )
  const { keyUsage, purposes, warnings } = readUsages(found.usages)
  // A certificate without usages may be used for any purpose (RFC 5280 §4.2.1.3, §4.2.1.12).
  if (keyUsage.length === 0 && purposes.length === 0)
    throw new AppError(
      'invalid-input',
      `None of the usages of the ${name === null ? 'default profile' : `profile “${name}”`} is known: ${found.usages.map((usage) => `“${usage}”`).join(', ')}. Each usage must be a separate string; cfssl refuses this with “5100 no key usage available”.`,
    )
  const fallback = config.signing.default.expiry
  return { profile: { keyUsage, purposes, ...limitsOf(found, fallback) }, warnings }
}

function limitsOf(profile: Profile, fallbackExpiry: string): Omit<SigningProfile, 'keyUsage' | 'purposes'> {
  const expiry = profile.expiry === '' ? fallbackExpiry : profile.expiry
  const { ca_constraint: constraint, name_whitelist: whitelist } = profile
  return {
    expiry: parseDuration(expiry === '' ? '8760h' : expiry),
    backdate: profile.backdate === '' ? defaultBackdate : parseDuration(profile.backdate),
    authority:
      constraint?.is_ca === true
        ? { pathLength: pathLengthOf(constraint.max_path_len, constraint.max_path_len_zero) }
        : null,
    crlUrl: orNull(profile.crl_url),
    ocspUrl: orNull(profile.ocsp_url),
    issuerUrls: profile.issuer_urls,
    allowedNames: whitelist === '' ? null : namePattern(whitelist),
    authKey: orNull(profile.auth_key),
  }
}

/** In cfssl a length of 0 means no limit, unless the `…_zero` field is set. */
export const pathLengthOf = (length: number, isZero: boolean): number | null =>
  length > 0 ? length : isZero ? 0 : null

const orNull = (text: string): string | null => (text === '' ? null : text)
