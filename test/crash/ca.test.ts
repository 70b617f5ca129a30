import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { IssuedPage } from '#shared/model/authority'
import { type Computer, copyOf, discard, newComputer, runCli } from '../support/crash'
import { type Walkthrough, walkThrough } from '../support/openssl'

/**
 * The administrator's verbs killed half-way. Afterwards no key is sealed that no issuer is known for, nothing was handed out
 * that is not recorded, no CRL number comes twice, and the same verb can simply be run again.
 */
let walk: Walkthrough
let made: Computer
const fresh = newComputer()
const environment = { LATCHKEY_CA_PASSPHRASE: 'correct horse', LATCHKEY_PASSWORD: 'walkthrough-password' }

const verbs = {
  init: { on: () => fresh, args: ['ca', 'init', 'Acme Root', '--key', 'p-256', '-o', 'out.pem'] },
  import: { on: () => fresh, args: ['ca', 'import', 'intermediate.pem', 'intermediate.key', '-o', 'out.pem'] },
  issue: { on: () => made, args: ['ca', 'issue', 'client.csr', '--cn', 'Ada', '-o', 'out.pem'] },
  crl: { on: () => made, args: ['ca', 'crl', 'Acme Root', '-o', 'out.pem'] },
}
type Verb = keyof typeof verbs

const points: [Verb, string[]][] = [
  ['init', ['authority:begun', 'authority:secret-done', 'authority:record-done', 'authority:record-noted']],
  ['import', ['authority-import:secret-done', 'authority-import:record-done']],
  ['issue', ['issue:signed', 'issue:recorded']],
  ['crl', ['crl:signed', 'crl:recorded']],
]

beforeAll(async () => {
  walk = await walkThrough()
  for (const name of ['intermediate.pem', 'intermediate.key', 'client.csr'])
    writeFileSync(join(fresh.folder, name), await walk.read(name))
  made = copyOf(fresh)
  const run = await runCli(made, verbs.init.args.slice(0, -2), { environment })
  expect(run.code, run.stderr).toBe(0)
})
afterAll(async () => {
  await walk.remove()
  for (const computer of [fresh, made]) discard(computer)
})

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
    it.for(names)(`ca ${verb} at %s`, async (failPoint) => {
      const { on, args } = verbs[verb]
      const computer = copyOf(on())
      try {
        const killed = await runCli(computer, args, { failPoint, environment })
        expect(killed.code, `the fail point was reached: ${killed.stderr}`).toBeNull()
        expect(existsSync(join(computer.folder, 'out.pem'))).toBe(false)
        const before = on() === made ? 1 : 0
        const after = await putInOrder(computer)
        const done = isDone(failPoint) ? 1 : 0
        expect(after).toEqual({
          issuers: on() === made ? before : done,
          issued: verb === 'issue' ? done : 0,
          crl: verb === 'crl' ? done : 0,
        })
        const again = await runCli(computer, args, { environment })
        const isThere = done === 1 && (verb === 'init' || verb === 'import')
        expect(again.code === 0, again.stderr).toBe(!isThere)
        if (verb === 'crl') expect((await putInOrder(computer)).crl).toBe(done + 1)
      } finally {
        discard(computer)
      }
    })
  }
})
