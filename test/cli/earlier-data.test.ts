import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { openLocalDatabase } from '#electron/database/local'
import { Page } from '#shared/model/page'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { earlierEnvironment, placeEarlierData, writeAsNewer } from '../support/earlier-data'
import { openWorkshop, type Workshop } from '../support/openssl'

/** Whatever changes here: records, keys, CRLs and reports of 0.1.0 are still what they were. */
let here: Computer
let workshop: Workshop
beforeAll(async () => {
  here = newComputer()
  placeEarlierData(here)
  workshop = await openWorkshop()
})
afterAll(async () => {
  discard(here)
  await workshop.remove()
})

async function latchkey(...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await runCli(here, [...args, '--json'], { environment: earlierEnvironment })
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout)
}

it('lists the certificates of 0.1.0', async () => {
  const Listed = z.object({ certificates: z.array(z.object({ name: z.string(), keyCode: z.string() })) })
  const { certificates } = Listed.parse(await latchkey('list'))
  expect(certificates.map(({ name, keyCode }) => `${name} ${keyCode}`).sort()).toEqual([
    'Ada Lovelace JDDQ-4P2C-DR4H-X6A2',
    'Grace Hopper I457-474M-5EAN-7765',
  ])
})

it('of a newer version is left alone, and said', async () => {
  const later = newComputer()
  placeEarlierData(later)
  const database = join(later.latchkey, 'latchkey.db')
  writeAsNewer(database)
  const before = readFileSync(database)
  const { code, stdout, stderr } = await runCli(later, ['list'], { environment: earlierEnvironment })
  expect([code, stdout]).toEqual([3, ''])
  expect(stderr).toContain('This data was written by a newer Latchkey.')
  expect(readFileSync(database).equals(before)).toBe(true)
  discard(later)
})

it('opens a private key that 0.1.0 sealed, and it is the one of the certificate', async () => {
  await latchkey('export', 'Ada Lovelace', '--for', 'curl', '-o', 'ada.pem', '--plain-key')
  const ofKey = await workshop.openssl('pkey', '-in', join(here.folder, 'ada.key'), '-pubout')
  const ofCertificate = await workshop.openssl('x509', '-in', join(here.folder, 'ada.pem'), '-pubkey', '-noout')
  expect(String(ofKey)).toBe(String(ofCertificate))
})

it('lists issuers, what they issued and revoked', async () => {
  const Issuers = z.object({
    issuers: z.array(z.object({ name: z.string(), hasKey: z.boolean(), revoked: z.number() })),
  })
  expect(Issuers.parse(await latchkey('ca', 'list')).issuers).toEqual([
    { name: 'Acme Root', hasKey: true, revoked: 0 },
    { name: 'Acme Clients', hasKey: true, revoked: 1 },
  ])
  const Issued = z.object({ certificates: z.array(z.object({ commonName: z.string(), status: z.string() })) })
  const { certificates } = Issued.parse(await latchkey('ca', 'list', '--issued'))
  expect(certificates.find(({ commonName }) => commonName === 'Grace Hopper')?.status).toBe('revoked')
})

it('signs with an issuer’s key that 0.1.0 sealed, and the CRL goes on from the last one', async () => {
  const Written = z.object({ crl: z.object({ number: z.coerce.string(), entries: z.number() }) })
  const written = Written.parse(await latchkey('ca', 'crl', 'Acme Clients', '-o', 'next.crl'))
  expect(written.crl).toEqual({ number: '2', entries: 1 })
  const Chain = z.object({ chain: z.string() })
  const chain = await workshop.write('chain.pem', Chain.parse(await latchkey('ca', 'chain', 'Acme Clients')).chain)
  const crl = ['crl', '-in', join(here.folder, 'next.crl'), '-noout']
  expect(await workshop.openssl(...crl, '-text')).toContain('Key Compromise')
  await workshop.openssl(...crl, '-CAfile', chain)
})

it('shows the reports and the activity as they were', async () => {
  const database = openLocalDatabase(here.latchkey)
  try {
    const { rows: reports } = await database.reports.list(null, Page.parse({ limit: 100 }))
    expect(reports.map(({ verdict }) => verdict.sentence).sort()).toEqual([
      'The site could not be reached.',
      'The site rejected your certificate.',
    ])
    for (const { id, address } of reports) expect((await database.reports.get(id))?.address).toBe(address)
    const { rows } = await database.activity.list(Page.parse({ limit: 100 }))
    expect(rows.map(({ sentence }) => sentence)).toContain('A certificate for “Ada Lovelace” was issued.')
  } finally {
    await database.close()
  }
})
