import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import type { NewActivity } from '#shared/model/activity'
import { Page } from '#shared/model/page'
import { temporaryFolder } from '../../../support/home'
import { authorityRow, crlRow, issuedRow } from '../../../support/rows'

/** A change and its line in the activity are one transaction: both are there, or neither. */
const at = '2026-02-01T00:00:00.000Z'
const reason = 'superseded'
const alone = { children: [], predecessor: null, brought: { revoked: [], crl: null }, issued: null, line: null }
const line = (sentence: string): NewActivity => ({ at, kind: 'certificate-revoked', about: 'Ada', sentence })
const root = authorityRow('Root')
let database: Database

beforeEach(async () => {
  database = openLocalDatabase(temporaryFolder())
  await database.authorities.insert(root, alone)
})
afterEach(() => database.close())

const sentences = async () =>
  (await database.activity.list(Page.parse({}))).rows.map(({ sentence }) => sentence).reverse()

describe('the line of a change', () => {
  it('is written with it', async () => {
    await database.issued.add([issuedRow(root.id, 1), issuedRow(root.id, 2)], line('issued'))
    await database.issued.revoke(issuedRow(root.id, 1).sha256, at, reason, line('revoked'))
    await database.issued.revokeSerial(root.id, { serial: '0A', at, reason }, line('serial number revoked'))
    await database.crls.put(root.id, crlRow({ number: 1n }), line('CRL written'))
    await database.authorities.insert(authorityRow('Other'), { ...alone, line: line('issuer added') })
    const last = { withKey: true, brought: alone.brought, line: line('key added') }
    await database.authorities.complete(root.id, last)
    expect(await sentences()).toEqual([
      'issued',
      'revoked',
      'serial number revoked',
      'CRL written',
      'issuer added',
      'key added',
    ])
  })

  it('is not written where nothing changed', async () => {
    const row = issuedRow(root.id, 1)
    await database.issued.add([row], line('issued'))
    await database.issued.revoke(row.sha256, at, reason, line('revoked'))
    await database.issued.revoke(row.sha256, at, reason, line('revoked again'))
    await database.issued.revokeSerial(root.id, { serial: row.serial, at, reason }, line('revoked once more'))
    await database.crls.put(root.id, crlRow({ number: 2n }), line('CRL 2'))
    await database.crls.put(root.id, crlRow({ number: 1n }), line('CRL 1'))
    await database.authorities.complete(root.id, { withKey: false, brought: alone.brought, line: line('nothing new') })
    expect(await sentences()).toEqual(['issued', 'revoked', 'CRL 2'])
  })

  it('is not written where the change fails', async () => {
    const twin = issuedRow(root.id, 2, { serial: issuedRow(root.id, 1).serial })
    await expect(database.issued.add([issuedRow(root.id, 1), twin], line('issued'))).rejects.toThrow(/UNIQUE/u)
    await expect(database.authorities.insert(root, { ...alone, line: line('added') })).rejects.toThrow(/UNIQUE/u)
    expect(await sentences()).toEqual([])
  })

  it('of a certificate from elsewhere says whether the revocation is new', async () => {
    const lines = { revoked: line('revoked'), added: line('only added') }
    const [one, two] = [issuedRow(root.id, 1), issuedRow(root.id, 2)]
    await database.issued.adopt(one, { at, reason }, lines)
    await database.issued.adopt(one, { at, reason }, lines)
    await database.issued.revokeSerial(root.id, { serial: two.serial, at, reason }, line('by serial number'))
    await database.issued.adopt(two, { at, reason }, lines)
    const other = { ...issuedRow(root.id, 3), serial: one.serial }
    expect(await database.issued.adopt(other, { at, reason }, lines)).toMatchObject({ kind: 'other-certificate' })
    expect(await sentences()).toEqual(['revoked', 'by serial number', 'only added'])
  })
})
