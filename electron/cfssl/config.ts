import { AppError, isAppError } from '#shared/errors'
import { parseDuration } from './duration'
import { ConfigFile, type Profile, parseFile } from './files'
import { namePattern } from './name-pattern'
import { readUsages } from './usages'

/**
 * Reads `ca-config.json`. Refuses what cfssl would not load, whichever of its profiles is wrong (cfssl `config/config.go`,
 * populate and validProfile). Errors: `invalid-input` with the name of the file and of the profile.
 */
export function readConfig(name: string, bytes: Uint8Array): ConfigFile {
  const config = parseFile(ConfigFile, name, bytes)
  const { default: fallback, profiles } = config.signing
  for (const [profileName, profile] of [[null, fallback] as const, ...Object.entries(profiles)]) {
    const fault = faultIn(profile, profileName, config)
    if (fault !== null) throw new AppError('invalid-input', `${name}: ${fault}`)
  }
  return config
}

/** "default profile" or "profile “client”". */
export const titleOfProfile = (name: string | null): string => (name === null ? 'default profile' : `profile “${name}”`)

/** What cfssl would refuse about a profile, as a sentence; null for nothing. `name`: null for the default one. */
function faultIn(profile: Profile, name: string | null, config: ConfigFile): string | null {
  const title = `The ${titleOfProfile(name)}`
  const fault = remoteFault(profile, config) ?? keyFault(profile, config) ?? patternFault(profile)
  if (fault !== null) return `${title} ${fault}`
  if (remoteOf(profile) !== '') return null
  return lifetimeFault(profile, name) ?? (name === null ? null : usagesFault(profile, name))
}

/** The name of the signer elsewhere that a profile leaves signing to; empty for none. */
export const remoteOf = ({ remote, auth_remote: authenticated }: Profile): string =>
  remote === '' ? (authenticated?.remote ?? '') : remote

function remoteFault(profile: Profile, { remotes }: ConfigFile): string | null {
  const { remote, auth_remote: authenticated } = profile
  if (remote !== '' && (authenticated?.remote ?? '') !== '') return 'has both “remote” and “auth_remote”.'
  if (authenticated !== null && authenticated.remote === '' && authenticated.auth_key !== '')
    return 'has an “auth_remote” without a “remote”.'
  const named = remoteOf(profile)
  if (named === '') return null
  if ((Object.hasOwn(remotes, named) ? remotes[named] : '') === '')
    return `is signed by the remote “${named}”, which is not in the file’s “remotes”.`
  return remote === '' && authenticated?.auth_key === '' ? 'has an “auth_remote” without an “auth_key”.' : null
}

function keyFault(profile: Profile, { auth_keys: keys }: ConfigFile): string | null {
  for (const name of [profile.auth_key, profile.auth_remote?.auth_key ?? '']) {
    if (name === '') continue
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined
    if (key === undefined) return `uses the authentication key “${name}”, which is not in the file’s “auth_keys”.`
    if (key.type !== 'standard') return `uses the authentication key “${name}” of the unknown type “${key.type}”.`
    // cfssl takes these from its environment and its folder, which are not the ones here.
    if (!/^(?:env|file):/u.test(key.key) && !/^(?:[0-9a-f]{2})*$/iu.test(key.key))
      return `uses the authentication key “${name}”, which is not hexadecimal.`
  }
  return null
}

function patternFault({ name_whitelist: expression }: Profile): string | null {
  if (expression === '') return null
  const reason = reasonAgainst(() => namePattern(expression))
  return reason === null ? null : `has a name_whitelist that cannot be used. ${reason}`
}

function lifetimeFault({ expiry, backdate }: Profile, name: string | null): string | null {
  const title = titleOfProfile(name)
  if (expiry === '') return `The ${title} has no expiry. cfssl demands one in every profile, such as 8760h.`
  const reason = reasonAgainst(() => [expiry, ...(backdate === '' ? [] : [backdate])].map(parseDuration))
  if (reason !== null) return `The ${title}: ${reason}`
  return name === null && parseDuration(expiry) === 0 ? `The ${title} has an expiry of zero.` : null
}

/**
 * Why nothing can be signed with the usages of a profile, as a sentence; null where it can. cfssl refuses such a profile when it
 * loads the file, and the default one when it is used.
 */
export function usagesFault({ usages }: Profile, name: string | null): string | null {
  const title = titleOfProfile(name)
  if (usages === null || usages.length === 0)
    return `The ${title} has no usages; cfssl refuses it with “5100 no key usage available”.`
  const { keyUsage, purposes } = readUsages(usages)
  // A certificate without usages may be used for any purpose (RFC 5280 §4.2.1.3, §4.2.1.12).
  if (keyUsage.length + purposes.length > 0) return null
  const all = usages.map((usage) => `“${usage}”`).join(', ')
  return `None of the usages of the ${title} is known: ${all}. Each usage must be a separate string; cfssl refuses this with “5100 no key usage available”.`
}

/** The words with which something is refused; null where it is not. */
function reasonAgainst(attempt: () => unknown): string | null {
  try {
    attempt()
    return null
  } catch (error) {
    if (!isAppError(error)) throw error
    return error.detail
  }
}
