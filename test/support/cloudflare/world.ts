import { randomUUID } from 'node:crypto'
import type { Json } from './reply'

/** A value that takes effect some time after it was written. */
export interface Lagging<T> {
  visible: T
  /** What was written last, and when it shows. Null once it does. */
  coming: { value: T; at: number } | null
}

export interface StoredCertificate {
  id: string
  /** Null for the account's; otherwise the zone it was added through. */
  zone: string | null
  name: string
  pem: string
  fingerprint: string
  expiresOn: string
  hostnames: Lagging<string[]>
  createdAt: string
  updatedAt: string
}

export interface StoredPolicy {
  id: string
  /** Null for a reusable one. */
  application: string | null
  /** As written, with the server's defaults. */
  fields: Json
  /** In how many applications it is. */
  applications: Lagging<number>
}

export interface StoredApplication {
  id: string
  zone: string | null
  aud: string
  fields: Json
  links: { policy: string; precedence: number }[]
}

export interface StoredGroup {
  id: string
  fields: Json
}

export interface StoredToken {
  token: string
  id: string
  kind: 'user' | 'account'
  status: 'active' | 'disabled' | 'expired'
  expiresOn: string | null
  permissions: ReadonlySet<string>
  /** The accounts that it can see. */
  accounts: string[]
}

interface Behaviour {
  /** How long hostnames, settings and `app_count` take to show, in milliseconds. */
  lag: number
  /** What a PUT of hostname settings does to hosts that it does not mention. */
  settings: 'replace' | 'merge'
  /** Whether a hostname may have several CAs. */
  severalCas: 'allowed' | 'refused'
  /** CAs: 0 on a plan without mTLS, else 50. */
  quota: number
  /** Which certificate of an upload is fingerprinted. */
  fingerprintOf: 'first' | 'leaf-most'
  /** Parts of paths whose lists ignore `page`, or leave out `result_info`. */
  ignoresPage: string[]
  withoutInfo: string[]
  /** What GET /accounts says to an account's token. */
  accountsForAccountTokens: 'refused' | 'listed'
  zeroTrust: boolean
  /** Whether the plan has notifications about CAs of Access, and what they may go to. */
  expiryAlerts: boolean
  destinations: Record<'email' | 'webhooks' | 'pagerduty', { eligible: boolean; ready: boolean }>
  alertTests: 'accepted' | 'refused'
}

interface Zone {
  id: string
  name: string
  account: string
}

/** Everything that the account holds, and its clock. */
export interface World {
  accounts: { id: string; name: string }[]
  zones: Zone[]
  tokens: StoredToken[]
  certificates: StoredCertificate[]
  settings: Lagging<Json[]>
  applications: StoredApplication[]
  policies: StoredPolicy[]
  groups: StoredGroup[]
  /** Notifications of the account. */
  alerts: StoredGroup[]
  /** What notifications may go to besides addresses. */
  webhooks: StoredGroup[]
  pagerduty: StoredGroup[]
  identityProviders: { id: string; name: string; type: string }[]
  serviceTokens: { id: string; name: string; client_id: string }[]
  organization: Json
  behaviour: Behaviour
  now: number
}

export const account = 'a'.repeat(32)

export function newWorld(): World {
  return {
    accounts: [{ id: account, name: 'Acme' }],
    zones: [{ id: '1'.repeat(32), name: 'example.com', account }],
    tokens: [],
    certificates: [],
    settings: { visible: [], coming: null },
    applications: [],
    policies: [],
    groups: [],
    alerts: [],
    webhooks: [],
    pagerduty: [],
    identityProviders: [],
    serviceTokens: [],
    organization: { name: 'Acme', auth_domain: 'acme.cloudflareaccess.com', deny_unmatched_requests: false },
    behaviour: {
      lag: 0,
      settings: 'replace',
      severalCas: 'allowed',
      quota: 50,
      fingerprintOf: 'first',
      ignoresPage: [],
      withoutInfo: [],
      accountsForAccountTokens: 'listed',
      zeroTrust: true,
      expiryAlerts: true,
      destinations: {
        email: { eligible: true, ready: true },
        webhooks: { eligible: true, ready: true },
        pagerduty: { eligible: true, ready: false },
      },
      alertTests: 'accepted',
    },
    now: Date.parse('2026-03-01T12:00:00Z'),
  }
}

export const newId = () => randomUUID()
export const timestamp = (world: World) => new Date(world.now).toISOString()

/** What shows now. */
export function seen<T>(world: World, value: Lagging<T>): T {
  const { coming } = value
  if (coming !== null && coming.at <= world.now) {
    value.visible = coming.value
    value.coming = null
  }
  return value.visible
}

export const isSettled = <T>(world: World, value: Lagging<T>): boolean => {
  seen(world, value)
  return value.coming === null
}

export function put<T>(world: World, value: Lagging<T>, next: T): void {
  seen(world, value)
  value.coming = { value: next, at: world.now + world.behaviour.lag }
}

/** What it will be in the end. */
export const settled = <T>({ visible, coming }: Lagging<T>): T => (coming === null ? visible : coming.value)

export const isInAccount = (world: World, hostname: string, zone: string | null): boolean =>
  world.zones.some(
    ({ id, name }) => (zone === null || zone === id) && (hostname === name || hostname.endsWith(`.${name}`)),
  )
