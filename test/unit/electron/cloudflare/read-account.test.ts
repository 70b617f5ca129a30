import { createHash } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readAccount } from '#electron/cloudflare/account/read'
import { certificatePem } from '#electron/pki/x509/pem'
import { AccessAccount } from '#shared/model/access-account'
import { makeSmallPki, type SmallPki } from '../../../support/certificates'
import { type Administrator, administrator } from '../../../support/cloudflare/administrator'
import { accountId, clientOf } from '../../../support/cloudflare/client'
import { type CloudflareDouble, startCloudflareDouble } from '../../../support/cloudflare/double'
import { fillWorld } from '../../../support/cloudflare/fill'
import { readPermissions } from '../../../support/cloudflare/permissions'

let pki: SmallPki
beforeAll(async () => {
  pki = await makeSmallPki(new Date())
})

let double: CloudflareDouble
let admin: Administrator
beforeEach(async () => {
  double = await startCloudflareDouble()
  admin = administrator(double)
})
afterEach(() => double.stop())

const token = { kind: 'user', expiresOn: null, account: { id: accountId, name: 'Acme' } } as const

async function read({ without = [], eachZone = false }: { without?: string[]; eachZone?: boolean } = {}) {
  const permissions = new Set(readPermissions.filter((name) => !without.includes(name)))
  const { api } = clientOf(double, { token: double.addToken({ permissions }) })
  const result = await readAccount(api, { now: () => new Date(double.world.now) }, { token, eachZone })
  return { ...result, account: AccessAccount.parse(result.account) }
}

const pathsAsked = () => double.journal.map(({ path }) => path.replace(/^\/(?:accounts|zones)\/\w{32}\/access\//u, ''))

describe('an account', () => {
  it('that is new is empty, and said to be so in one call for each list', async () => {
    const { account, unread } = await read()
    expect(account).toEqual({
      id: accountId,
      name: 'Acme',
      readAt: '2026-03-01T12:00:00.000Z',
      cas: [],
      settings: [],
      applications: [],
      policies: [],
      groups: [],
      organization: {
        name: 'Acme',
        authDomain: 'acme.cloudflareaccess.com',
        denyUnmatchedRequests: false,
        exemptedZones: [],
      },
      zones: [{ id: '1'.repeat(32), name: 'example.com' }],
      identityProviders: [],
      serviceTokens: [],
      alerting: {
        alerts: [],
        isAvailable: true,
        destinations: {
          emails: { isEligible: true, isReady: true },
          webhooks: { isEligible: true, isReady: true },
          pagerduty: { isEligible: true, isReady: false },
        },
        known: { webhooks: [], pagerduty: [] },
      },
    })
    expect(unread).toEqual([])
    const destinations = ['eligible', 'pagerduty', 'webhooks'].map((name) => `destinations/${name}`)
    const alerting = ['available_alerts', ...destinations, 'policies'].map(
      (path) => `/accounts/${accountId}/alerting/v3/${path}`,
    )
    const access = ['apps', 'certificates', 'certificates/settings', 'groups', 'organizations', 'policies']
    expect(pathsAsked().sort()).toEqual([...alerting, '/zones', ...access].sort())
  })

  it('is read with all that it holds', async () => {
    const pem = certificatePem(pki.intermediate.certificate) + certificatePem(pki.root.certificate)
    const ca = await admin.certificate('Small', pem, ['Admin.example.com', 'wiki.example.com'])
    await admin.settings([{ hostname: 'admin.example.com', china_network: false, client_certificate_forwarding: true }])
    const group = await admin.group({ name: 'Blocked', include: [{ common_name: { common_name: 'Eve' } }] })
    const holders = await admin.policy({ name: 'Holders', exclude: [{ group: { id: group } }] })
    const moon = { name: 'Moon', decision: 'allow', include: [{ moon_phase: { phase: 'full' } }], precedence: 2 }
    const app = await admin.application('admin.example.com', [{ id: holders, precedence: 7 }, moon], {
      destinations: [
        { type: 'public', uri: 'admin.example.com', overrides: [{ path_pattern: '/status', behavior: 'public' }] },
        { type: 'worker', worker_id: 'w' },
        { type: 'private', cidr: '10.0.0.0/8' },
      ],
      weather_policy: { rain: 'indoors' },
    })

    const { account } = await read()
    const md5 = createHash('md5').update(pki.intermediate.certificate).digest('hex')
    expect(account.cas).toMatchObject([
      { id: ca, name: 'Small', fingerprint: md5, bundle: null, hostnames: ['admin.example.com', 'wiki.example.com'] },
    ])
    expect(account.cas[0]?.expiresOn).toMatch(/^20\d\d-.*\.000Z$/u)
    expect(account.settings).toEqual([{ hostname: 'admin.example.com', forwarding: true, chinaNetwork: false }])
    expect(account.groups).toMatchObject([{ id: group, rules: { include: [{ kind: 'common-name', name: 'Eve' }] } }])
    const own = account.policies.find(({ name }) => name === 'Moon')
    expect(own).toMatchObject({ application: app, decision: 'allow', rules: { include: [{ kind: 'unknown' }] } })
    expect(account.policies.find(({ name }) => name === 'Holders')).toMatchObject({
      id: holders,
      application: null,
      decision: 'non_identity',
      rules: { include: [{ kind: 'valid-certificate' }], require: [], exclude: [{ kind: 'group', group }] },
    })
    expect(account.applications).toMatchObject([
      {
        id: app,
        domain: 'admin.example.com',
        destinations: [
          { kind: 'public', uri: 'admin.example.com', overrides: [{ path: '/status', behavior: 'public' }] },
          { kind: 'worker', type: 'worker' },
          { kind: 'other', type: 'private' },
        ],
        // In the order of precedence, whatever order they were listed in.
        policies: [
          { policy: own?.id, precedence: 2 },
          { policy: holders, precedence: 7 },
        ],
        fetched: { weather_policy: { rain: 'indoors' }, session_duration: '24h' },
      },
    ])
  })

  it('of full size takes no more calls than it has pages', async () => {
    fillWorld(double.world, { cas: 50, hostnames: 1000, applications: 500 })
    const { account } = await read()
    expect(account.cas.flatMap(({ hostnames }) => hostnames)).toHaveLength(1000)
    expect(account.applications).toHaveLength(500)
    expect(double.journal).toHaveLength(12)
  })
})

describe('names', () => {
  it('of providers and service tokens are asked for where a rule mentions one', async () => {
    double.world.identityProviders.push({ id: 'idp', name: 'Okta', type: 'okta' })
    double.world.serviceTokens.push({ id: 'st', name: 'Robot', client_id: 'c.access' })
    await admin.policy({ name: 'A', include: [{ login_method: { id: 'idp' } }] })
    await admin.policy({ name: 'B', include: [{ service_token: { token_id: 'st' } }] })
    const { account } = await read()
    expect(account.identityProviders).toEqual([{ id: 'idp', name: 'Okta' }])
    expect(account.serviceTokens).toEqual([{ id: 'st', name: 'Robot' }])
    expect(double.journal).toHaveLength(14)
  })
})

describe('a policy', () => {
  it('that an application only names is read from the application', async () => {
    double.upset('GET', '/access/apps', {
      kind: 'status',
      status: 200,
      body: {
        success: true,
        result: [{ id: 'app', type: 'self_hosted', domain: 'a.example.com', policies: ['own'] }],
        result_info: { total_count: 1, total_pages: 1 },
      },
    })
    double.upset('GET', '/access/apps/app/policies', {
      kind: 'status',
      status: 200,
      body: {
        success: true,
        result: [{ id: 'own', name: 'Own', decision: 'new_decision', include: [{ everyone: {} }] }],
        result_info: { total_count: 1, total_pages: 1 },
      },
    })
    const { account } = await read()
    expect(account.policies).toMatchObject([{ id: 'own', application: 'app', decision: 'unknown' }])
    expect(account.applications[0]).toMatchObject({
      name: 'a.example.com',
      policies: [{ policy: 'own', precedence: 1 }],
    })
  })
})

describe('the order of policies', () => {
  it('is an answer that nobody can read where only some have a number', async () => {
    const policies = ['one', { id: 'two', precedence: 1 }]
    const result = [{ id: 'app', type: 'self_hosted', domain: 'a.example.com', policies }]
    const body = { success: true, result, result_info: { total_count: 1, total_pages: 1 } }
    double.upset('GET', '/access/apps', { kind: 'status', status: 200, body })
    const own = { success: true, result: [], result_info: { total_count: 0, total_pages: 0 } }
    double.upset('GET', '/access/apps/app/policies', { kind: 'status', status: 200, body: own })
    await expect(read()).rejects.toMatchObject({
      code: 'cloudflare-answer-wrong',
      detail: 'apps.app.policies: only some have a precedence',
    })
  })
})

describe('permissions', () => {
  it('that nothing can be said without are named together, with the page where they are given', async () => {
    const without = ['Access: Mutual TLS Certificates Read', 'Access: Apps and Policies Read']
    await expect(read({ without })).rejects.toMatchObject({
      code: 'cloudflare-permission-missing',
      detail:
        'Missing: Access: Mutual TLS Certificates Read; Access: Apps and Policies Read. The token’s page: https://dash.cloudflare.com/profile/api-tokens',
    })
  })

  it('for the rest leave out parts, which are null and not empty', async () => {
    const without = ['Access: Organizations, Identity Providers, and Groups Read', 'Zone Read']
    const { account, unread } = await read({ without })
    expect({ groups: account.groups, organization: account.organization, zones: account.zones }).toEqual({
      groups: null,
      organization: null,
      zones: null,
    })
    expect(unread.sort()).toEqual(without.sort())
  })
})

describe('zones', () => {
  it('are asked on request; what the account shows, too, counts once', async () => {
    const zone = double.world.zones[0]?.id ?? ''
    const { status } = await admin.call('POST', `/zones/${zone}/access/apps`, {
      type: 'self_hosted',
      domain: 'wiki.example.com',
    })
    expect(status).toBe(201)
    const { account } = await read({ eachZone: true })
    expect(account.applications).toMatchObject([{ domain: 'wiki.example.com' }])
    expect(double.journal).toHaveLength(14)
  })
})

it('an account without Zero Trust says so', async () => {
  double.world.behaviour.zeroTrust = false
  await expect(read()).rejects.toMatchObject({ code: 'cloudflare-not-enabled' })
})
