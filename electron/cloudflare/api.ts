import type {
  AccessAlertId,
  AccessApplicationId,
  AccessCaId,
  AccessPolicyId,
  AccountId,
  ZoneId,
} from '#shared/model/access-account'
import type { AccessGroupId, JsonObject } from '#shared/model/access-rule'
import type { AccountAnswer, NamedAnswer, OrganizationAnswer, TokenAnswer, ZoneAnswer } from './answers/accounts'
import type {
  AlertAnswer,
  AvailableAlertsAnswer,
  DestinationAnswer,
  EligibleDestinationsAnswer,
} from './answers/alerts'
import type { ApplicationAnswer } from './answers/applications'
import type { CertificateAnswer, SettingAnswer } from './answers/certificates'
import type { ApplicationPolicyAnswer, GroupAnswer, PolicyAnswer } from './answers/policies'

/** A request to Cloudflare's API, below `/client/v4`. */
export interface AccessCall {
  method: 'POST' | 'PUT' | 'DELETE'
  path: string
  body: JsonObject | null
}

/** Access has most of its objects under an account, and the same ones under a zone for tokens that see only that. */
export type Scope = { account: AccountId } | { zone: ZoneId }

/**
 * What Latchkey asks of Cloudflare's API. Every answer was judged: an empty list is one that Cloudflare itself called empty.
 * Errors of all: `cloudflare-*` and `cancelled`.
 */
export interface CloudflareApi {
  /** `cloudflare-token-refused` for a token of an account, which only that account's endpoint knows. */
  verifyUserToken(): Promise<TokenAnswer>
  verifyAccountToken(account: AccountId): Promise<TokenAnswer>
  /** Those that the token can see. */
  accounts(): Promise<AccountAnswer[]>
  zones(account: AccountId): Promise<ZoneAnswer[]>
  organization(scope: Scope): Promise<OrganizationAnswer>
  certificates(scope: Scope): Promise<CertificateAnswer[]>
  /** One object, as this and the next three: `cloudflare-not-found` where it is gone. */
  certificate(scope: Scope, id: AccessCaId): Promise<CertificateAnswer>
  application(scope: Scope, id: AccessApplicationId): Promise<ApplicationAnswer>
  policy(account: AccountId, id: AccessPolicyId): Promise<PolicyAnswer>
  group(scope: Scope, id: AccessGroupId): Promise<GroupAnswer>
  settings(scope: Scope): Promise<SettingAnswer[]>
  applications(scope: Scope): Promise<ApplicationAnswer[]>
  /** Of one application, in case its own record lists only their ids. */
  applicationPolicies(scope: Scope, application: AccessApplicationId): Promise<ApplicationPolicyAnswer[]>
  /** The reusable ones; only accounts have them. */
  policies(account: AccountId): Promise<PolicyAnswer[]>
  groups(scope: Scope): Promise<GroupAnswer[]>
  identityProviders(account: AccountId): Promise<NamedAnswer[]>
  serviceTokens(account: AccountId): Promise<NamedAnswer[]>
  /** All notifications of the account, of every kind. */
  alerts(account: AccountId): Promise<AlertAnswer[]>
  /** `cloudflare-not-found` where it is gone. */
  alert(account: AccountId, id: AccessAlertId): Promise<AlertAnswer>
  /** The kinds of notifications that the account may have. */
  availableAlerts(account: AccountId): Promise<AvailableAlertsAnswer>
  /** The kinds of destinations that notifications may go to. */
  eligibleDestinations(account: AccountId): Promise<EligibleDestinationsAnswer>
  webhooks(account: AccountId): Promise<DestinationAnswer[]>
  pagerDutyServices(account: AccountId): Promise<DestinationAnswer[]>
  /** Has a trial sent, once. That it was accepted says nothing of its arrival. Errors: as of `send`. */
  testAlert(account: AccountId, id: AccessAlertId): Promise<void>
  /**
   * Makes one change, once. The id of what it created or changed, null where the answer has none.
   * Errors: a refusal or `cloudflare-unreachable`, after which nothing has changed; `cloudflare-uncertain` where no answer says whether it has.
   */
  send(call: AccessCall): Promise<string | null>
}
