import { openTables } from '#electron/database/open'
import { createRoot } from '#electron/pki/authority/root'
import { systemRandom } from '#electron/platform/random'
import { authorityRowOf } from '#electron/services/authorities/record'
import { AuthorityId } from '#shared/model/ids'
import { named } from '../support/certificates'
import { activityLine, issuedRow } from '../support/rows'

/** Run by `list.mjs` on plain Node: an issuer with that many certificates, in the home that is named. */
async function fill(home: string, entries: number): Promise<void> {
  const now = new Date()
  const subject = named('Bench')
  const { certificate } = await createRoot({ subject, algorithm: 'p-256', days: 3650, pathLength: null, now })
  const id = AuthorityId.parse(systemRandom.uuid())
  const facts = { der: certificate, known: [], issuers: [], hasKey: true, imported: false }
  const row = authorityRowOf({ id, ...facts, createdAt: now.toISOString() })
  const { tables, close } = openTables(home)
  tables.authorities.insert(row, {
    children: [],
    predecessor: null,
    brought: { revoked: [], crl: null },
    issued: null,
    line: null,
  })
  tables.issued.add(
    Array.from({ length: entries }, (_, number) => issuedRow(id, number)),
    activityLine,
  )
  close()
}

const [, , home = '', entries = ''] = process.argv
void fill(home, Number(entries))
