import { AppError, isAppError } from '#shared/errors'
import type { AccountId } from '#shared/model/access-account'
import type { AlertAnswer } from './answers/alerts'
import type { CloudflareApi } from './api'

/** Cloudflare's own warning, 30 and 14 days before a CA that was uploaded to Access expires. */
export interface ExpiryAlert {
  id: string
  name: string
  isEnabled: boolean
  emails: string[]
}

/** Its kind in the API (cloudflare-openapi `aaa_alert_type`). */
const expiryType = 'access_custom_certificate_expiration_type'
export const expiryAlertName = 'Access mTLS certificates expire'

type AlertsApi = Pick<CloudflareApi, 'alerts' | 'send'>

/** Errors: `cloudflare-permission-missing` with the name of the permission, and the API's own. */
export async function readExpiryAlerts(api: Pick<AlertsApi, 'alerts'>, account: AccountId): Promise<ExpiryAlert[]> {
  const all = await api.alerts(account).catch((error: unknown) => {
    throw named(error, 'Notifications Read')
  })
  return all.filter((one) => one.alert_type === expiryType).map(toAlert)
}

const toAlert = ({ id, name, enabled, mechanisms }: AlertAnswer): ExpiryAlert => ({
  id,
  name: name ?? id,
  isEnabled: enabled ?? true,
  emails: (mechanisms?.email ?? []).flatMap((one) => one.id ?? []),
})

/** Whether an alert that is on reaches all of them. */
const reaches =
  (emails: string[]) =>
  ({ isEnabled, emails: own }: ExpiryAlert): boolean =>
    isEnabled && emails.every((email) => own.some((one) => one.toLowerCase() === email.toLowerCase()))

/**
 * Creates the alert unless one reaches these addresses already. Existing alerts are not changed. Where the answer was lost, the list
 * says whether it was created: it is never sent twice. Errors: as above; `cloudflare-uncertain`.
 */
export async function ensureExpiryAlert(
  api: AlertsApi,
  account: AccountId,
  emails: string[],
): Promise<{ alert: ExpiryAlert; isNew: boolean }> {
  const find = async () => (await readExpiryAlerts(api, account)).find(reaches(emails)) ?? null
  const existing = await find()
  if (existing !== null) return { alert: existing, isNew: false }
  const body = {
    name: expiryAlertName,
    alert_type: expiryType,
    enabled: true,
    mechanisms: { email: emails.map((id) => ({ id })) },
  }
  let lost: unknown = null
  try {
    await api.send({ method: 'POST', path: `/accounts/${account}/alerting/v3/policies`, body })
  } catch (error) {
    if (!isAppError(error, 'cloudflare-uncertain')) throw named(error, 'Notifications Write')
    lost = error
  }
  const made = await find()
  if (made !== null) return { alert: made, isNew: true }
  throw lost ?? new AppError('cloudflare-answer-wrong', 'The notification is not in the list after it was created.')
}

function named(error: unknown, permission: string): unknown {
  return isAppError(error, 'cloudflare-permission-missing')
    ? new AppError('cloudflare-permission-missing', `Missing: ${permission}`, { cause: error })
    : error
}
