import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRoot } from '#electron/pki/authority/root'
import { orderChain } from '#electron/pki/x509/chain'
import { viewCertificate } from '#electron/pki/x509/view'
import { derOf, makeSmallPki, named, type SmallPki } from '../../../../support/certificates'
import { type Walkthrough, walkThrough } from '../../../../support/openssl'

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
      expect(await orderChain(client.certificate, pool)).toEqual({ chain: expected, complete: true })
    }
  })

  it('by signature when root and intermediate have the same name, in both orders', async () => {
    const [leaf, intermediate, root] = [derOf(blank.clientPem), derOf(blank.intermediatePem), derOf(blank.rootPem)]
    expect(viewCertificate(intermediate).subject).toBe(viewCertificate(root).subject)
    for (const pool of [
      [intermediate, root],
      [root, intermediate],
    ]) {
      expect(await orderChain(leaf, pool)).toEqual({ chain: [intermediate, root], complete: true })
    }
  })

  it('as far as they are there', async () => {
    const { root, intermediate, client } = pki
    expect(await orderChain(client.certificate, [])).toEqual({ chain: [], complete: false })
    expect(await orderChain(client.certificate, [root.certificate])).toEqual({ chain: [], complete: false })
    const some = [intermediate.certificate]
    expect(await orderChain(client.certificate, some)).toEqual({ chain: some, complete: false })
  })

  it('without impostors of the same name', async () => {
    const { intermediate, client, root } = pki
    const subject = named('Small Intermediate')
    const impostor = await createRoot({ subject, algorithm: 'p-256', days: 10, now })
    const pool = [impostor.certificate, root.certificate, intermediate.certificate]
    expect((await orderChain(client.certificate, pool)).chain).toEqual([intermediate.certificate, root.certificate])
    expect(await orderChain(client.certificate, [impostor.certificate])).toEqual({ chain: [], complete: false })
  })

  it('a self-signed certificate needs none', async () => {
    const { root, intermediate } = pki
    expect(await orderChain(root.certificate, [intermediate.certificate])).toEqual({ chain: [], complete: true })
  })

  it('out of a heap of many', async () => {
    const { root, intermediate, client } = pki
    const others = Array.from({ length: 300 }, () => derOf(blank.rootPem))
    const { chain } = await orderChain(client.certificate, [...others, root.certificate, intermediate.certificate])
    expect(chain).toEqual([intermediate.certificate, root.certificate])
  })
})
