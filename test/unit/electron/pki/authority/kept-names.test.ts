import { afterAll, beforeAll, expect, it } from 'vitest'
import { clientFor, renewClient } from '#electron/pki/authority/client'
import { createIntermediateNamed } from '#electron/pki/authority/intermediate'
import { openIssuer } from '#electron/pki/authority/issuer'
import { rollOver } from '#electron/pki/authority/roll-over'
import { createRootNamed, type NewAuthority } from '#electron/pki/authority/root'
import { encodePem } from '#electron/pki/containers/pem'
import { createCrl } from '#electron/pki/crl/write'
import { describeCertificate } from '#electron/pki/describe/certificate'
import { describeCrl } from '#electron/pki/describe/crl'
import { generateKey } from '#electron/pki/keys'
import { titleOf } from '#electron/pki/x509/name'
import { readCertificate } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import { crlDates } from '../../../../support/certificates'
import { attribute, bmp, commonName, nameOfSets, teletex, universal } from '../../../../support/names'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

/** Names in kinds of strings that few programs write, and that are garbled where a name is read and written anew. */
const now = new Date()
const common = { algorithm: 'p-256', days: 30, now } as const
const rootName = nameOfSets([universal(commonName, '王𠮷 Root')])
const issuerName = nameOfSets([teletex('2.5.4.10', 'Zoë & Söhne')], [bmp(commonName, '漢 Clients')])
const clientName = nameOfSets([attribute(commonName, 0x13, Buffer.from('Jörg & Co')), universal('2.5.4.12', '𠮷')])

let workshop: Workshop
let root: NewAuthority
let intermediate: NewAuthority
beforeAll(async () => {
  workshop = await openWorkshop()
  root = await createRootNamed(rootName, common)
  intermediate = await createIntermediateNamed(issuerName, { ...common, ...issuerOf(root) })
})
afterAll(() => workshop.remove())

const issuerOf = ({ certificate, pkcs8 }: NewAuthority) => ({ issuerCertificate: certificate, issuerKey: pkcs8 })
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const namesIn = (der: Uint8Array) => [hex(readCertificate(der).subject.raw), hex(readCertificate(der).issuer.raw)]

it('stand in certificates, those below them, successors, renewals and CRLs to the octet', async () => {
  expect(namesIn(root.certificate)).toEqual([hex(rootName), hex(rootName)])
  expect(namesIn(intermediate.certificate)).toEqual([hex(issuerName), hex(rootName)])
  const next = await rollOver({ ...common, certificate: intermediate.certificate, issuer: issuerOf(root) })
  expect(namesIn(next.certificate)).toEqual([hex(issuerName), hex(rootName)])

  const { spki } = await generateKey('p-256')
  const issued = await clientFor(openIssuer(issuerOf(intermediate)), clientName, [], { spki, days: 9, now })
  const renewed = await renewClient(openIssuer(issuerOf(intermediate)), { certificate: issued, days: 9, now })
  expect(namesIn(renewed)).toEqual([hex(clientName), hex(issuerName)])
  const crl = await createCrl({ ...issuerOf(intermediate), revoked: [], number: 1n, ...crlDates(now, 9) })
  expect(Buffer.from(crl).includes(Buffer.from(issuerName))).toBe(true)

  const pem = (der: Uint8Array) => encodePem('CERTIFICATE', der)
  await workshop.write('root.pem', pem(root.certificate))
  await workshop.write('intermediate.pem', pem(intermediate.certificate))
  await workshop.write('client.pem', pem(renewed))
  await workshop.write('list.pem', encodePem('X509 CRL', crl))
  const files = ['-CAfile', 'root.pem', '-untrusted', 'intermediate.pem', '-CRLfile', 'list.pem', 'client.pem']
  expect(await workshop.openssl('verify', '-purpose', 'sslclient', '-crl_check', ...files)).toContain('OK')
})

it('read the same wherever they are shown', async () => {
  const view = viewCertificate(intermediate.certificate)
  expect(view).toMatchObject({ issuer: 'CN=王𠮷 Root', issuerCommonName: '王𠮷 Root', commonName: '漢 Clients' })
  const described = describeCertificate(root.certificate)
  expect(described.title).toBe('王𠮷 Root')
  expect(titleOf(readCertificate(root.certificate).subject)).toBe('王𠮷 Root')
  const crl = await createCrl({ ...issuerOf(root), revoked: [], number: 1n, ...crlDates(now, 9) })
  expect(describeCrl(crl).title).toBe('CRL of 王𠮷 Root')
})
