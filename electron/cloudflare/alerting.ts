import { AppError, isAppError } from '#shared/errors'
import { destinationNouns } from '#shared/logic/access/alert-words'
import { permissions } from '#shared/logic/access/permission-names'
import {
  type AccessAlert,
  type AccessAlerting,
  type AccountId,
  AlertDestinations,
  type NamedDestinations,
  type NamedResource,
} from '#shared/model/access-account'
import { JsonObject } from '#shared/model/access-rule'
import type { AlertAnswer, DestinationAnswer, EligibleDestinationsAnswer } from './answers/alerts'
import type { CloudflareApi } from './api'

/** The kind of notification that is about CAs of Access (OpenAPI document, `aaa_alert_type`). */
export const expiryType = 'access_custom_certificate_expiration_type'

export const alertingPath = (account: AccountId): string => `/accounts/${account}/alerting/v3/policies`

type AlertingApi = Pick<
  CloudflareApi,
  'alerts' | 'availableAlerts' | 'eligibleDestinations' | 'webhooks' | 'pagerDutyServices'
>

/** The expiry alerts of an account, and what it may use for them. Errors: those of the API. */
export async function readAlerting(api: AlertingApi, account: AccountId): Promise<AccessAlerting> {
  const [alerts, available, eligible, webhooks, pagerduty] = await Promise.all([
    api.alerts(account),
    api.availableAlerts(account),
    api.eligibleDestinations(account),
    known(api.webhooks(account)),
    known(api.pagerDutyServices(account)),
  ])
  return {
    alerts: alerts.flatMap((answer) => toAlert(answer) ?? []),
    isAvailable: Object.values(available).some((all) => all.some(({ type }) => type === expiryType)),
    destinations: destinationsIn(Object.values(eligible).flat()),
    known: { webhooks, pagerduty },
  }
}

/** Null where Cloudflare refuses the list, as it may for a kind that the account cannot use, or gives no usable answer. */
async function known(reading: Promise<DestinationAnswer[]>): Promise<NamedResource[] | null> {
  try {
    return (await reading).map(({ id, name }) => ({ id, name: name ?? id }))
  } catch (error) {
    if (!isAppError(error) || error.code === 'cancelled') throw error
    return null
  }
}

/** The same for whoever asks for nothing else. Errors: `cloudflare-permission-missing` with its name. */
export async function requireAlerting(api: AlertingApi, account: AccountId): Promise<AccessAlerting> {
  try {
    return await readAlerting(api, account)
  } catch (error) {
    if (!isAppError(error, 'cloudflare-permission-missing')) throw error
    throw new AppError(error.code, `Missing: ${permissions.notifications}`, { cause: error })
  }
}

/** By its id or name. Errors: `not-found`; `ambiguous` where several have the name. */
export const alertNamed = ({ alerts }: AccessAlerting, wanted: string): AccessAlert =>
  named(alerts, wanted, 'expiry alert')

/** The id of a webhook or PagerDuty service by its id or name; as it is where their list was not read. Errors: as of `alertNamed`. */
export function destinationNamed(
  { known }: AccessAlerting,
  kind: keyof NamedDestinations,
  wanted: string,
): NamedResource['id'] {
  const all = known[kind]
  return all === null ? wanted : named(all, wanted, destinationNouns[kind]).id
}

function named<T extends NamedResource>(all: T[], wanted: string, what: string): T {
  const [only, ...others] = all.filter(({ id, name }) => id === wanted || name === wanted)
  if (only === undefined) throw new AppError('not-found', `The account has no ${what} called “${wanted}”.`)
  if (others.length > 0) throw new AppError('ambiguous', `Several ${what}s are called “${wanted}”. Use the ID.`)
  return only
}

/** Null for notifications about something else. */
export function toAlert({ id, name, alert_type: kind, enabled, mechanisms, fetched }: AlertAnswer): AccessAlert | null {
  if (kind !== expiryType) return null
  const ids = (all: { id?: string | null | undefined }[] | undefined) => (all ?? []).flatMap((one) => one.id ?? [])
  return {
    id,
    name: name ?? id,
    isEnabled: enabled ?? true,
    destinations: {
      emails: ids(mechanisms?.email),
      webhooks: ids(mechanisms?.webhooks),
      pagerduty: ids(mechanisms?.pagerduty),
    },
    fetched,
  }
}

/** The API calls a kind `email` here and there, and its lists `email`, `webhooks` and `pagerduty`. */
const kinds: Record<keyof AlertDestinations, { path: string; names: string[] }> = {
  emails: { path: 'email', names: ['email', 'emails'] },
  webhooks: { path: 'webhooks', names: ['webhook', 'webhooks'] },
  pagerduty: { path: 'pagerduty', names: ['pagerduty'] },
}

/** Which kinds the account may use, and which are ready; null for a kind that Cloudflare does not name. */
export function destinationsIn(all: EligibleDestinationsAnswer[string]): AccessAlerting['destinations'] {
  const stateOf = ({ names }: { names: string[] }) => {
    const found = all.find(({ type }) => type != null && names.includes(type.toLowerCase()))
    return found === undefined ? null : { isEligible: found.eligible ?? false, isReady: found.ready ?? false }
  }
  return {
    emails: stateOf(kinds.emails),
    webhooks: stateOf(kinds.webhooks),
    pagerduty: stateOf(kinds.pagerduty),
  }
}

/** The same destinations: in any order, and addresses in any spelling. */
export const sameDestinations = (one: AlertDestinations, other: AlertDestinations): boolean =>
  destinationsKey(one) === destinationsKey(other)

/** A text that is the same for the same destinations. */
export const destinationsKey = (destinations: AlertDestinations): string =>
  JSON.stringify(
    AlertDestinations.keyof().options.map((kind) => [...new Set(destinations[kind].map(spelling[kind]))].sort()),
  )

/** Of two destinations that are the same: addresses in any case, ids as they are. */
const spelling: Record<keyof AlertDestinations, (one: string) => string> = {
  emails: (address) => address.toLowerCase(),
  webhooks: (id) => id,
  pagerduty: (id) => id,
}

/** Those of `wanted` that are not among the old ones; all of them where there are none. */
export function addedDestinations(old: AlertDestinations | null, wanted: AlertDestinations): AlertDestinations {
  const added = (kind: keyof AlertDestinations) => {
    const there = new Set(old?.[kind].map(spelling[kind]))
    return wanted[kind].filter((one) => !there.has(spelling[kind](one)))
  }
  return { emails: added('emails'), webhooks: added('webhooks'), pagerduty: added('pagerduty') }
}

const Mechanisms = JsonObject.catch({})

/** The body of a notification. `fetched`: what is kept of one that is there, also kinds of destinations that we do not know. */
export function alertBody(
  fetched: JsonObject,
  { name, isEnabled, destinations }: Pick<AccessAlert, 'name' | 'isEnabled' | 'destinations'>,
): JsonObject {
  const mechanisms = { ...Mechanisms.parse(fetched['mechanisms']) }
  for (const kind of AlertDestinations.keyof().options) {
    const { path } = kinds[kind]
    if (destinations[kind].length > 0 || path in mechanisms) mechanisms[path] = destinations[kind].map((id) => ({ id }))
  }
  return { ...fetched, name, alert_type: expiryType, enabled: isEnabled, mechanisms }
}
