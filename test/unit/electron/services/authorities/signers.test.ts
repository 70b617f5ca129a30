import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JobProgress } from '#electron/jobs/jobs'
import { isAppError } from '#shared/errors'
import { type AuthoritySummary, IssueChoice, SignerDraft } from '#shared/model/authority'
import type { SubjectDraft } from '#shared/model/identity'
import { type Office, openOffice } from '../../../../support/authorities'
import { named } from '../../../../support/certificates'
import { type CfsslServe, serveCfssl } from '../../../../support/cfssl-serve'
import { temporaryFolder } from '../../../../support/home'
import { nothingListens } from '../../../../support/ports'

/** An issuer whose key a real `cfssl serve` has. */
let served: CfsslServe
let office: Office
beforeAll(async () => {
  served = await serveCfssl()
})
afterAll(() => served.stop())
beforeEach(() => {
  office = openOffice(temporaryFolder())
})
afterEach(() => office.close())

const draft = (changes: Partial<SignerDraft> = {}): SignerDraft =>
  SignerDraft.parse({ address: served.url.href, label: '', profile: 'client', authKey: null, ...changes })
const connect = (changes: Partial<SignerDraft> = {}) => office.authorities.connect(draft(changes))
const signature = ({ id }: AuthoritySummary) => ({ authority: id, passphrase: null })
const listed = async () => (await office.authorities.issued({ ...page, authority: null })).rows
const choose = (row: number, subject: SubjectDraft, emails: string[] = []) =>
  IssueChoice.parse({ row, names: { kind: 'decided', subject, emails }, days: 30 })
const page = { offset: 0, limit: 100, search: '', status: null, sort: 'name', descending: false } as const

async function csr(name: string, subject: string): Promise<{ name: string; bytes: Uint8Array }> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`]
  const wanted = ['-addext', 'subjectAltName=DNS:evil.example']
  await served.workshop.openssl('req', '-new', ...key, '-subj', subject, ...wanted, '-out', name)
  return { name, bytes: await served.workshop.read(name) }
}

describe('a signer', () => {
  it.each([
    ['for anybody', () => ({})],
    ['for those who have its key', () => ({ profile: 'guarded', authKey: served.authKey })],
  ])('%s signs what was decided on, and it is recorded', async (_who, changes) => {
    const issuer = await connect(changes())
    expect(issuer).toMatchObject({ name: 'Remote CA', hasKey: false, signer: { address: served.url.origin } })
    const { batch, rows } = await office.authorities.readRequests(issuer.id, [
      await csr('mallory.csr', '/CN=Mallory'),
      await csr('eve.csr', '/CN=Eve'),
    ])
    const choices = rows.map(({ row }, index) => choose(row, named(['Ada', 'Grace'][index] ?? ''), ['a@acme.dev']))
    const outcome = await office.authorities.issue(signature(issuer), batch, choices)
    expect(outcome.refused).toEqual([])
    expect(outcome.issued.map(({ commonName }) => commonName)).toEqual(['Ada', 'Grace'])
    expect((await listed()).map(({ sha256 }) => sha256)).toEqual(outcome.issued.map(({ sha256 }) => sha256))
    const { pem } = await office.authorities.issuedFile(outcome.issued.slice(0, 1).map(({ sha256 }) => sha256))
    await served.workshop.write('ada.pem', pem)
    const verify = ['verify', '-purpose', 'sslclient', '-CAfile', 'ca.pem', 'ada.pem']
    expect(await served.workshop.openssl(...verify)).toContain('OK')
    const said = await served.workshop.openssl('x509', '-in', 'ada.pem', '-noout', '-subject', '-ext', 'subjectAltName')
    expect(said).toContain('CN = Ada')
    expect(said).toContain('email:a@acme.dev')
    expect(said).not.toContain('evil')
  })

  it('signs a request of one’s own, which is filed at once', async () => {
    const issuer = await connect()
    const { id } = await office.request('Ada')
    const outcome = await office.authorities.issueToIdentity(signature(issuer), id, 30)
    expect(outcome).toMatchObject({ kind: 'imported', identity: { id, issuer: 'CN=Remote CA' } })
  })

  it('is asked for no more once somebody has cancelled; what it signed before is in the list', async () => {
    const issuer = await connect()
    const files = await Promise.all(['one', 'two', 'three'].map((name) => csr(`${name}.csr`, `/CN=${name}`)))
    const { batch, rows } = await office.authorities.readRequests(issuer.id, files)
    const choices = rows.map(({ row }) => choose(row, named(`Ada ${row}`)))
    const ending = new AbortController()
    const onProgress = ({ fraction }: JobProgress) => {
      if (fraction !== 0) ending.abort()
    }
    const outcome = await office.authorities.issue(signature(issuer), batch, choices, {
      signal: ending.signal,
      onProgress,
    })
    expect(outcome.issued.map(({ commonName }) => commonName)).toEqual(['Ada 0'])
    expect(outcome.refused.map(({ row }) => row)).toEqual([1, 2])
    const again = await office.authorities.issue(signature(issuer), batch, choices)
    expect(again.issued.map(({ commonName }) => commonName)).toEqual(['Ada 1', 'Ada 2'])
    expect((await listed()).map(({ commonName }) => commonName)).toEqual(['Ada 0', 'Ada 1', 'Ada 2'])
  })

  it('is not asked where it would write what the requester wrote', async () => {
    const issuer = await connect()
    const { batch, rows } = await office.authorities.readRequests(issuer.id, [
      await csr('org.csr', '/O=Evil Org/CN=Mallory'),
      await csr('fine.csr', '/CN=Ada'),
    ])
    const choices = rows.map(({ row }, index) => choose(row, named(`Ada ${index}`)))
    const { issued, refused } = await office.authorities.issue(signature(issuer), batch, choices)
    expect(issued.map(({ commonName }) => commonName)).toEqual(['Ada 1'])
    expect(refused).toEqual([{ row: 0, reason: expect.stringContaining('“Evil Org”') }])
    const decided = choose(0, { ...named('Ada 0'), organization: 'Acme' })
    const again = await office.authorities.issue(signature(issuer), batch, [decided])
    expect(again.issued.map(({ subject }) => subject)).toEqual(['CN=Ada 0, O=Acme'])
  })
})

describe('the requester’s own names at a signer', () => {
  const requested = { kind: 'as-requested', withoutUnsupported: false } as const
  async function issueAsRequested(subject: string, wanted: string) {
    const issuer = await connect()
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'own.key']
    const more = wanted === '' ? [] : ['-addext', `subjectAltName=${wanted}`]
    await served.workshop.openssl('req', '-new', ...key, '-utf8', '-subj', subject, ...more, '-out', 'own.csr')
    const file = { name: 'own.csr', bytes: await served.workshop.read('own.csr') }
    const { batch, rows } = await office.authorities.readRequests(issuer.id, [file])
    const choices = rows.map(({ row }) => ({ row, names: requested, days: 30 }))
    return office.authorities.issue(signature(issuer), batch, choices)
  }

  it('are what comes back, in whatever order cfssl writes them', async () => {
    const { issued } = await issueAsRequested('/O=Acme/CN=Zoë/C=GB', 'DNS:a.acme.dev,IP:10.0.0.1,email:z@acme.dev')
    expect(issued.map(({ commonName }) => commonName)).toEqual(['Zoë'])
  })

  it.each([
    ['a user id', '/CN=Ada/UID=ada', '', /would leave out the requester’s User id, “ada”/u],
    [
      'an e-mail address in the subject',
      '/CN=Ada/emailAddress=a@acme.dev',
      '',
      /would leave out the requester’s E-mail/u,
    ],
    ['two Common Names', '/CN=Ada/CN=admin', '', /2 Common Names/u],
  ])('are not sent where it would write others: %s', async (_what, subject, wanted, reason) => {
    const said = await issueAsRequested(subject, wanted).then(
      ({ refused }) => refused[0]?.reason,
      (error: unknown) => (isAppError(error) ? error.detail : String(error)),
    )
    expect(said).toMatch(reason)
    expect(await listed()).toEqual([])
  })

  it('are not sent with a serial number that somebody decided against', async () => {
    const issuer = await connect()
    const file = await csr('serial.csr', '/CN=Mallory/serialNumber=1')
    const { batch } = await office.authorities.readRequests(issuer.id, [file])
    const wanted = office.authorities.issue(signature(issuer), batch, [choose(0, named('Ada'))])
    await expect(wanted).rejects.toMatchObject({ detail: expect.stringContaining('own serial number, “1”') })
  })
})

describe('a signer that cannot be used', () => {
  it('is refused when it is connected, and leaves nothing', async () => {
    await expect(connect({ address: `http://127.0.0.1:${nothingListens}` })).rejects.toMatchObject({
      code: 'signer-unreachable',
    })
    await expect(connect({ profile: 'server' })).rejects.toMatchObject({ code: 'signer-wrong' })
    for (const address of ['http://signer.example', 'file:///etc/passwd', 'signer'])
      await expect(connect({ address })).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await office.authorities.list()).toEqual([])
    expect(await office.vault.ids('signer-key')).toEqual([])
  })

  it('is told apart from one that only lost its key', async () => {
    const issuer = await connect({ profile: 'guarded', authKey: served.authKey.replace('0', '1') })
    const { id } = await office.request('Ada')
    const wanted = office.authorities.issueToIdentity(signature(issuer), id, 30)
    await expect(wanted).rejects.toMatchObject({ code: 'signer-refused' })
    expect(await listed()).toEqual([])
    await connect({ profile: 'guarded', authKey: served.authKey })
    expect(await office.authorities.list()).toHaveLength(1)
    expect(await office.authorities.issueToIdentity(signature(issuer), id, 30)).toMatchObject({ kind: 'imported' })
  })

  it('keeps no authentication key in the clear, and none that is not wanted any more', async () => {
    const issuer = await connect({ profile: 'guarded', authKey: served.authKey })
    expect(await office.vault.ids('signer-key')).toEqual([issuer.id])
    const sealed = readdirSync(join(office.home, 'vault')).filter((name) => name.startsWith('signer-key-'))
    expect(sealed).toHaveLength(1)
    await connect()
    expect(await office.vault.ids('signer-key')).toEqual([])
  })
})
