import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JobInput, JobName, JobOptions, JobOutput, Jobs } from '#electron/jobs/jobs'
import { AuthorityDraft } from '#shared/model/authority'
import { RequestDraft } from '#shared/model/identity'
import { Page } from '#shared/model/page'
import { type Office, openOffice, passphrase, quickJobs } from '../../../support/authorities'
import { named } from '../../../support/certificates'
import { temporaryFolder } from '../../../support/home'
import { openWorkshop, type Workshop } from '../../../support/openssl'

/** Whatever the work is doing when somebody calls it off, it ends as cancelled and nothing of it stays. */

let shop: Workshop
beforeAll(async () => {
  shop = await openWorkshop()
  await shop.openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'own.key')
  await shop.openssl('req', '-x509', '-key', 'own.key', '-subj', '/CN=Ada', '-days', '9', '-out', 'own.pem')
})
afterAll(() => shop.remove())

let office: Office
let ending: AbortController
/** The job at whose end it is called off: its answer is on the way already. */
let last: JobName | null
beforeEach(() => {
  ending = new AbortController()
  last = null
  office = openOffice(temporaryFolder(), { jobs: stoppedJobs() })
})
afterEach(() => office.close())

function stoppedJobs(): Jobs {
  const quick = quickJobs()
  return {
    ...quick,
    async run<Name extends JobName>(name: Name, input: JobInput<Name>, options?: JobOptions): Promise<JobOutput<Name>> {
      const value = await quick.run(name, input, options)
      if (name === last) ending.abort()
      return value
    },
  }
}

const draft = RequestDraft.parse({ subject: named('Ada'), algorithm: 'p-256' })
const root = AuthorityDraft.parse({ subject: named('Acme Root'), algorithm: 'p-256', days: 1000 })
const files = async () =>
  Promise.all(['own.key', 'own.pem'].map(async (name) => ({ name, bytes: Buffer.from(await shop.read(name)) })))

const request = () => office.identities.request(draft, { signal: ending.signal })
const bring = async () => office.identities.import(await files(), { origin: 'file', signal: ending.signal })
const create = () => office.authorities.create(root, { passphrase, issuer: null, signal: ending.signal })
const adopt = async () => office.authorities.import(await files(), null, passphrase, { signal: ending.signal })

async function expectNothing() {
  const page = Page.parse({ limit: 9 })
  expect((await office.database.identities.list(page)).rows).toEqual([])
  expect(await office.database.authorities.list()).toEqual([])
  expect((await office.database.activity.list(page)).rows).toEqual([])
  expect(await office.vault.ids('private-key')).toEqual([])
  expect(await office.vault.ids('authority-key')).toEqual([])
  expect(await office.database.operations.unfinished()).toEqual([])
}

describe('before its first job', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['a request', request],
    ['an import', bring],
    ['a new issuer', create],
    ['an issuer from elsewhere', adopt],
  ])('%s', async (_what, work) => {
    const working = work()
    ending.abort()
    await expect(working).rejects.toMatchObject({ code: 'cancelled' })
    await expectNothing()
  })
})

describe('between one job and the next, or after the last', () => {
  it.each<[string, JobName, () => Promise<unknown>]>([
    ['a request', 'generate-key', request],
    ['a request', 'create-request', request],
    ['an import', 'open-file', bring],
    ['a new issuer', 'create-authority', create],
    ['an issuer from elsewhere', 'open-file', adopt],
  ])('%s, after %s', async (_what, job, work) => {
    last = job
    await expect(work()).rejects.toMatchObject({ code: 'cancelled' })
    await expectNothing()
  })
})
