import { expect, it } from 'vitest'
import { TrustReason } from '#shared/model/attempt'
import { keyOffer } from '../../../renderer/src/screens/connections/report/key-offer'
import { failed } from '../../support/attempts'
import { judged } from '../../support/judged'

const offerFor = (trustReason: TrustReason | null, pinned: string | null = null) => {
  const trust = trustReason === 'wrong-name' ? 'name-mismatch' : 'untrusted'
  const without = failed('server-untrusted', { trust, trustReason })
  return keyOffer({ verdict: judged({ without, with: null }).verdict, without }, pinned)
}

it('offers to agree to a key as something usual only where nobody vouches for the server and nothing else is wrong', () => {
  const usual = [null, ...TrustReason.options].filter((reason) => offerFor(reason)?.fault === null)
  expect(usual).toEqual([null, 'self-signed', 'incomplete', 'private-root'])
  expect(offerFor('expired')?.fault).toBe('The server’s certificate has expired')
})

it('offers nothing for a key that was agreed to', () => {
  const key = offerFor('expired')?.server.keySha256 ?? null
  expect(key).not.toBeNull()
  expect(offerFor('expired', key)).toBeNull()
})

it('offers nothing where the server is trusted, or where a trusted one became another', () => {
  const met = failed('server-untrusted', { trust: 'untrusted', trustReason: 'private-root' })
  const trusted = failed('connection-reset', { trust: 'trusted' })
  const { verdict } = judged({ without: trusted, with: met })
  expect(verdict.kind).toBe('server-untrusted')
  expect(keyOffer({ verdict, without: trusted }, null)).toBeNull()
  expect(keyOffer({ verdict: judged({}).verdict, without: trusted }, null)).toBeNull()
})
