import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { apply, begin } from '#electron/cloudflare/apply/apply'
import type { JournalEntry } from '#electron/cloudflare/apply/journal'
import { driftBetween, lookAt } from '#electron/cloudflare/look'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { createTransport } from '#electron/cloudflare/transport'
import { askServer } from '#electron/platform/ask-server'
import type { AccessWish } from '#shared/model/access-wish'
import { type Administrator, administrator } from '../../../../support/cloudflare/administrator'
import { type CloudflareDouble, startCloudflareDouble } from '../../../../support/cloudflare/double'
import { applyingTo, newCaPem, openAccount, protectedSite } from '../../../../support/cloudflare/protected-site'

/*
 * What went wrong for others on the way to the API. Numbers without a name are those of issues of Cloudflare's Terraform provider.
 * `reports.test.ts` lists all of them.
 */

const now = new Date()
const LAG = 3000
let pem = ''
let double: CloudflareDouble
let admin: Administrator
beforeAll(async () => {
  pem = await newCaPem(now)
})
beforeEach(async () => {
  double = await startCloudflareDouble()
  admin = administrator(double)
})
afterEach(() => double.stop())

const read = () => openAccount(double, now).read()

/** What became of the wish, with the journal. */
async function make(wish: AccessWish) {
  const before = await read()
  const journal: JournalEntry[] = [begin(before, changesFor(before, wish, now).changes ?? [])]
  const { ports } = applyingTo(double, now, journal, async (attempt) => {
    double.later(LAG)
    return attempt < 6
  })
  return { applied: await apply(journal, ports), journal }
}

describe('on the wire', () => {
  test('a count of applications that moves by itself is neither a change of somebody else’s nor drift (5608)', async () => {
    const id = await admin.policy({ name: 'Holders' })
    const before = lookAt(await read())
    // The count rises between every two looks at the account.
    double.world.behaviour.lag = LAG
    await admin.application('wiki.example.com', [{ id, precedence: 1 }])
    const wish = protectedSite(pem, {
      policies: [{ name: 'Holders', decision: 'allow', include: [{ certificate: {} }] }],
    })
    expect((await make(wish)).applied).toEqual({ done: true })
    double.later(10 * LAG)
    const [policy] = driftBetween(before, lookAt(await read())).filter(({ what }) => what === 'policy')
    expect(policy?.fields).toEqual(['decision'])
  })

  test('a CA is deleted once its hostnames are gone for good, which takes a while (987, 5941)', async () => {
    await admin.certificate('Old', pem, ['admin.example.com'])
    double.world.behaviour.lag = 2 * LAG
    const wish = protectedSite(pem, {
      cas: [],
      hostnames: [{ hostname: 'admin.example.com', cas: [] }],
      policies: [],
      applications: [],
      retire: ['Old'],
    })
    expect((await make(wish)).applied).toEqual({ done: true })
    expect(double.world.certificates).toEqual([])
  })

  test('an object that is in use is not destroyed to be made again: its deletion is refused, and said (soleur 7065)', async () => {
    await admin.certificate('Old', pem)
    const wish = protectedSite(pem, { cas: [], hostnames: [], policies: [], applications: [], retire: ['Old'] })
    double.upset('DELETE', `/${double.world.certificates[0]?.id ?? ''}`, {
      kind: 'status',
      status: 400,
      body: {
        success: false,
        errors: [{ code: 12139, message: 'access.api.error.object_used: it belongs to something' }],
        messages: [],
        result: null,
      },
    })
    expect((await make(wish)).applied).toMatchObject({ done: false, why: 'refused' })
    expect(double.world.certificates).toHaveLength(1)
    expect(double.journal.filter(({ method }) => method === 'POST')).toEqual([])
  })

  test('nothing but JSON is sent: no form with files, and no script (cloudflare-typescript 2799, 158)', async () => {
    const transport = createTransport({ askServer, token: double.addToken() })
    const url = `${double.base}/accounts/x/workers/scripts/y`
    for (const body of [new FormData(), new Uint8Array([1]), new Blob(['export default {}'])])
      await expect(transport(url, { method: 'PUT', body })).rejects.toThrow('Only JSON is sent.')
    expect(double.journal).toEqual([])
  })
})
