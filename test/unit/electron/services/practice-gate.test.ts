import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPracticeApi } from '#electron/cloudflare/practice/api'
import { createPracticeStore, type PracticeStore } from '#electron/cloudflare/practice/store'
import { verifyClient } from '#electron/lab/verify'
import { certificatePem } from '#electron/pki/x509/pem'
import { systemClock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import { createPracticeGate, readPracticeAccount } from '#electron/services/cloudflare/practice-gate'
import type { JsonObject } from '#shared/model/access-rule'
import { makeSmallPki, type SmallPki } from '../../../support/certificates'
import { newCaPem } from '../../../support/cloudflare/protected-site'
import { temporaryFolder } from '../../../support/home'
import { unlocked } from '../../../support/locks'

const hostname = 'practice.latchkey.localhost'
const now = new Date()
let pki: SmallPki
beforeAll(async () => {
  pki = await makeSmallPki(now)
})
let store: PracticeStore
beforeEach(() => {
  store = createPracticeStore(temporaryFolder(), unlocked)
})

const parts = () => ({ store, clock: systemClock, random: systemRandom })
const post = (path: string, body: JsonObject) =>
  createPracticeApi(parts()).send({ method: 'POST', path: `/accounts/practice/access/${path}`, body })

async function upload(hostnames: string[]): Promise<void> {
  const certificate = certificatePem(pki.intermediate.certificate) + certificatePem(pki.root.certificate)
  await post('certificates', { name: 'Clients', certificate, associated_hostnames: hostnames })
}

async function protect(decision: string, rule: JsonObject, path = ''): Promise<void> {
  const id = (await post('policies', { name: decision + path, decision, include: [rule] })) ?? ''
  await post('apps', { type: 'self_hosted', domain: hostname + path, name: `Site${path}`, policies: [{ id }] })
}

/** What becomes of a visit without a certificate, and with one of the CA. */
async function decisions(path = '/'): Promise<(string | undefined)[]> {
  const gate = await createPracticeGate(parts())()
  const chain = gate?.cas ?? []
  return [null, pki.client.certificate].map((leaf) => gate?.decide(path, verifyClient({ leaf, chain, crl: null, now })))
}

const everyone = { everyone: {} }
const valid = { certificate: {} }

describe('the practice account', () => {
  it('says nothing of the site until it has a CA or an application for it', async () => {
    expect(await readPracticeAccount(parts())).toBeNull()
    await upload(['other.latchkey.localhost'])
    expect(await decisions()).toEqual([undefined, undefined])
    await upload([hostname])
    expect(await readPracticeAccount(parts())).toMatchObject({ cas: [{}, { hostnames: [hostname] }] })
    // Associated, but in front of nothing: as at Cloudflare, the site is open.
    expect(await decisions()).toEqual(['open', 'open'])
    await store.clear()
    expect(await decisions()).toEqual([undefined, undefined])
  })

  it.each<[string, JsonObject, string[]]>([
    ['non_identity', valid, ['refuse', 'let-in']],
    ['non_identity', { common_name: { common_name: 'Somebody Else' } }, ['refuse', 'refuse']],
    ['allow', everyone, ['login', 'login']],
    ['bypass', everyone, ['open', 'open']],
    ['deny', everyone, ['refuse', 'refuse']],
    // What only a real network knows keeps people out.
    ['non_identity', { ip: { ip: '192.0.2.0/24' } }, ['refuse', 'refuse']],
  ])('decides by %s with %j', async (decision, rule, expected) => {
    await upload([hostname])
    await protect(decision, rule)
    expect(await decisions()).toEqual(expected)
  })

  it('has the more specific application win, also for one path alone', async () => {
    await upload([hostname])
    await protect('non_identity', valid)
    await protect('bypass', everyone, '/open')
    expect([await decisions('/'), await decisions('/open/x')]).toEqual([
      ['refuse', 'let-in'],
      ['open', 'open'],
    ])
  })

  it('accepts no certificate of another CA', async () => {
    await post('certificates', { name: 'Other', certificate: await newCaPem(now), associated_hostnames: [hostname] })
    await protect('non_identity', valid)
    expect(await decisions()).toEqual(['refuse', 'refuse'])
  })
})
