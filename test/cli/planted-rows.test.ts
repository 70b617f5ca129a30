import { execFileSync } from 'node:child_process'
import { randomUUID, X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { parseListing } from '#electron/stores/nss-output'
import { Page } from '#shared/model/page'
import type { UndoStep } from '#shared/model/undo'
import { type Computer, copyOf, discard, newComputer, runCli } from '../support/crash'
import { certificatesIn, nssFolder } from '../support/nss'
import { type Walkthrough, walkThrough } from '../support/openssl'

/**
 * Somebody writes rows into the database of a home folder (a stick, a shared folder, somebody's backup) that would trust
 * a root of his for every website. The person's own certificates are in a real NSS database.
 */
let walk: Walkthrough
let installed: Computer
let evil: X509Certificate
const computers: Computer[] = []

beforeAll(async () => {
  walk = await walkThrough()
  installed = newComputer()
  computers.push(installed)
  const run = async (...args: string[]) => expect((await runCli(installed, args)).code).toBe(0)
  await run('request', 'Ada', '--key', 'p-256', '-o', 'ada.csr')
  const csr = await walk.run('cat', [join(installed.folder, 'ada.csr')])
  writeFileSync(join(installed.folder, 'client.pem'), (await walk.issue(csr)) + walk.intermediatePem)
  await run('install', '--file', 'client.pem')
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'evil.key']
  await walk.openssl('req', '-x509', ...key, '-subj', '/CN=Evil Root', '-out', 'evil.pem')
  evil = new X509Certificate(await walk.read('evil.pem'))
})
afterAll(async () => {
  for (const computer of computers) discard(computer)
  await walk.remove()
})

function victim(): Computer {
  const copy = copyOf(installed)
  computers.push(copy)
  return copy
}

const steps = (): UndoStep[] => {
  const sha256 = evil.fingerprint256.replaceAll(':', '').toLowerCase()
  const row = { sha256, label: 'Evil Root', flags: 'CT,C,C' }
  return [
    { kind: 'restore-trust', ...row },
    { kind: 'restore-certificate', ...row, base64: evil.raw.toString('base64') },
  ]
}

/** What is trusted for servers, S/MIME or code in the person's browser: letters C and P of `certutil -L`. */
function vouching(computer: Computer): string[] {
  const rows = parseListing(certificatesIn(computer.home))
  return rows.filter(({ flags }) => /[CP]/u.test(flags)).map(({ nickname }) => nickname)
}

async function changeDatabase(
  { latchkey }: Computer,
  change: (database: ReturnType<typeof openLocalDatabase>) => Promise<unknown>,
) {
  const database = openLocalDatabase(latchkey)
  await change(database)
  await database.close()
}

const payloads = {
  remove: () => ({
    install: randomUUID(),
    store: 'nss-user',
    sha256: '0'.repeat(64),
    undo: [{ store: 'nss-user', steps: steps() }],
  }),
  install: () => ({
    install: randomUUID(),
    identity: randomUUID(),
    store: 'nss-user',
    sha256: '0'.repeat(64),
    wasThere: true,
    startedAt: '2026-01-01T00:00:00.000Z',
    undo: [{ store: 'nss-user', steps: steps() }],
  }),
}

describe('a planted row of the journal', () => {
  const macs = { 'without a MAC': null, 'with some MAC': 'ab'.repeat(32) }
  for (const [what, mac] of Object.entries(macs)) {
    it.each(['remove', 'install'] as const)(`of “%s” ${what} trusts nothing, and is never run`, async (kind) => {
      const computer = victim()
      const row = { id: randomUUID(), kind, step: 'begun', startedAt: '2026-01-01T00:00:00.000Z', mac }
      await changeDatabase(computer, (database) =>
        database.operations.begin({ ...row, payload: JSON.stringify(payloads[kind]()) }),
      )
      const before = certificatesIn(computer.home)
      expect((await runCli(computer, ['list'])).code).toBe(0)
      expect(certificatesIn(computer.home)).toBe(before)
      const removed = await runCli(computer, ['uninstall', 'Ada'])
      expect(removed.code, removed.stderr).toBe(0)
      expect(certificatesIn(computer.home)).not.toContain('Evil')
      expect(vouching(computer)).toEqual([])
      await changeDatabase(computer, async (database) =>
        expect((await database.operations.unfinished()).map(({ id }) => id)).toEqual([row.id]),
      )
    })
  }
})

describe('a planted record of an install', () => {
  it.each([false, true])(
    'has nothing trusted when it is uninstalled; its root was there before: %s',
    async (isThere) => {
      const computer = victim()
      if (isThere) addUntrusted(computer)
      await changeDatabase(computer, async (database) => {
        const [identity] = (await database.identities.list(Page.parse({}))).rows
        const [install] = identity === undefined ? [] : await database.installs.ofIdentity(identity.id)
        if (install === undefined) throw new Error('Ada is not installed')
        await database.installs.upsert(install, [{ store: 'nss-user', steps: steps() }])
      })
      const removed = await runCli(computer, ['uninstall', 'Ada'])
      expect(removed.code, removed.stderr).toBe(0)
      expect(certificatesIn(computer.home).includes('Evil')).toBe(isThere)
      expect(vouching(computer)).toEqual([])
    },
  )
})

/** As a certificate that came with somebody's chain. */
function addUntrusted({ folder, home }: Computer): void {
  const file = join(folder, 'evil.pem')
  writeFileSync(file, evil.toString())
  execFileSync('certutil', ['-A', '-d', `sql:${nssFolder(home)}`, '-n', 'Evil Root', '-t', ',,', '-i', file])
}
