import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connect } from '#electron/cloudflare/connect'
import { readToken } from '#electron/cloudflare/token'
import { accountId, clientOf } from '../../../support/cloudflare/client'
import { type CloudflareDouble, startCloudflareDouble } from '../../../support/cloudflare/double'
import type { StoredToken } from '../../../support/cloudflare/world'

let double: CloudflareDouble
beforeEach(async () => {
  double = await startCloudflareDouble()
})
afterEach(() => double.stop())

const other = 'b'.repeat(32)
const acme = { id: accountId, name: 'Acme' }
const addSecondAccount = () => void double.world.accounts.push({ id: other, name: 'Other' })

function connectWith(token: Partial<StoredToken>, wanted: string | null = null) {
  const added = double.addToken(token)
  return connect(clientOf(double, { token: added }).api, readToken(added).kind, wanted)
}

describe('a token', () => {
  it('of a user is verified at the user’s endpoint, in two calls', async () => {
    expect(await connectWith({ expiresOn: '2027-01-01T00:00:00Z' })).toEqual({
      kind: 'user',
      expiresOn: '2027-01-01T00:00:00Z',
      account: acme,
    })
    expect(double.journal.map(({ path }) => path)).toEqual(['/user/tokens/verify', '/accounts'])
  })

  it('of an account is verified at its own (craft-cloudflare 78, counterscale 268)', async () => {
    expect(await connectWith({ kind: 'account' })).toEqual({ kind: 'account', expiresOn: null, account: acme })
    expect(double.journal.map(({ path }) => path)).toEqual(['/accounts', `/accounts/${accountId}/tokens/verify`])
  })

  it.each(['user', 'account'] as const)('without a prefix is recognised as one of a %s', async (kind) => {
    expect(await connectWith({ kind, token: 'w'.repeat(40) })).toMatchObject({ kind, account: acme })
  })

  it.each(['disabled', 'expired'] as const)('that is %s is refused', async (status) => {
    await expect(connectWith({ status })).rejects.toMatchObject({
      code: 'cloudflare-token-refused',
      detail: `The token is ${status}.`,
    })
  })

  it('that Cloudflare does not know is refused', async () => {
    const { api } = clientOf(double, { token: `cfut_${'x'.repeat(40)}` })
    await expect(connect(api, 'user', null)).rejects.toMatchObject({ code: 'cloudflare-token-refused' })
  })
})

describe('the account', () => {
  it('has to be said where there are several', async () => {
    addSecondAccount()
    const accounts = [accountId, other]
    await expect(connectWith({ accounts })).rejects.toMatchObject({
      code: 'cloudflare-account-unclear',
      detail: `The token sees “Acme” (${accountId}), “Other” (${other}).`,
    })
    expect((await connectWith({ accounts }, other)).account).toEqual({ id: other, name: 'Other' })
    expect((await connectWith({ accounts }, 'Acme')).account).toEqual(acme)
  })

  it('has to be one that the token sees', async () => {
    await expect(connectWith({}, other)).rejects.toMatchObject({ code: 'cloudflare-account-unclear' })
  })

  it('is known by its id alone where the API does not list accounts', async () => {
    double.world.behaviour.accountsForAccountTokens = 'refused'
    expect((await connectWith({ kind: 'account' }, accountId)).account).toEqual({ id: accountId, name: accountId })
    for (const wanted of [null, 'Acme'])
      await expect(connectWith({ kind: 'account' }, wanted)).rejects.toMatchObject({
        code: 'cloudflare-account-unclear',
        detail: expect.stringContaining('Specify the account ID'),
      })
  })
})
