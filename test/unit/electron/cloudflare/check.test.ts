import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkApi } from '#electron/cloudflare/check'
import { administrator } from '../../../support/cloudflare/administrator'
import { accountId, clientOf } from '../../../support/cloudflare/client'
import { type CloudflareDouble, startCloudflareDouble } from '../../../support/cloudflare/double'
import { readPermissions } from '../../../support/cloudflare/permissions'

let double: CloudflareDouble
beforeEach(async () => {
  double = await startCloudflareDouble()
})
afterEach(() => double.stop())

async function check(without: string[] = []) {
  const permissions = new Set(readPermissions.filter((name) => !without.includes(name)))
  const findings = await checkApi(clientOf(double, { token: double.addToken({ permissions }) }).api, accountId)
  return Object.fromEntries(findings.map(({ what, ...finding }) => [what, finding]))
}

it('names fields that are not documented, and never what is in them', async () => {
  await administrator(double).application('admin.example.com', [], { weather_policy: { rain: 'secret' } })
  const findings = await check()
  expect(findings['applications']).toMatchObject({
    outcome: 'differs',
    objects: 1,
    undocumented: ['weather_policy (object)'],
    absent: expect.arrayContaining(['saas_app']),
    error: null,
  })
  expect(findings['groups']).toEqual({
    outcome: 'as-documented',
    objects: 0,
    undocumented: [],
    absent: [],
    error: null,
  })
  expect(JSON.stringify(findings)).not.toContain('secret')
  expect(double.journal.every(({ method }) => method === 'GET')).toBe(true)
})

it('goes on where a permission is missing, an answer is wrong, or the API fails', async () => {
  double.upset('GET', '/access/policies', { kind: 'not-success' })
  double.upset('GET', '/access/certificates', {
    kind: 'status',
    status: 400,
    body: { errors: [{ code: 1, message: 'No' }] },
  })
  const findings = await check(['Access: Organizations, Identity Providers, and Groups Read'])
  expect(Object.entries(findings).map(([what, { outcome }]) => [what, outcome])).toEqual([
    ['certificates', 'failed'],
    ['settings', 'as-documented'],
    ['applications', 'as-documented'],
    ['applicationPolicies', 'as-documented'],
    ['policies', 'differs'],
    ['groups', 'no-permission'],
    ['identityProviders', 'no-permission'],
    ['serviceTokens', 'as-documented'],
    ['zones', 'as-documented'],
    ['notifications', 'as-documented'],
    ['availableAlerts', 'as-documented'],
    ['eligibleDestinations', 'as-documented'],
    ['webhooks', 'as-documented'],
    ['pagerDutyServices', 'as-documented'],
    ['organization', 'no-permission'],
  ])
})

it('a field of another kind is a difference, named by its place', async () => {
  double.world.organization['name'] = 7
  expect((await check())['organization']).toMatchObject({
    outcome: 'differs',
    error: { detail: 'organization.name: Invalid input: expected string, received number' },
  })
})

it('compares what notifications may go to, but not the lists of kinds that the account cannot use', async () => {
  double.world.webhooks.push({
    id: 'a'.repeat(32),
    fields: { name: 'Chat', url: 'https://chat.example.com', retries: 3 },
  })
  double.world.behaviour.destinations.webhooks = { eligible: true, ready: true }
  double.world.behaviour.destinations.pagerduty = { eligible: false, ready: false }
  const findings = await check()
  expect(findings['webhooks']).toMatchObject({ outcome: 'differs', objects: 1, undocumented: ['retries (number)'] })
  expect(findings['pagerDutyServices']).toMatchObject({ outcome: 'as-documented', objects: 0, error: null })
  expect(findings['eligibleDestinations']).toMatchObject({ outcome: 'as-documented', absent: [] })
  expect(findings['availableAlerts']).toMatchObject({ outcome: 'as-documented', absent: [] })
  expect(double.journal.filter(({ path }) => path.endsWith('/destinations/pagerduty'))).toEqual([])
})
