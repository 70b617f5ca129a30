import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodePem, encodePem } from '#electron/pki/containers/pem'
import { generateKey } from '#electron/pki/keys'
import { createRequest } from '#electron/pki/request'
import { verifyGiven } from '#electron/pki/x509/verdict'
import { RequestDraft } from '#shared/model/identity'
import { derOf, makeSmallPki, named } from '../../../../support/certificates'
import { type Walkthrough, walkThrough } from '../../../../support/openssl'
import { type CertificateSigner, cfsslSigner } from '../../../../support/signers'

let plain: Walkthrough
let blank: Walkthrough
let cfssl: CertificateSigner
beforeAll(async () => {
  plain = await walkThrough()
  blank = await walkThrough({ blankNames: true })
  cfssl = await cfsslSigner()
})
afterAll(() => Promise.all([plain.remove(), blank.remove(), cfssl.remove()]))

const all = (pem: string) => decodePem(pem).map(({ der }) => der)
const judge = (certificate: Uint8Array, chain: Uint8Array[]) =>
  verifyGiven({ certificate, chain, roots: null, crls: [], at: new Date(), revocation: 'given' })

describe('what the walkthroughs and this app make is valid', () => {
  it('openssl’s, with names and without, in both orders', () => {
    for (const walk of [plain, blank]) {
      const chain = all(walk.chainPem)
      for (const order of [chain, [...chain].reverse()]) {
        const { reasons, path, notes } = judge(derOf(walk.clientPem), order)
        expect(reasons).toEqual([])
        expect(path.map(({ sha256 }) => sha256)).toEqual(
          judge(derOf(walk.clientPem), chain).path.map((one) => one.sha256),
        )
        expect(notes.map(({ evidence }) => evidence)).toContain(
          'X.509 v1: it cannot restrict uses, so any use is allowed.',
        )
      }
    }
  })

  it('cfssl’s', async () => {
    const key = await generateKey('p-256')
    const request = await createRequest(RequestDraft.parse({ subject: named('Ada') }), key.pkcs8)
    const pem = await cfssl.sign(encodePem('CERTIFICATE REQUEST', request))
    expect(judge(derOf(pem), all(cfssl.chainPem)).reasons).toEqual([])
  })

  it('our own', async () => {
    const { client, intermediate, root } = await makeSmallPki(new Date())
    const { reasons, notes } = judge(client.certificate, [root.certificate, intermediate.certificate])
    expect(reasons).toEqual([])
    expect(notes.map(({ rule }) => rule)).toEqual(['revocation-unknown', 'revocation-unknown'])
  })
})

describe('what is missing or foreign is said', () => {
  it('an intermediate that was left out', () => {
    const { reasons } = judge(derOf(plain.clientPem), all(plain.rootPem))
    expect(reasons).toMatchObject([{ rule: 'no-issuer', about: 'John Doe' }])
    expect(reasons[0]?.evidence).toContain('Walkthrough Intermediate')
  })

  it('the issuer of somebody else, who has the same name', () => {
    const { valid, reasons } = judge(derOf(plain.clientPem), all(blank.chainPem))
    expect(valid).toBe(false)
    expect(reasons.map(({ rule }) => rule)).toEqual(['no-issuer'])
  })
})
