import { beforeAll, expect, it } from 'vitest'
import { createLabPki, type LabPki } from '#electron/lab/pki'
import { createRevocationList } from '#electron/lab/revocation'
import { verifyClient } from '#electron/lab/verify'
import { issueAsRequested } from '#electron/pki/authority/client'
import { generateKey } from '#electron/pki/keys'
import { createRequest } from '#electron/pki/request'
import { viewCertificate } from '#electron/pki/x509/view'
import { RequestDraft } from '#shared/model/identity'

const now = new Date('2026-11-23T12:00:00Z')
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000)
const clock = { now: () => now }
let pki: LabPki
let leaf: Uint8Array

const issuerOf = ({ clientIntermediate: { certificate, pkcs8 } }: LabPki) => ({
  issuerCertificate: certificate,
  issuerKey: pkcs8,
})

beforeAll(async () => {
  // Older than the lists, so that a date before theirs is not before its own.
  pki = await createLabPki(inDays(-2))
  const key = await generateKey('p-256')
  const requestDer = await createRequest(RequestDraft.parse({ subject: { commonName: 'Ada' } }), key.pkcs8)
  leaf = await issueAsRequested({ requestDer, ...issuerOf(pki), days: 30, now: inDays(-2) })
})

/** What Cloudflare would say; null when it lets the certificate in. */
function ask(crl: Uint8Array, at = now): string | null {
  const chain = [pki.clientIntermediate.certificate, pki.clientRoot.certificate]
  const { status } = verifyClient({ leaf, chain, crl, now: at })
  return status === 'SUCCESS' ? null : status.replace('FAILED:', '')
}

it('lists a serial from the moment it is revoked', async () => {
  const list = await createRevocationList(issuerOf(pki), clock, 7)
  expect(ask(list.current())).toBeNull()
  await list.revoke('0102')
  expect(ask(list.current())).toBeNull()
  await list.revoke(viewCertificate(leaf).serial)
  expect(ask(list.current())).toBe('certificate revoked')
})

it('does not believe a list that is too old or too new', async () => {
  const list = await createRevocationList(issuerOf(pki), clock, 7)
  expect(ask(list.current(), inDays(8))).toBe('CRL has expired')
  expect(ask(list.current(), inDays(-1))).toBe('CRL is not yet valid')
})

it('does not believe a list of another issuer, nor one that was altered', async () => {
  const namesake = await createRevocationList(issuerOf(await createLabPki(now)), clock, 7)
  expect(ask(namesake.current())).toBe('CRL signature failure')
  const root = { issuerCertificate: pki.clientRoot.certificate, issuerKey: pki.clientRoot.pkcs8 }
  expect(ask((await createRevocationList(root, clock, 7)).current())).toBe('unable to get certificate CRL')
})
