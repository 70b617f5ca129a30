import { beforeAll, expect, it } from 'vitest'
import { visitorWith } from '#electron/cloudflare/visitor'
import { issueServer } from '#electron/pki/authority/server'
import { certificateMd5, readCertificate } from '#electron/pki/x509/read'
import { makeSmallPki, type SmallPki } from '../../../support/certificates'

const now = new Date()
let pki: SmallPki
beforeAll(async () => {
  pki = await makeSmallPki(now)
})

it('reads a certificate with the issuers beside it, in any order, or known here', () => {
  const { root, intermediate, client } = pki
  const expected = {
    serviceToken: null,
    certificate: {
      commonName: 'John Doe',
      issuerName: 'Small Intermediate',
      issuers: [certificateMd5(intermediate.certificate), certificateMd5(root.certificate)],
      reachesRoot: true,
      isForClients: true,
    },
  }
  const inFile = [root.certificate, client.certificate, intermediate.certificate]
  expect(visitorWith(inFile, [], now)).toMatchObject(expected)
  expect(visitorWith([client.certificate], [root.certificate, intermediate.certificate], now)).toMatchObject(expected)
})

it('says whether clients may use it', async () => {
  const { intermediate, client } = pki
  const der = await issueServer({
    issuerCertificate: intermediate.certificate,
    issuerKey: intermediate.pkcs8,
    dnsNames: ['wiki.example.com'],
    spki: readCertificate(client.certificate).spki,
    days: 5,
    now,
  })
  expect(visitorWith([der], [], now).certificate).toMatchObject({ isForClients: false })
})

it('says where issuers are missing, and what has no certificate', () => {
  const { intermediate, client } = pki
  expect(visitorWith([client.certificate], [], now).certificate).toMatchObject({ issuers: [], reachesRoot: false })
  expect(visitorWith([client.certificate, intermediate.certificate], [], now).certificate).toMatchObject({
    issuers: [certificateMd5(intermediate.certificate)],
    reachesRoot: false,
  })
  expect(visitorWith(null, [], now)).toEqual({ certificate: null, serviceToken: null })
  expect(() => visitorWith([], [], now)).toThrow('nothing-usable')
})
