import { describe, expect, it } from 'vitest'
import { parseCsv } from '#electron/pki/authority/lists/csv'
import { issuedCsv } from '#shared/logic/issued-csv'
import { IssuedCertificate } from '#shared/model/authority'

const row = (commonName: string) => ({
  ...IssuedCertificate.parse({
    sha256: 'a'.repeat(64),
    authority: '5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11',
    serial: '1A:2B',
    commonName,
    subject: `CN=${commonName}`,
    keyCode: 'K7QD-2M5A-XWPL-3ROB',
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2027-01-01T00:00:00.000Z',
    issuedAt: null,
    keyMadeByIssuer: false,
    status: 'revoked',
    revokedAt: '2026-02-01T00:00:00.000Z',
    reason: 'superseded',
  }),
  issuer: 'Acme Clients',
})

const read = (csv: string) => parseCsv(csv).map(({ cells }) => cells)

describe('issued certificates as a table', () => {
  it('are read back by another program, whatever the name', () => {
    const names = ['Ada Lovelace', 'Lovelace, "Ada"', 'two\nlines', 'Zoë 王']
    const rows = read(issuedCsv(names.map(row)))
    expect(rows.map((one) => one.common_name)).toEqual(names)
    expect(rows[0]).toMatchObject({
      issuer: 'Acme Clients',
      serial: '1A:2B',
      not_after: '2027-01-01T00:00:00.000Z',
      issued_at: '',
      status: 'revoked',
      reason: 'superseded',
    })
  })

  it.each(['=cmd()', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('keep a spreadsheet from running %j', (name) => {
    const [one] = read(issuedCsv([row(name)]))
    expect(one?.common_name).toBe(`'${name}`.trim())
  })
})
