import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AuthoritySummary } from '#shared/model/authority'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { openWorkshop, type Workshop } from '../support/openssl'

/** The database of a home folder vanished; the sealed keys did not. */
let here: Computer
let workshop: Workshop
const environment = { LATCHKEY_CA_PASSPHRASE: 'correct horse' }

beforeAll(async () => {
  here = newComputer()
  workshop = await openWorkshop()
})
afterAll(async () => {
  discard(here)
  await workshop.remove()
})

const run = (...args: string[]) => runCli(here, args, { environment })
const at = (name: string) => join(here.folder, name)
const vault = () => join(here.latchkey, 'vault')
const Made = z.looseObject({ issuer: AuthoritySummary, chain: z.string() })

function loseDatabase(): void {
  for (const name of readdirSync(here.latchkey)) if (name.startsWith('latchkey.db')) rmSync(join(here.latchkey, name))
}

describe('an issuer whose record is gone', () => {
  it('is told of, rebuilt, and signs again', async () => {
    const init = await run('ca', 'init', 'Acme Root', '--key', 'p-256', '--json')
    const { issuer, chain } = Made.parse(JSON.parse(init.stdout))
    expect((await run('ca', 'list')).stderr).toBe('')
    loseDatabase()
    for (const verb of [['list'], ['ca', 'list']]) {
      const listed = await run(...verb)
      expect(listed.code).toBe(0)
      expect(listed.stdout).toContain('Start with')
      expect(listed.stderr).toBe(
        `Keys in the vault without records: 1; of issuers: Acme Root (${issuer.id}). ` +
          'Restore latchkey.db from a backup. Without a backup: latchkey ca rebuild\n',
      )
    }
    const other = await run('ca', 'rebuild', 'Another Root', '--json')
    expect(other.code).toBe(2)
    const rebuilt = await run('ca', 'rebuild', '-o', at('chain.pem'))
    expect(rebuilt.code, rebuilt.stderr).toBe(0)
    expect(rebuilt.stdout).toContain('What it has signed and revoked before is no longer known.')
    expect(readFileSync(at('chain.pem'), 'utf8')).toBe(chain)
    const again = await run('ca', 'rebuild', '--json')
    expect(JSON.parse(again.stdout)).toMatchObject({ ok: false, error: { code: 'not-found' } })
    expect((await run('ca', 'list')).stderr).toBe('')

    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'client.key']
    writeFileSync(at('ada.csr'), await workshop.openssl('req', '-new', ...key, '-subj', '/CN=Ada'))
    const issued = await run('ca', 'issue', at('ada.csr'), '--accept-subject', '-o', at('ada.pem'))
    expect(issued.code, issued.stderr).toBe(0)
    const crl = await run('ca', 'crl', '-o', at('acme.crl'))
    expect(crl.code, crl.stderr).toBe(0)
    const known = ['-CAfile', at('chain.pem'), '-CRLfile', at('acme.crl'), '-crl_check']
    expect(await workshop.run('openssl', ['verify', ...known, at('ada.pem')])).toContain('OK')
  })

  it('says that there is no certificate where an earlier version kept none, and keeps one from now on', async () => {
    const [kept] = readdirSync(vault()).filter((name) => name.startsWith('issuer-certificate-'))
    const beside = join(vault(), kept ?? '')
    renameSync(beside, at('kept.pem'))
    expect((await run('ca', 'crl', '-o', at('next.crl'))).code).toBe(0)
    expect(readFileSync(beside)).toEqual(readFileSync(at('kept.pem')))
    rmSync(beside)
    loseDatabase()
    expect((await run('ca', 'list')).stderr).not.toContain('latchkey ca rebuild')
    const refused = await run('ca', 'rebuild')
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('There is no readable certificate for this key')
  })
})
