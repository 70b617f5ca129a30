import { X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OutputFile } from '#electron/pki/convert/index'
import type { Destination, KeyProtection } from '#shared/model/convert'
import type { IdentityId } from '#shared/model/ids'
import { type Office, openOffice, passphrase } from '../../../support/authorities'
import { temporaryFolder } from '../../../support/home'
import { openWorkshop, type Workshop } from '../../../support/openssl'

/** A certificate of this app on its way to another program, which openssl stands for here. */
let workshop: Workshop
let office: Office
let issued: IdentityId
let waiting: IdentityId
const locked: KeyProtection = { password: 'zwölf Boxkämpfer', plain: false }

beforeAll(async () => {
  workshop = await openWorkshop()
  office = openOffice(temporaryFolder())
  const root = await office.create('Root')
  issued = (await office.request('Ada')).id
  waiting = (await office.request('Grace')).id
  await office.authorities.issueToIdentity({ authority: root.id, passphrase }, issued, 30)
})
afterAll(async () => {
  await office.close()
  await workshop.remove()
})

const keep = async (files: OutputFile[]) => files.map((file) => ({ ...file, bytes: Buffer.from(file.bytes) }))
const exported = (id: IdentityId, destination: Destination, protection = locked) =>
  office.identities.export(id, { destination, protection }, keep)
const lastActivity = async () => (await office.database.activity.list({ offset: 0, limit: 1, search: '' })).rows[0]

it('is one PKCS#12 with key, certificate and issuer, which openssl opens', async () => {
  const [p12, ...others] = await exported(issued, 'openssl')
  expect(others).toEqual([])
  await workshop.write('ada.p12', p12?.bytes ?? '')
  writeFileSync(join(workshop.folder, 'password.txt'), locked.password ?? '')
  const read = ['pkcs12', '-in', 'ada.p12', '-passin', 'file:password.txt']
  const certificates = await workshop.openssl(...read, '-nokeys')
  expect(certificates.match(/BEGIN CERTIFICATE/gu)).toHaveLength(2)
  await workshop.openssl(...read, '-nocerts', '-nodes', '-out', 'ada.key')
  const own = new X509Certificate(certificates.slice(certificates.indexOf('-----BEGIN')))
  const publicKey = await workshop.openssl('pkey', '-in', 'ada.key', '-pubout')
  expect(publicKey.trim()).toBe(own.publicKey.export({ type: 'spki', format: 'pem' }).toString().trim())
})

it('is written into the log when a key has left, and only then', async () => {
  await exported(issued, 'curl')
  const { kind, about, sentence } = (await lastActivity()) ?? {}
  expect({ kind, about, sentence }).toEqual({
    kind: 'key-exported',
    about: 'Ada',
    sentence: 'The private key was saved with a password, for: curl.',
  })
  await exported(issued, 'curl', { password: null, plain: true })
  const before = await lastActivity()
  expect(before?.sentence).toContain('unencrypted')
  await exported(issued, 'p7b')
  const failing = { destination: 'curl', protection: locked } as const
  const full = new Error('The disk is full.')
  await expect(office.identities.export(issued, failing, () => Promise.reject(full))).rejects.toBe(full)
  expect(await lastActivity()).toEqual(before)
})

it('leaves nothing of the key in memory that was handed over', async () => {
  const seen: Uint8Array[] = []
  await office.identities.export(issued, { destination: 'curl', protection: locked }, async (files) => {
    for (const { secret, bytes } of files) if (secret) seen.push(bytes)
  })
  expect(seen.map((bytes) => bytes.every((byte) => byte === 0))).toEqual([true])
})

it('is never left unprotected unseen', async () => {
  const open = { password: null, plain: false }
  for (const destination of ['windows', 'curl', 'pkcs8'] as const)
    await expect(exported(issued, destination, open)).rejects.toMatchObject({ code: 'new-password-needed' })
  await expect(exported(issued, 'traditional-key', locked)).rejects.toMatchObject({ code: 'invalid-input' })
})

it('before it is issued is the key alone', async () => {
  const [key] = await exported(waiting, 'pkcs8')
  expect(String(key?.bytes)).toContain('BEGIN ENCRYPTED PRIVATE KEY')
  await expect(exported(waiting, 'windows')).rejects.toMatchObject({ code: 'not-found' })
})

it('is the certificate alone as PEM where its key is not here', async () => {
  const { id } = await office.request('Kept in the store')
  const [root] = await office.authorities.list()
  if (root === undefined) throw new Error('There is no issuer.')
  await office.authorities.issueToIdentity({ authority: root.id, passphrase }, id, 30)
  await office.database.identities.setKeyInVault(id, false)
  const before = await lastActivity()
  const [pem, ...others] = await exported(id, 'pem', { password: null, plain: true })
  expect(String(pem?.bytes)).not.toContain('PRIVATE KEY')
  expect([String(pem?.bytes).match(/BEGIN CERTIFICATE/gu)?.length, others]).toEqual([2, []])
  expect(await lastActivity()).toEqual(before)
  await expect(exported(id, 'curl')).rejects.toMatchObject({ code: 'key-not-in-vault' })
})
