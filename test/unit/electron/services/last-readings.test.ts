import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { createLastReadings, keptOf } from '#electron/services/cloudflare/last-readings'
import type { AccessAccount } from '#shared/model/access-account'
import { account, application, ca, policy, readAt, rules } from '../../../support/access-accounts'
import { temporaryFolder } from '../../../support/home'

const holders = policy('Holders', 'non_identity', rules([{ kind: 'valid-certificate' }]))
const site = application('Site', ['a.acme.example'], [holders], {
  fetched: { scim_config: { authentication: { password: 'planted-password' } } },
})
const acme = account({ cas: [ca('Clients', ['a.acme.example'])], applications: [site], policies: [holders] })

const at = (hostname: string, practice = false) => ({ hostname, path: '/', practice })

async function open(
  readings: AccessAccount[],
  act: (home: string, facts: ReturnType<typeof createLastReadings>) => Promise<void>,
) {
  const home = temporaryFolder()
  const database = openLocalDatabase(home)
  try {
    for (const reading of readings) await database.accessReadings.put(keptOf(reading))
    const facts = createLastReadings({
      database,
      issuerCertificates: async () => [],
      practice: async () => ({ ...acme, name: 'Practice account' }),
      clock: { now: () => new Date(readAt) },
    })
    await act(home, facts)
  } finally {
    await database.close()
  }
}

it('speaks of the account that has the hostname, as it was last read', async () => {
  const later = { ...acme, readAt: '2026-11-25T15:00:00.000Z', policies: [], applications: [] }
  await open([acme, later], async (_home, facts) => {
    const found = await facts(at('a.acme.example'), null)
    expect(found).toMatchObject({ name: 'Acme', explanation: { readAt: later.readAt, verdict: 'let-in' } })
    expect(await facts(at('a.other.example'), null)).toBeNull()
    expect(await facts(at('practice.latchkey.localhost', true), null)).toMatchObject({ name: 'Practice account' })
  })
})

it('without zones, only speaks of hostnames that Access names', async () => {
  await open([{ ...acme, zones: null }], async (_home, facts) => {
    expect(await facts(at('A.acme.example'), null)).toMatchObject({ explanation: { verdict: 'refused' } })
    expect(await facts(at('b.acme.example'), null)).toBeNull()
  })
})

it('keeps no field whose meaning is not known, since some are passwords of other systems', async () => {
  await open([acme], async (home) => {
    const files = readdirSync(home).filter((name) => name.startsWith('latchkey.db'))
    expect(files.length).toBeGreaterThan(0)
    for (const name of files) expect(readFileSync(join(home, name), 'latin1')).not.toContain('planted-password')
  })
})
