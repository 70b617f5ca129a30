import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { createRoot } from '#electron/pki/authority/root'
import { encodePem } from '#electron/pki/containers/pem'
import { integer } from '#electron/pki/der'
import { IssuedPage } from '#shared/model/authority'
import { named } from '../support/certificates'
import { type Computer, copyOf, discard, newComputer, runCli } from '../support/crash'
import { crlEntry, extension, forgeCrl, nameOf } from '../support/forge'
import { type Walkthrough, walkThrough } from '../support/openssl'
import { partOfToday } from '../support/rounds'

/**
 * The administrator's verbs killed half-way. Afterwards no key is sealed that no issuer is known for, nothing was handed out
 * that is not recorded, no CRL number comes twice, and the same verb can simply be run again.
 */
let walk: Walkthrough
let made: Computer
let ahead: Computer
const fresh = newComputer()
const environment = { LATCHKEY_CA_PASSPHRASE: 'correct horse', LATCHKEY_PASSWORD: 'walkthrough-password' }

const verbs = {
  init: { on: () => fresh, args: ['ca', 'init', 'Acme Root', '--key', 'p-256', '-o', 'out.pem'] },
  import: { on: () => fresh, args: ['ca', 'import', 'intermediate.pem', 'intermediate.key', '-o', 'out.pem'] },
  issue: { on: () => made, args: ['ca', 'issue', 'client.csr', '--cn', 'Ada', '-o', 'out.pem'] },
  crl: { on: () => made, args: ['ca', 'crl', 'Acme Root', '-o', 'out.pem'] },
  answer: { on: () => ahead, args: ['ca', 'crl', 'Ahead Root', '--last-crl', 'unpublished', '-o', 'out.pem'] },
}
type Verb = keyof typeof verbs

const points: [Verb, string[]][] = [
  ['init', ['authority:begun', 'authority:secret-done', 'authority:record-done', 'authority:record-noted']],
  ['import', ['authority-import:secret-done', 'authority-import:record-done']],
  ['issue', ['issue:signed', 'issue:recorded']],
  ['crl', ['crl:signed', 'crl:recorded']],
  ['answer', ['crl:signed', 'crl:recorded']],
]

beforeAll(async () => {
  walk = await walkThrough()
  for (const name of ['intermediate.pem', 'intermediate.key', 'client.csr'])
    writeFileSync(join(fresh.folder, name), await walk.read(name))
  made = copyOf(fresh)
  const run = await runCli(made, verbs.init.args.slice(0, -2), { environment })
  expect(run.code, run.stderr).toBe(0)
  ahead = copyOf(fresh)
  await importListAhead()
})
afterAll(async () => {
  await walk.remove()
  for (const computer of [fresh, made, ahead]) discard(computer)
})

/** An issuer whose last list, number 1, is dated in the future and revokes one serial number. */
async function importListAhead(): Promise<void> {
  const root = await createRoot({ subject: named('Ahead Root'), algorithm: 'p-256', days: 900, now: new Date() })
  const thisUpdate = new Date(Date.now() + 300 * 86_400_000)
  const last = await forgeCrl({
    issuer: nameOf('Ahead Root'),
    signedBy: root,
    entries: [crlEntry(integer(7))],
    thisUpdate,
    nextUpdate: new Date(thisUpdate.getTime() + 86_400_000),
    extensions: [extension('2.5.29.20', false, integer(1))],
  })
  const pem = encodePem('CERTIFICATE', root.certificate) + encodePem('PRIVATE KEY', root.pkcs8)
  writeFileSync(join(ahead.folder, 'ahead.pem'), pem + encodePem('X509 CRL', last))
  const run = await runCli(ahead, ['ca', 'import', 'ahead.pem'], { environment })
  expect(run.code, run.stderr).toBe(0)
}

/** What is there after the next start has put things in order. */
async function putInOrder(computer: Computer) {
  expect((await runCli(computer, ['ca', 'list'])).code).toBe(0)
  const database = openLocalDatabase(computer.latchkey)
  try {
    expect(await database.operations.unfinished()).toEqual([])
    const authorities = await database.authorities.list()
    const folder = join(computer.latchkey, 'vault')
    const names = existsSync(folder) ? readdirSync(folder) : []
    const sealed = names.flatMap((name) => /^authority-key-(.+)\.sealed$/u.exec(name)?.[1] ?? [])
    expect(sealed.sort()).toEqual(authorities.map(({ id }) => String(id)).sort())
    const horizon = { now: new Date().toISOString(), soon: new Date().toISOString() }
    const { total } = await database.issued.list(IssuedPage.parse({ authority: null }), horizon)
    return { issuers: authorities.length, issued: total, crl: Number(authorities[0]?.crl?.number ?? 0) }
  } finally {
    await database.close()
  }
}

/** Done, as far as the verb goes, though its process died before it could say so. */
const isDone = (failPoint: string) => /record-|recorded$/u.test(failPoint)

describe.concurrent('killed at a named point', () => {
  for (const [verb, names] of points) {
    it.for(partOfToday(names, 3))(`ca ${verb} at %s`, async (failPoint) => {
      const { on, args } = verbs[verb]
      const computer = copyOf(on())
      try {
        const killed = await runCli(computer, args, { failPoint, environment })
        expect(killed.code, `the fail point was reached: ${killed.stderr}`).toBeNull()
        expect(existsSync(join(computer.folder, 'out.pem'))).toBe(false)
        const before = on() === fresh ? 0 : 1
        const after = await putInOrder(computer)
        const done = isDone(failPoint) ? 1 : 0
        expect(after).toEqual({
          issuers: on() === fresh ? done : before,
          issued: verb === 'issue' ? done : 0,
          crl: verb === 'answer' ? 1 + done : verb === 'crl' ? done : 0,
        })
        const again = await runCli(computer, args, { environment })
        const isThere = done === 1 && (verb === 'init' || verb === 'import')
        expect(again.code === 0, again.stderr).toBe(!isThere)
        if (verb === 'crl' || verb === 'answer') expect((await putInOrder(computer)).crl).toBe(after.crl + 1)
      } finally {
        discard(computer)
      }
    })
  }
})

describe.concurrent('the deletion of an issuer', () => {
  it.for(['authority-delete:begun', 'authority-delete:record-done'])('is finished after %s', async (failPoint) => {
    const computer = copyOf(made)
    try {
      const args = ['ca', 'delete', 'Acme Root', '--confirm', 'Acme Root']
      const killed = await runCli(computer, args, { failPoint, environment })
      expect(killed.code, `the fail point was reached: ${killed.stderr}`).toBeNull()
      expect(await putInOrder(computer)).toMatchObject({ issuers: 0 })
    } finally {
      discard(computer)
    }
  })
})
