import { accessLimits } from '#shared/logic/access/limits'
import { type TypedWho, whoMayIn } from './WhoField'

const ending = ' by certificate'

/** What a policy is called where nobody gives it a name. */
export const policyNameFor = (application: string): string =>
  `${application.slice(0, accessLimits.name - ending.length)}${ending}`

/** The domain of the e-mail addresses that log in; null where none is typed. */
export const domainIn = (login: string): string | null => login.trim().toLowerCase().replace(/^@/u, '') || null

/** Why a login at this domain cannot be asked for, in words; null where it can, and where no login is asked for. */
export function faultOfLogin(login: string, who: TypedWho): string | null {
  const domain = domainIn(login)
  if (domain === null) return null
  if (!/^[a-z0-9.-]{1,253}$/u.test(domain)) return 'This is not the domain of an e-mail address.'
  const chosen = whoMayIn(who)
  return chosen?.kind === 'names' && chosen.names.length > 1
    ? 'Access would want all of these names in one certificate. Leave one name, or leave the login out.'
    : null
}
