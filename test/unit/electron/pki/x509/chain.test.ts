import { AsnConvert } from '@peculiar/asn1-schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { basicConstraints, keyUsage } from '#electron/pki/authority/extensions'
import { createRoot } from '#electron/pki/authority/root'
import { checkIssued } from '#electron/pki/checks'
import type { KeyPair } from '#electron/pki/keys'
import { orderChain } from '#electron/pki/x509/chain'
import { viewCertificate } from '#electron/pki/x509/view'
import { derOf, makeSmallPki, named, type SmallPki } from '../../../../support/certificates'
import { daysFrom, forgeCertificate, nameOf, noon } from '../../../../support/forge'
import { type Walkthrough, walkThrough } from '../../../../support/openssl'
import { keys } from '../../../../support/small-pkis'

const now = new Date('2027-03-01T12:00:00Z')
let blank: Walkthrough
let pki: SmallPki
beforeAll(async () => {
  blank = await walkThrough({ blankNames: true })
  pki = await makeSmallPki(now)
})
afterAll(() => blank.remove())

describe('issuers are put in order', () => {
  it('nearest first, whatever the order of the heap', async () => {
    const { root, intermediate, client } = pki
    const expected = [intermediate.certificate, root.certificate]
    for (const pool of [expected, [...expected].reverse(), [client.certificate, ...expected, client.certificate]]) {
      expect(orderChain(client.certificate, pool, now)).toEqual({ chain: expected, complete: true, outdated: [] })
    }
  })

  it('by signature when root and intermediate have the same name, in both orders', async () => {
    const [leaf, intermediate, root] = [derOf(blank.clientPem), derOf(blank.intermediatePem), derOf(blank.rootPem)]
    expect(viewCertificate(intermediate).subject).toBe(viewCertificate(root).subject)
    for (const pool of [
      [intermediate, root],
      [root, intermediate],
    ]) {
      expect(orderChain(leaf, pool, now)).toEqual({ chain: [intermediate, root], complete: true, outdated: [] })
    }
  })

  it('as far as they are there', async () => {
    const { root, intermediate, client } = pki
    expect(orderChain(client.certificate, [], now)).toEqual({ chain: [], complete: false, outdated: [] })
    expect(orderChain(client.certificate, [root.certificate], now)).toEqual({
      chain: [],
      complete: false,
      outdated: [],
    })
    const some = [intermediate.certificate]
    expect(orderChain(client.certificate, some, now)).toEqual({ chain: some, complete: false, outdated: [] })
  })

  it('without impostors of the same name', async () => {
    const { intermediate, client, root } = pki
    const subject = named('Small Intermediate')
    const impostor = await createRoot({ subject, algorithm: 'p-256', days: 10, now })
    const pool = [impostor.certificate, root.certificate, intermediate.certificate]
    expect(orderChain(client.certificate, pool, now).chain).toEqual([intermediate.certificate, root.certificate])
    expect(orderChain(client.certificate, [impostor.certificate], now)).toEqual({
      chain: [],
      complete: false,
      outdated: [],
    })
  })

  it('a self-signed certificate needs none', async () => {
    const { root, intermediate } = pki
    expect(orderChain(root.certificate, [intermediate.certificate], now)).toEqual({
      chain: [],
      complete: true,
      outdated: [],
    })
  })

  it('out of a heap of many', async () => {
    const { root, intermediate, client } = pki
    const others = Array.from({ length: 300 }, () => derOf(blank.rootPem))
    const { chain } = orderChain(client.certificate, [...others, root.certificate, intermediate.certificate], now)
    expect(chain).toEqual([intermediate.certificate, root.certificate])
  })
})

describe('of several certificates of one issuer', () => {
  const [rootKey, issuerKey, leafKey, otherKey] = keys()
  const ca = new Uint8Array(AsnConvert.serialize(basicConstraints(true)))

  async function forge(subject: string, issuer: string, own?: KeyPair, by?: KeyPair, dates = {}): Promise<Uint8Array> {
    if (own === undefined || by === undefined) throw new Error('no key')
    const names = { subject: nameOf(subject), issuer: nameOf(issuer) }
    return forgeCertificate({
      ...names,
      spki: own.spki,
      signedBy: by,
      extensions: subject === 'Leaf' ? [] : [ca],
      ...dates,
    })
  }
  const issued = (dates: object, root = 'Root', by = rootKey) => forge('Issuer', root, issuerKey, by, dates)
  const [old, future] = [{ notBefore: daysFrom(-90), notAfter: daysFrom(-5) }, { notBefore: daysFrom(1) }]
  const chainOf = async (...pool: Uint8Array[]) =>
    orderChain(await forge('Leaf', 'Issuer', leafKey, issuerKey), pool, noon)

  it('the one that is valid now is taken, whatever comes first', async () => {
    const [root, expired, renewed] = [
      await forge('Root', 'Root', rootKey, rootKey),
      await issued(old),
      await issued({}),
    ]
    const later = await issued(future)
    for (const pool of [
      [expired, renewed, root],
      [renewed, expired, root],
      [later, expired, renewed, root],
    ])
      expect(await chainOf(...pool)).toEqual({ chain: [renewed, root], complete: true, outdated: [] })
  })

  it('the newest of those that are', async () => {
    const root = await forge('Root', 'Root', rootKey, rootKey)
    const [first, second] = [await issued({ notBefore: daysFrom(-9) }), await issued({ notBefore: daysFrom(-3) })]
    for (const pool of [
      [first, second, root],
      [second, first, root],
    ])
      expect((await chainOf(...pool)).chain).toEqual([second, root])
  })

  it('an expired one only where there is no other, and that is said', async () => {
    const [root, expired] = [await forge('Root', 'Root', rootKey, rootKey), await issued(old)]
    const { chain, outdated } = await chainOf(expired, root)
    expect(chain).toEqual([expired, root])
    expect(outdated).toMatchObject([{ rule: 'expired', about: 'Issuer' }])
  })

  it('one that is valid, although its root is missing, rather than an expired one with its root', async () => {
    const [root, expired] = [await forge('Root', 'Root', rootKey, rootKey), await issued(old)]
    const renewed = await issued({}, 'New Root', otherKey)
    expect(await chainOf(expired, root, renewed)).toEqual({ chain: [renewed], complete: false, outdated: [] })
  })

  it('one that may issue', async () => {
    const [root, good] = [await forge('Root', 'Root', rootKey, rootKey), await issued({ notBefore: daysFrom(-9) })]
    const noSigner = new Uint8Array(AsnConvert.serialize(keyUsage('digitalSignature')))
    const newer = await issued({ notBefore: daysFrom(-1), extensions: [ca, noSigner] })
    expect((await chainOf(newer, good, root)).chain).toEqual([good, root])
  })

  it('the check of an imported certificate says when an issuer is outside its dates', async () => {
    const [root, expired, renewed] = [
      await forge('Root', 'Root', rootKey, rootKey),
      await issued(old),
      await issued({}),
    ]
    const certificate = await forge('Leaf', 'Issuer', leafKey, issuerKey)
    const unknown = { keySpki: null, requested: null, keyCameAlong: false, namedIssuers: [] }
    const rest = { certificate, complete: true, ...unknown, now: noon }
    const warned = (chain: Uint8Array[]) =>
      checkIssued({ ...rest, chain }).filter(({ code }) => code === 'issuers-valid')
    expect(warned([renewed, root])).toEqual([])
    expect(warned([expired, root])).toMatchObject([
      { outcome: 'warning', evidence: expect.stringContaining('“Issuer”') },
    ])
  })
})
