import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AccessCall } from '#electron/cloudflare/api'
import { certificatePem } from '#electron/pki/x509/pem'
import { makeSmallPki, type SmallPki } from '../../../support/certificates'
import { type Administrator, administrator } from '../../../support/cloudflare/administrator'
import { accountId, clientOf, ofAccount } from '../../../support/cloudflare/client'
import { type CloudflareDouble, type Fault, startCloudflareDouble } from '../../../support/cloudflare/double'
import { readPermissions, writePermissions } from '../../../support/cloudflare/permissions'
import { account } from '../../../support/cloudflare/world'
import { nothingListens } from '../../../support/ports'

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

const access = `/accounts/${account}/access`
const group: AccessCall = { method: 'POST', path: `${access}/groups`, body: { name: 'G', include: [{ everyone: {} }] } }

function writer() {
  const permissions = new Set([...readPermissions, ...writePermissions])
  return clientOf(double, { token: double.addToken({ permissions }) })
}
const send = (call: AccessCall) => writer().api.send(call)
const refused = (kind: string, detail: string) => ({
  code: `cloudflare-${kind}`,
  detail: expect.stringContaining(detail),
})

describe('a write', () => {
  it('gives the id of what it made', async () => {
    const id = await send(group)
    expect(double.world.groups.map((one) => one.id)).toEqual([id])
    expect(double.journal.at(-1)?.headers['content-type']).toBe('application/json')
  })

  it.each<[string, Fault]>([
    ['is cut after it was carried out', { kind: 'cut-after' }],
    ['is cut before', { kind: 'cut-before' }],
    ['meets a fault of the API', { kind: 'status', status: 502 }],
    ['gets a login page', { kind: 'html' }],
    ['gets half an answer', { kind: 'truncated' }],
    ['gets a failure with status 200', { kind: 'not-success' }],
  ])('that %s is uncertain, and is not repeated', async (_what, fault) => {
    double.upset('POST', '/access/groups', fault)
    const { api, pauses } = writer()
    await expect(api.send(group)).rejects.toMatchObject({ code: 'cloudflare-uncertain' })
    expect(double.journal).toHaveLength(1)
    expect(pauses).toEqual([])
  })

  it('that reaches nobody has changed nothing', async () => {
    const { api } = clientOf({ ...double, base: `http://127.0.0.1:${nothingListens}/client/v4` })
    await expect(api.send(group)).rejects.toMatchObject({ code: 'cloudflare-unreachable' })
  })

  it('is refused without the permission, of which reading says nothing', async () => {
    const { api } = clientOf(double)
    expect(await api.groups(ofAccount)).toEqual([])
    await expect(api.send(group)).rejects.toMatchObject({ code: 'cloudflare-permission-missing' })
  })

  it('is refused when there are too many, and is not repeated', async () => {
    double.upset('POST', '/access/groups', {
      kind: 'status',
      status: 429,
      body: { errors: [{ code: 971, message: 'Please wait' }] },
    })
    await expect(send(group)).rejects.toMatchObject({ code: 'cloudflare-rate-limited' })
    expect(double.journal).toHaveLength(1)
  })
})

describe('the double, as strict as the documentation', () => {
  const pemOf = (...ders: Uint8Array[]) => ders.map(certificatePem).join('')
  const chain = () => pemOf(pki.intermediate.certificate, pki.root.certificate)
  const certificates = `${access}/certificates`
  const upload = (pem: string, hostnames: string[] = []): AccessCall => ({
    method: 'POST',
    path: certificates,
    body: { name: 'CA', certificate: pem, associated_hostnames: hostnames },
  })
  const hostnames = (id: string | null, names: string[]): AccessCall => ({
    method: 'PUT',
    path: `${certificates}/${id}`,
    body: { associated_hostnames: names },
  })
  const remove = (path: string): AccessCall => ({ method: 'DELETE', path, body: null })

  it('never gives a PEM back', async () => {
    await send(upload(chain()))
    const [ca] = await writer().api.certificates(ofAccount)
    expect(JSON.stringify(ca)).not.toContain('BEGIN')
  })

  it.each<[string, () => string, string]>([
    ['a leaf', () => pemOf(pki.client.certificate), 'not a CA'],
    ['a key', () => '-----BEGIN PRIVATE KEY-----', 'private key'],
    ['nothing', () => 'nothing', 'no certificate'],
  ])('refuses %s', async (_what, pem, why) => {
    await expect(send(upload(pem()))).rejects.toMatchObject(refused('refused', why))
  })

  it('has a quota, also of none at all', async () => {
    double.world.behaviour.quota = 0
    await expect(send(upload(chain()))).rejects.toMatchObject(refused('limit-reached', 'maximum number'))
  })

  it('keeps to the hostnames of its zones (Terraform 4520)', async () => {
    await expect(send(upload(chain(), ['a.elsewhere.example']))).rejects.toMatchObject(refused('refused', '12036'))
  })

  it('deletes a CA only once its hostnames are gone for good (Terraform 987, 5941, 5977)', async () => {
    const id = await send(upload(chain(), ['a.example.com']))
    double.world.behaviour.lag = 5000
    await expect(send(remove(`${certificates}/${id}`))).rejects.toMatchObject(
      refused('conflict', 'active associations'),
    )
    await send(hostnames(id, []))
    await expect(send(hostnames(id, ['b.example.com']))).rejects.toMatchObject(
      refused('conflict', 'still being updated'),
    )
    await expect(send(remove(`${certificates}/${id}`))).rejects.toMatchObject(
      refused('conflict', 'active associations'),
    )
    expect(await writer().api.certificates(ofAccount)).toMatchObject([{ associated_hostnames: ['a.example.com'] }])
    double.later(5000)
    await send(remove(`${certificates}/${id}`))
    expect(await writer().api.certificates(ofAccount)).toEqual([])
  })

  it('can refuse a second CA for a hostname', async () => {
    await send(upload(chain(), ['a.example.com']))
    await send(upload(chain(), ['a.example.com']))
    double.world.behaviour.severalCas = 'refused'
    await expect(send(upload(chain(), ['a.example.com']))).rejects.toMatchObject(
      refused('conflict', 'another certificate'),
    )
  })

  it.each([
    ['replace', ['b.example.com']],
    ['merge', ['a.example.com', 'b.example.com']],
  ] as const)('knows both meanings of settings: %s (Terraform 7132, 6559, 6152)', async (meaning, left) => {
    double.world.behaviour.settings = meaning
    const set = (hostname: string): AccessCall => ({
      method: 'PUT',
      path: `${certificates}/settings`,
      body: { settings: [{ hostname, china_network: false, client_certificate_forwarding: true }] },
    })
    await send(set('a.example.com'))
    expect((await writer().api.settings(ofAccount)).map(({ hostname }) => hostname)).toEqual(['a.example.com'])
    double.world.behaviour.lag = 1
    await send(set('b.example.com'))
    await expect(send(set('c.example.com'))).rejects.toMatchObject(refused('conflict', 'still being updated'))
    double.later(1)
    expect((await writer().api.settings(ofAccount)).map(({ hostname }) => hostname)).toEqual(left)
  })

  const app = (domain: string, more: NonNullable<AccessCall['body']> = {}): AccessCall => ({
    method: 'POST',
    path: `${access}/apps`,
    body: { type: 'self_hosted', domain, ...more },
  })

  it('wants precedences that differ, and none of zero (Terraform 5010, 5756)', async () => {
    const [one, two] = [await admin.policy({ name: 'One' }), await admin.policy({ name: 'Two' })]
    const linked = (first: number, second: number) =>
      app('a.example.com', {
        policies: [
          { id: one, precedence: first },
          { id: two, precedence: second },
        ],
      })
    await expect(send(linked(1, 1))).rejects.toMatchObject(refused('refused', 'precedences must be unique'))
    await expect(send(linked(0, 1))).rejects.toMatchObject(refused('refused', '11018'))
    await send(linked(2, 1))
  })

  it('refuses unknown fields, unknown rules, unknown groups and unknown policies (Terraform 5499)', async () => {
    const policy = (include: NonNullable<AccessCall['body']>[]): AccessCall => ({
      method: 'POST',
      path: `${access}/policies`,
      body: { name: 'P', decision: 'allow', include },
    })
    for (const [call, why] of [
      [app('a.example.com', { aud: 'mine' }), 'Unrecognized key'],
      [app('a.example.com', { policies: [{ id: 'gone' }] }), 'unrecognized policy decision'],
      [policy([{ planet: {} }]), 'unknown rule'],
      [policy([{ group: { id: 'gone' } }]), 'does not exist'],
    ] satisfies [AccessCall, string][])
      await expect(send(call)).rejects.toMatchObject(refused('refused', why))
  })

  it('gives a destination to one application only', async () => {
    await send(app('a.example.com'))
    await expect(send(app('a.example.com'))).rejects.toMatchObject(refused('conflict', 'another application'))
  })

  it('counts applications of a policy with delay, and keeps what is in use (Terraform 5608, 7284, 3469)', async () => {
    const policy = await admin.policy({
      name: 'P',
      include: [{ group: { id: await admin.group({ name: 'G', include: [{ everyone: {} }] }) } }],
    })
    double.world.behaviour.lag = 1
    const id = await send(app('a.example.com', { policies: [{ id: policy, precedence: 1 }] }))
    const count = async () => (await writer().api.policies(accountId))[0]?.app_count
    expect(await count()).toBe(0)
    await expect(send(remove(`${access}/policies/${policy}`))).rejects.toMatchObject(refused('conflict', 'in use'))
    double.later(1)
    expect(await count()).toBe(1)
    const groupId = double.world.groups[0]?.id
    await expect(send(remove(`${access}/groups/${groupId}`))).rejects.toMatchObject(refused('conflict', 'in use'))
    await send({
      method: 'PUT',
      path: `${access}/apps/${id}`,
      body: { type: 'self_hosted', domain: 'a.example.com', policies: [] },
    })
    double.later(1)
    await send(remove(`${access}/policies/${policy}`))
    expect(double.journal.at(-1)?.status).toBe(202)
  })

  it('does not find a policy of one application among the reusable ones (Terraform 5586)', async () => {
    await send(app('a.example.com', { policies: [{ name: 'Own', decision: 'bypass', include: [{ everyone: {} }] }] }))
    const own = double.world.policies[0]?.id
    await expect(send(remove(`${access}/policies/${own}`))).rejects.toMatchObject(refused('not-found', 'policy'))
  })

  it('fills in defaults, mirrors the domain, and lists in another order (Terraform 5495, 5565)', async () => {
    await send(app('a.example.com'))
    await send(app('b.example.com'))
    expect(await writer().api.applications(ofAccount)).toMatchObject([
      { domain: 'b.example.com' },
      {
        domain: 'a.example.com',
        destinations: [{ type: 'public', uri: 'a.example.com' }],
        self_hosted_domains: ['a.example.com'],
        fetched: { session_duration: '24h', tags: [] },
      },
    ])
  })

  it('lets somebody else in between two calls', async () => {
    double.upset('POST', '/access/groups', () => {
      double.world.groups.push({ id: 'other', fields: { name: 'G' } })
    })
    await expect(send(group)).rejects.toMatchObject(refused('refused', 'name is taken'))
  })
})
