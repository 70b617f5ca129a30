import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { openTables } from '#electron/database/open'
import { jobTable } from '#electron/jobs/run-job'
import type { Issuer } from '#electron/pki/authority/issuer'
import { decodePem } from '#electron/pki/containers/pem'
import { readCrl } from '#electron/pki/crl/read'
import { certificateKey } from '#electron/pki/x509/read'
import { IssuedPage } from '#shared/model/authority'
import { SubjectDraft } from '#shared/model/identity'
import { crlDates } from '../support/certificates'
import { activityLine, authorityRow, issuedRow } from '../support/rows'

/** Run by `issuing.mjs` on plain Node, with the very files that openssl works with; prints milliseconds as one JSON line. */
const Order = z.object({
  issuers: z.array(z.object({ certificate: z.string(), key: z.string() })).min(1),
  entries: z.number(),
})

const quiet = () => undefined
const now = new Date()
const derOf = (path: string) => decodePem(readFileSync(path, 'latin1'))[0]?.der ?? new Uint8Array()

async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

async function fastest(work: () => unknown): Promise<number> {
  const all: number[] = []
  for (let round = 0; round < 5; round += 1) all.push(await timed(work))
  return Math.min(...all)
}

function issueMs(issuer: Issuer): Promise<number> {
  const spki = certificateKey(issuer.issuerCertificate)
  const clients = Array.from({ length: 1000 }, (_, place) => ({
    names: {
      kind: 'decided' as const,
      subject: SubjectDraft.parse({ commonName: `Client ${place}` }),
      emails: [],
      dnsNames: [],
    },
    spki,
    days: 365,
    now,
  }))
  return timed(() => jobTable['issue-certificates']({ issuer, clients }, quiet))
}

async function crlMs(issuer: Issuer, entries: number): Promise<{ writeMs: number; readMs: number }> {
  const revoked = Array.from({ length: entries }, () => ({
    serial: `4${randomBytes(16).toString('hex').slice(1)}`,
    at: now,
    reason: 'superseded' as const,
  }))
  const order = { issuer, revoked, number: 1n, ...crlDates(now, 30) }
  const writeMs = await fastest(() => jobTable['write-crl'](order, quiet))
  const { der } = await jobTable['write-crl'](order, quiet)
  return { writeMs, readMs: await fastest(() => readCrl(der)) }
}

/** A name as it is typed: from what fits everybody to what fits one or nobody. */
const typed = ['', 'u', 'us', 'use', 'user 7', 'user 77', 'user 777', 'user 7777', 'zz', 'nobody']

/** The slowest search in the list of everything that was issued. */
async function searchMs(entries: number): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  const { tables, close } = openTables(home)
  const row = authorityRow('Bench')
  tables.authorities.insert(row, {
    children: [],
    predecessor: null,
    brought: { revoked: [], crl: null },
    issued: null,
    line: null,
  })
  tables.issued.add(
    Array.from({ length: entries }, (_, number) => issuedRow(row.id, number)),
    activityLine,
  )
  const horizon = { now: '2026-03-01T00:00:00.000Z', soon: '2026-03-31T00:00:00.000Z' }
  const all: number[] = []
  for (const search of typed) {
    const page = IssuedPage.parse({ authority: row.id, search, limit: 100 })
    all.push(await fastest(() => tables.issued.list(page, horizon)))
  }
  close()
  rmSync(home, { recursive: true, force: true })
  return Math.max(...all)
}

async function measure({ issuers, entries }: z.infer<typeof Order>) {
  const opened = issuers.map(({ certificate, key }) => ({
    issuerCertificate: derOf(certificate),
    issuerKey: derOf(key),
  }))
  const issued: number[] = []
  for (const issuer of opened) issued.push(await issueMs(issuer))
  const [first] = opened
  if (first === undefined) throw new Error('no issuer')
  return { issueMs: issued, ...(await crlMs(first, entries)), searchMs: await searchMs(entries) }
}

void measure(Order.parse(JSON.parse(process.argv[2] ?? ''))).then((measured) => console.log(JSON.stringify(measured)))
