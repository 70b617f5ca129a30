import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { decodePem, encodePem } from '#electron/pki/containers/pem'
import { readElement } from '#electron/pki/der'
import { type AuthoritySummary, IssuedPage } from '#shared/model/authority'
import { isListed, type Office, openOffice, passphrase } from '../../../../support/authorities'
import { temporaryFolder } from '../../../../support/home'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

/** What an issuer signed with openssl before it was imported is revoked here. */
let workshop: Workshop
let office: Office
let root: AuthoritySummary
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

async function newRoot(name: string, subject: string, ...more: string[]): Promise<void> {
  const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`]
  await workshop.openssl('req', '-x509', ...newKey, ...files, '-subj', subject, '-days', '3650', ...more)
}

async function sign(ca: string, client: string, serial: string, ...more: string[]): Promise<void> {
  await workshop.openssl('req', '-new', ...newKey, '-keyout', 'c.key', '-out', 'c.csr', '-subj', `/CN=${client}`)
  const by = ['-CA', `${ca}.pem`, '-CAkey', `${ca}.key`, '-set_serial', serial, '-days', '365', ...more]
  await workshop.openssl('x509', '-req', '-in', 'c.csr', ...by, '-out', `${client}.pem`)
}

beforeAll(async () => {
  workshop = await openWorkshop()
  await newRoot('old', '/CN=Old Root', '-set_serial', '0x77')
  await newRoot('impostor', '/CN=Old Root')
  await newRoot('stranger', '/CN=Somebody Else')
  await workshop.write('ca.ext', 'basicConstraints=critical,CA:TRUE')
  await sign('old', 'Ada', '0x0A0B0C')
  await sign('old', 'Bob', '0x0D0E0F')
  await sign('old', 'Twin', '0x0A0B0C')
  await sign('old', 'Below', '0x1111', '-extfile', 'ca.ext')
  await sign('impostor', 'Eve', '0x0A0B0C')
  await sign('stranger', 'Foreign', '0x0A0B0C')
})
afterAll(() => workshop.remove())
beforeEach(async () => {
  office = openOffice(temporaryFolder())
  root = await office.authorities.import(await files('old.pem', 'old.key'), null, passphrase)
})
afterEach(() => office.close())

const files = (...names: string[]) =>
  Promise.all(names.map(async (name) => ({ name, bytes: await workshop.read(name) })))
const look = async (...names: string[]) => office.authorities.readRevocableFiles(await files(...names), null)
const bySerial = (serial: string) => office.authorities.readRevocableSerial(root.id, serial)
const revoke = async (name: string) =>
  office.authorities.revokeOther((await look(name)).target, 'cessation-of-operation')
const refusal = (detail: string) => ({ code: 'invalid-input', detail: expect.stringContaining(detail) })
async function listed() {
  return (await office.authorities.issued(IssuedPage.parse({ authority: root.id, sort: 'name', descending: false })))
    .rows
}
/** The certificate with another OID as its signature's algorithm, which nobody knows. */
async function unknownSignature(name: string): Promise<Uint8Array> {
  const [block] = decodePem((await workshop.read(name)).toString('utf8'))
  const der = Buffer.from(block?.der ?? [])
  const ecdsaWithSha256 = Buffer.from('06082a8648ce3d040302', 'hex')
  for (let at = der.indexOf(ecdsaWithSha256); at !== -1; at = der.indexOf(ecdsaWithSha256, at + 1)) der[at + 9] = 0x7f
  return readElement(der).raw
}

describe('the file of a certificate that an issuer signed elsewhere', () => {
  it('is recognised, and nothing is revoked by looking', async () => {
    expect(await look('Ada.pem')).toMatchObject({
      authority: root.id,
      issuer: 'Old Root',
      serial: '0A:0B:0C',
      certificate: { commonName: 'Ada' },
      revokedAt: null,
    })
    expect(await listed()).toEqual([])
  })

  it('revokes it, puts it into the list without a date of issue, and onto the CRL', async () => {
    expect(await revoke('Ada.pem')).toMatchObject({
      isNew: true,
      certificate: { commonName: 'Ada', status: 'revoked' },
    })
    expect(await listed()).toMatchObject([{ commonName: 'Ada', issuedAt: null, reason: 'cessation-of-operation' }])
    expect((await office.authorities.list())[0]).toMatchObject({ issued: 1, revoked: 1, revocations: 1, crlDue: 'now' })
    await office.writeCrl(root)
    expect(isListed(await office.crl(root), { serial: '0A:0B:0C' })).toBe(true)
    expect(await revoke('Ada.pem')).toMatchObject({ isNew: false })
    expect((await office.authorities.list())[0]).toMatchObject({ revocations: 1, crlDue: 'no' })
  })

  it('may hold its issuers, whatever their order, but not a second certificate', async () => {
    await workshop.write('chain.pem', Buffer.concat([await workshop.read('old.pem'), await workshop.read('Ada.pem')]))
    expect(await look('chain.pem')).toMatchObject({ certificate: { commonName: 'Ada' } })
    await workshop.write('both.pem', Buffer.concat([await workshop.read('Ada.pem'), await workshop.read('Bob.pem')]))
    await expect(look('both.pem')).rejects.toMatchObject(refusal('several certificates: “Ada”, “Bob”'))
    await expect(look('old.key')).rejects.toMatchObject({ code: 'nothing-usable' })
  })

  it('may be an intermediate’s, with its root beside it', async () => {
    await workshop.write('ca.pem', Buffer.concat([await workshop.read('old.pem'), await workshop.read('Below.pem')]))
    expect(await look('ca.pem')).toMatchObject({ certificate: { commonName: 'Below' }, serial: '11:11' })
    expect(await revoke('Below.pem')).toMatchObject({ isNew: true })
  })

  it('is refused where no issuer here signed it', async () => {
    await expect(look('Foreign.pem')).rejects.toMatchObject(
      refusal('No issuer here signed this certificate; its issuer is “Somebody Else”.'),
    )
    await expect(look('Eve.pem')).rejects.toMatchObject(refusal('names “Old Root”, but another key signed it'))
    await expect(look('old.pem')).rejects.toMatchObject(refusal('the self-signed certificate of “Old Root” itself'))
    await expect(look('stranger.pem')).rejects.toMatchObject(refusal('This certificate is self-signed'))
    await workshop.write('odd.pem', encodePem('CERTIFICATE', await unknownSignature('Ada.pem')))
    await expect(look('odd.pem')).rejects.toMatchObject(
      refusal('its signature (1.2.840.10045.4.3.127) cannot be checked'),
    )
    const eve = (await workshop.read('Eve.pem')).toString('utf8')
    await expect(office.authorities.revokeOther({ kind: 'certificate', pem: eve }, 'superseded')).rejects.toMatchObject(
      refusal('another key signed it'),
    )
    expect((await office.authorities.list())[0]?.revocations).toBe(0)
  })

  it('has to be one of the issuer that was named', async () => {
    const other = await office.create('Other Root')
    await expect(office.authorities.readRevocableFiles(await files('Ada.pem'), other.id)).rejects.toMatchObject(
      refusal('“Other Root” did not sign this certificate; “Old Root” did.'),
    )
  })

  it('is refused beside another certificate of the same serial number', async () => {
    await revoke('Ada.pem')
    await expect(look('Twin.pem')).rejects.toMatchObject(refusal('0A:0B:0C for another certificate, “Ada”'))
  })

  it('is told from the key of a successor, whose CRL lists it too', async () => {
    const next = await office.rollOver(root, null)
    expect(await look('Bob.pem')).toMatchObject({ authority: root.id })
    expect(await office.authorities.readRevocableFiles(await files('Bob.pem'), next.id)).toMatchObject({
      authority: root.id,
    })
    await revoke('Bob.pem')
    for (const key of [root, next]) {
      await office.writeCrl(key)
      expect(isListed(await office.crl(key), { serial: '0D:0E:0F' })).toBe(true)
    }
  })

  it('cannot be revoked where the issuer’s key is not', async () => {
    const bare = openOffice(temporaryFolder())
    const { id } = await bare.authorities.import(await files('old.pem'), null, null)
    const told = refusal('The key of “Old Root” is not here, so no CRL can be written here.')
    await expect(bare.authorities.readRevocableFiles(await files('Ada.pem'), null)).rejects.toMatchObject(told)
    await expect(bare.authorities.readRevocableSerial(id, '0A0B0C')).rejects.toMatchObject(told)
    bare.close()
  })
})

describe('a serial number of an issuer', () => {
  it('is revoked without its certificate, which is linked when it is seen', async () => {
    const found = await bySerial('0a0b0c')
    expect(found).toMatchObject({ serial: '0A:0B:0C', certificate: null, revokedAt: null })
    const revoked = await office.authorities.revokeOther(found.target, 'key-compromise')
    expect(revoked).toMatchObject({ certificate: null, isNew: true, reason: 'key-compromise' })
    expect(await listed()).toEqual([])
    expect(await look('Ada.pem')).toMatchObject({ revokedAt: revoked.revokedAt })
    expect(await revoke('Ada.pem')).toMatchObject({
      isNew: false,
      reason: 'key-compromise',
      certificate: { commonName: 'Ada', revokedAt: revoked.revokedAt },
    })
    expect(await office.authorities.revokeOther(found.target, 'superseded')).toMatchObject({ isNew: false })
    expect((await office.authorities.list())[0]).toMatchObject({ issued: 1, revoked: 1, revocations: 1 })
  })

  it('in the list of issued certificates is that certificate’s', async () => {
    const [ada] = await office.issueTo(root, ['Ada Here'])
    const found = await bySerial(ada?.serial ?? '')
    expect(found).toMatchObject({ certificate: { commonName: 'Ada Here' }, target: { kind: 'certificate' } })
    await office.authorities.revokeOther(found.target, 'superseded')
    expect(await listed()).toMatchObject([{ commonName: 'Ada Here', status: 'revoked' }])
    expect((await listed())[0]?.issuedAt).not.toBeNull()
  })

  it('of the issuer itself is refused, and so is what is none', async () => {
    await expect(bySerial('77')).rejects.toMatchObject(refusal('the serial number of “Old Root” itself'))
    for (const serial of ['0', '-1', 'zz', '', `A1${'00'.repeat(20)}`])
      await expect(bySerial(serial)).rejects.toMatchObject(refusal('is not a serial number'))
  })
})
