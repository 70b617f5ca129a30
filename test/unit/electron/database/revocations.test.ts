import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { IssuedPage } from '#shared/model/authority'
import { temporaryFolder } from '../../../support/home'
import { activityLine, authorityRow, issuedRow, sha256 } from '../../../support/rows'

/** Revocations of certificates that are not, not yet, or twice in the list of issued ones. */
const first = '2026-02-01T00:00:00.000Z'
const second = '2026-03-01T00:00:00.000Z'
const horizon = { now: first, soon: second }
const brought = { revoked: [], crl: null }
const root = authorityRow('Root')
let database: Database

beforeEach(async () => {
  database = openLocalDatabase(temporaryFolder())
  await database.authorities.insert(root, { children: [], predecessor: null, brought, issued: null, line: null })
})
afterEach(() => database.close())

const elsewhere = (number: number) => issuedRow(root.id, number, { issuedElsewhere: true })
const listed = async () => (await database.issued.list(IssuedPage.parse({ authority: root.id }), horizon)).rows

describe('a certificate that was issued elsewhere', () => {
  it('comes into the list as revoked, and is found there', async () => {
    const row = elsewhere(1)
    expect(
      await database.issued.adopt(
        row,
        { at: first, reason: 'superseded' },
        { revoked: activityLine, added: activityLine },
      ),
    ).toEqual({
      kind: 'revoked',
      isNew: true,
    })
    expect(await listed()).toMatchObject([{ sha256: row.sha256, issuedElsewhere: true, revokedAt: first }])
    expect(await database.crls.revocations(root.id)).toMatchObject([{ serial: row.serial, notAfter: row.notAfter }])
    const page = IssuedPage.parse({ authority: null, search: row.serial, status: 'revoked' })
    expect((await database.issued.list(page, horizon)).total).toBe(1)
  })

  it('takes over the revocation of its serial number, whose date and reason stay', async () => {
    const row = elsewhere(1)
    const { serial } = row
    expect(
      await database.issued.revokeSerial(root.id, { serial, at: first, reason: 'key-compromise' }, activityLine),
    ).toBe(true)
    expect(await database.crls.revocations(root.id)).toMatchObject([{ serial, notAfter: null }])
    expect(
      await database.issued.adopt(
        row,
        { at: second, reason: 'superseded' },
        { revoked: activityLine, added: activityLine },
      ),
    ).toEqual({
      kind: 'revoked',
      isNew: false,
    })
    expect(await listed()).toMatchObject([{ revokedAt: first, reason: 'key-compromise' }])
    const known = await database.crls.revocations(root.id)
    expect(known).toMatchObject([{ serial, at: first, reason: 'key-compromise', notAfter: row.notAfter }])
    expect(known).toHaveLength(1)
    expect((await database.authorities.get(root.id))?.revocations).toBe(1)
  })

  it('is refused beside another certificate of the same serial number, which stays as it is', async () => {
    const row = issuedRow(root.id, 1)
    await database.issued.add([row], activityLine)
    const twin = { ...elsewhere(2), serial: row.serial, sha256: sha256('twin') }
    expect(
      await database.issued.adopt(
        twin,
        { at: first, reason: 'superseded' },
        { revoked: activityLine, added: activityLine },
      ),
    ).toMatchObject({
      kind: 'other-certificate',
      issued: { sha256: row.sha256 },
    })
    expect(await listed()).toMatchObject([{ sha256: row.sha256, revokedAt: null }])
    expect(await database.crls.revocations(root.id)).toEqual([])
  })
})

describe('a serial number', () => {
  it('revokes the certificate in the list that has it, once', async () => {
    const row = issuedRow(root.id, 1)
    await database.issued.add([row], activityLine)
    const wanted = { serial: row.serial, at: first, reason: 'superseded' as const }
    expect(await database.issued.revokeSerial(root.id, wanted, activityLine)).toBe(true)
    expect(await database.issued.revokeSerial(root.id, { ...wanted, at: second }, activityLine)).toBe(false)
    expect(await database.issued.get(row.sha256)).toMatchObject({ revokedAt: first, reason: 'superseded' })
    expect(await database.issued.ofSerial(root.id, row.serial)).toMatchObject({
      issued: { sha256: row.sha256 },
      revocation: wanted,
    })
  })

  it('of one issuer says nothing of another issuer’s', async () => {
    const other = authorityRow('Other')
    await database.authorities.insert(other, { children: [], predecessor: null, brought, issued: null, line: null })
    const row = issuedRow(root.id, 1)
    await database.issued.add([row], activityLine)
    await database.issued.revokeSerial(other.id, { serial: row.serial, at: first, reason: 'superseded' }, activityLine)
    expect(await database.issued.get(row.sha256)).toMatchObject({ revokedAt: null })
    expect(await database.issued.ofSerial(root.id, row.serial)).toMatchObject({ revocation: null })
  })

  it('on a CRL that is imported later revokes the certificate in the list, which can then be revoked again', async () => {
    const row = issuedRow(root.id, 1)
    await database.issued.add([row], activityLine)
    const entry = { serial: row.serial, at: first, reason: 'ca-compromise' as const }
    await database.authorities.complete(root.id, {
      withKey: false,
      brought: { revoked: [entry], crl: null },
      line: null,
    })
    expect(await listed()).toMatchObject([{ revokedAt: first, reason: 'ca-compromise' }])
    expect(await database.issued.revoke(row.sha256, second, 'superseded', activityLine)).toBe(false)
  })

  it('that was revoked before its certificate was issued here does not fail a second time', async () => {
    const row = issuedRow(root.id, 1)
    await database.issued.revokeSerial(root.id, { serial: row.serial, at: first, reason: 'superseded' }, activityLine)
    await database.issued.add([row], activityLine)
    expect(await database.issued.revoke(row.sha256, second, 'key-compromise', activityLine)).toBe(true)
    expect(await listed()).toMatchObject([{ revokedAt: first, reason: 'superseded' }])
  })
})
