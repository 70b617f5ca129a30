import { AppError } from '#shared/errors'
import { remoteOf, titleOfProfile, usagesFault } from './config'
import { parseDuration, parseLifetime } from './duration'
import { type CfsslWarning, type ConfigFile, defaultProfile, type Profile } from './files'
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

/** What cfssl uses without a configuration. */
export const defaultConfig: ConfigFile = {
  signing: { default: defaultProfile, profiles: {} },
  auth_keys: {},
  remotes: {},
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
  const remote = remoteOf(found)
  if (remote !== '')
    throw new AppError(
      'invalid-input',
      `The ${titleOfProfile(name)} is signed by the remote “${remote}”, so it cannot be used to sign here.`,
    )
  const fault = usagesFault(found, name)
  if (fault !== null) {
    const others = known === '' ? 'Add usages to it.' : `Use one of these profiles: ${known}.`
    throw new AppError('invalid-input', name === null ? `${fault} ${others}` : fault)
  }
  const { keyUsage, purposes, warnings } = readUsages(found.usages ?? [])
  return { profile: { keyUsage, purposes, ...limitsOf(found, config.signing.default) }, warnings }
}

/** cfssl takes from the default profile what another one leaves out, the addresses and the expiry (`signer/signer.go`, FillTemplate). */
function limitsOf(profile: Profile, fallback: Profile): Omit<SigningProfile, 'keyUsage' | 'purposes'> {
  const { ca_constraint: constraint, name_whitelist: whitelist, backdate } = profile
  const expiries = [profile.expiry, fallback.expiry, defaultProfile.expiry]
  const expiry = expiries.find((text) => text !== '' && parseDuration(text) !== 0) ?? defaultProfile.expiry
  return {
    expiry: parseLifetime(expiry),
    backdate: (backdate === '' ? 0 : parseDuration(backdate)) || defaultBackdate,
    authority:
      constraint?.is_ca === true
        ? { pathLength: pathLengthOf(constraint.max_path_len, constraint.max_path_len_zero) }
        : null,
    crlUrl: orNull(profile.crl_url || fallback.crl_url),
    ocspUrl: orNull(profile.ocsp_url || fallback.ocsp_url),
    issuerUrls: profile.issuer_urls.length > 0 ? profile.issuer_urls : fallback.issuer_urls,
    allowedNames: whitelist === '' ? null : namePattern(whitelist),
    authKey: orNull(profile.auth_key),
  }
}

/** In cfssl a length of 0 means no limit, unless the `…_zero` field is set. */
export const pathLengthOf = (length: number, isZero: boolean): number | null =>
  length > 0 ? length : isZero ? 0 : null

const orNull = (text: string): string | null => (text === '' ? null : text)
