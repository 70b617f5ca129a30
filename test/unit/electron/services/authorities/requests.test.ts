import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AuthoritySummary, IssueChoice, type RequestPreview } from '#shared/model/authority'
import { StagedId } from '#shared/model/ids'
import { type Office, openOffice, passphrase } from '../../../../support/authorities'
import { named } from '../../../../support/certificates'
import { temporaryFolder } from '../../../../support/home'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

/** Requests of strangers, and lists that name them. */
let workshop: Workshop
let office: Office
let root: AuthoritySummary
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.remove())
beforeEach(async () => {
  office = openOffice(temporaryFolder())
  root = await office.create('Acme Root')
})
afterEach(() => office.close())

async function csr(subject: string, ...more: string[]): Promise<string> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem']
  return workshop.openssl('req', '-new', ...key, '-subj', subject, ...more)
}
const readAll = (files: Record<string, string | Uint8Array>) =>
  office.authorities.readRequests(
    root.id,
    Object.entries(files).map(([name, content]) => ({ name, bytes: Buffer.from(content) })),
  )
const issue = (batch: StagedId, choices: IssueChoice[], word = passphrase) =>
  office.authorities.issue({ authority: root.id, passphrase: word }, batch, choices)
const choose = ({ row, form, requested }: RequestPreview, commonName = requested.commonName) =>
  IssueChoice.parse({
    row,
    names: { kind: 'decided', ...form, subject: { ...form.subject, commonName } },
    days: 90,
  })
const only = <T>([first]: T[]): T => {
  if (first === undefined) throw new Error('nothing there')
  return first
}

describe('requests', () => {
  it('are shown with what they ask for, and what is in the way', async () => {
    const good = await csr(
      '/CN=The Boss',
      '-addext',
      'subjectAltName=email:a@example.com',
      '-addext',
      'basicConstraints=CA:TRUE',
    )
    await workshop.openssl('genpkey', '-algorithm', 'ED25519', '-out', 'ed.pem')
    const files = {
      'good.csr': good,
      'ed.csr': await workshop.openssl('req', '-new', '-key', 'ed.pem', '-subj', '/CN=Ed'),
      'again.csr': good,
      'nameless.csr': await csr('/O=Acme'),
      'garbage.csr': 'This is no request.',
      'key.pem': await workshop.read('key.pem'),
    }
    const { rows, unreadable } = await readAll(files)
    expect(rows.map(({ row, source, requested, refusal }) => [row, source, requested.commonName, refusal])).toEqual([
      [0, 'good.csr', 'The Boss', null],
      [1, 'ed.csr', 'Ed', expect.stringContaining('Ed25519')],
      [2, 'again.csr', 'The Boss', expect.stringContaining('same key')],
      [3, 'nameless.csr', null, null],
    ])
    expect(only(rows)).toMatchObject({
      listed: null,
      requested: {
        subject: 'CN=The Boss',
        commonName: 'The Boss',
        alternatives: ['E-mail: a@example.com'],
        leftOut: [],
        refusal: null,
      },
      form: { emails: ['a@example.com'] },
      extensions: [{ words: 'To be an issuer (CA) itself', isIssued: false }],
    })
    expect(unreadable.map(({ source }) => source)).toEqual(['garbage.csr', 'key.pem'])
  })

  it('are issued under the name that was decided on, once, and only what may be', async () => {
    const { batch, rows } = await readAll({ 'boss.csr': await csr('/CN=The Boss'), 'x.csr': await csr('/CN=X') })
    const [boss, other] = rows.map((row) => choose(row, 'Ada'))
    if (boss === undefined || other === undefined) throw new Error('no rows')
    expect(() => choose(only(rows), 'Ada\u202e')).toThrow('U+202E')
    const { issued, refused } = await issue(batch, [boss, boss, { ...other, row: 7 }])
    expect(issued.map(({ subject }) => subject)).toEqual(['CN=Ada'])
    expect(refused).toEqual([
      { row: 0, reason: 'A certificate has already been issued for it.' },
      { row: 7, reason: 'There is no such request.' },
    ])
    expect((await issue(batch, [boss, other])).refused).toMatchObject([{ row: 0 }])
    expect((await office.authorities.detail(root.id)).summary.issued).toBe(2)
  })

  it('wait for the right passphrase, and not for ever', async () => {
    const { batch, rows } = await readAll({ 'a.csr': await csr('/CN=A') })
    const choices = [choose(only(rows))]
    await expect(issue(batch, choices, 'not this one')).rejects.toMatchObject({ code: 'passphrase-wrong' })
    expect((await issue(batch, choices)).issued).toHaveLength(1)
    office.later(1)
    await expect(issue(batch, choices)).rejects.toMatchObject({ code: 'ticket-expired' })
    const unknown = StagedId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11')
    await expect(issue(unknown, choices)).rejects.toMatchObject({ code: 'ticket-expired' })
  })
})

describe('a batch', () => {
  it('that is stopped leaves nothing behind, and can be signed again', async () => {
    const stoppable = openOffice(temporaryFolder())
    const ca = await stoppable.create('Acme Root')
    const bytes = Buffer.from(await csr('/CN=A'))
    const { batch, rows } = await stoppable.authorities.readRequests(ca.id, [{ name: 'a.csr', bytes }])
    const ending = new AbortController()
    const sign = () =>
      stoppable.authorities.issue(
        { authority: ca.id, passphrase },
        batch,
        rows.map((row) => choose(row)),
        { signal: ending.signal, onProgress: () => ending.abort() },
      )
    await expect(sign()).rejects.toMatchObject({ code: 'cancelled' })
    expect((await stoppable.authorities.detail(ca.id)).summary.issued).toBe(0)
    const { issued } = await stoppable.authorities.issue(
      { authority: ca.id, passphrase },
      batch,
      rows.map((row) => choose(row)),
    )
    expect(issued).toHaveLength(1)
    await stoppable.close()
  })
})

describe('a list', () => {
  it('decides on the names, and follows requests by file or holds them itself', async () => {
    const inside = (await csr('/CN=Somebody')).replace(/\n/gu, '\r\n')
    const list = [
      'csr,common_name,organization,country,emails',
      'a.csr,Ada Lovelace,"Acme, Ltd",gb,ada@example.com ada@acme.example',
      `"${inside}",Bob,,,`,
    ].join('\n')
    const { rows, unreadable } = await readAll({
      'a.csr': await csr('/CN=Root'),
      'more.csr': await csr('/CN=More'),
      'list.csv': list,
    })
    expect(unreadable).toEqual([])
    expect(rows.map(({ source, listed }) => [source, listed?.subject.commonName])).toEqual([
      ['list.csv, line 2', 'Ada Lovelace'],
      ['list.csv, line 3', 'Bob'],
      ['more.csr', undefined],
    ])
    expect(only(rows).listed).toEqual({
      subject: { ...named('Ada Lovelace'), organization: 'Acme, Ltd', country: 'GB' },
      emails: ['ada@example.com', 'ada@acme.example'],
      dnsNames: [],
    })
    const { issued } = await office.issueAll(root, { 'a.csr': await csr('/CN=Root'), 'list.csv': 'csr,cn\na.csr,Ada' })
    expect(issued.map(({ commonName }) => commonName)).toEqual(['Ada'])
  })

  it('catches an exchanged key', async () => {
    const { keyCode } = only((await readAll({ 'a.csr': await csr('/CN=A') })).rows)
    const list = `csr,common_name,key_code\nb.csr,Bob,${keyCode.toLowerCase()}\n`
    const { rows } = await readAll({ 'b.csr': await csr('/CN=Bob'), 'list.csv': list })
    expect(only(rows).refusal).toContain('someone may have replaced it')
  })

  it('says line by line what it cannot use', async () => {
    const list = [
      'csr,common_name,key_code,country',
      'missing.csr,Ada,,',
      'a.csr,,,',
      'a.csr,Ada,NOT-A-CODE,',
      'a.csr,Ada,,Germany',
      '-----BEGIN CERTIFICATE REQUEST----- broken,Ada,,',
    ].join('\n')
    const { rows, listFaults } = await readAll({ 'a.csr': await csr('/CN=A'), 'list.csv': list, 'bad.csv': 'a,a\n1,2' })
    expect(rows).toEqual([])
    expect(listFaults.map(({ source, reason }) => `${source}: ${reason}`)).toEqual([
      'list.csv, line 2: The column “csr” neither names a chosen file with a request nor contains one.',
      expect.stringMatching(/^list\.csv, line 3: The column “common_name”: /u),
      'list.csv, line 4: The column “key_code” is not a key code.',
      expect.stringMatching(/^list\.csv, line 5: The column “country”: /u),
      'list.csv, line 6: The column “csr” neither names a chosen file with a request nor contains one.',
      'bad.csv: The column “a” appears twice.',
    ])
  })

  it.each([
    ['csr,name\na.csr,Ada', 'There is no column “common_name” in its first line.'],
    ['file,common_name\na.csr,Ada', 'There is no column “csr” in its first line.'],
    ['csr,common_name\na.csr', /^The column “common_name”: /u],
  ])('names the column that %j lacks', async (list, reason) => {
    const { listFaults } = await readAll({ 'a.csr': await csr('/CN=A'), 'list.csv': list })
    expect(listFaults).toMatchObject([{ reason: expect.stringMatching(reason), needsEncoding: false }])
  })

  it.each(['./a.csr', 'requests/a.csr', 'requests\\a.csr', 'C:\\Users\\Ada\\a.csr'])(
    'finds %s by its file name',
    async (cell) => {
      const { rows, listFaults } = await readAll({
        'a.csr': await csr('/CN=A'),
        'list.csv': `csr,common_name\n${cell},Ada`,
      })
      expect(listFaults).toEqual([])
      expect(only(rows)).toMatchObject({ source: 'list.csv, line 2', listed: { subject: { commonName: 'Ada' } } })
    },
  )

  it('may be of any Unicode encoding; another one is asked for', async () => {
    const text = 'csr,common_name\na.csr,Jörg €'
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
    const windows = Buffer.from(text.replace('€', '\u0080'), 'latin1')
    const files = (list: Uint8Array) => [
      { name: 'a.csr', bytes: request },
      { name: 'list.csv', bytes: list },
    ]
    const request = Buffer.from(await csr('/CN=A'))
    for (const list of [Buffer.from(text), Buffer.from(utf16), Buffer.from(utf16).swap16()]) {
      const { rows } = await office.authorities.readRequests(root.id, files(list))
      expect(only(rows).listed?.subject.commonName).toBe('Jörg €')
    }
    const unknown = await office.authorities.readRequests(root.id, files(windows))
    expect(unknown.listFaults).toMatchObject([{ source: 'list.csv', needsEncoding: true }])
    const told = await office.authorities.readRequests(root.id, files(windows), { encoding: 'windows-1252' })
    expect(only(told.rows).listed?.subject.commonName).toBe('Jörg €')
  })

  it('can be stopped', async () => {
    const stopped = AbortSignal.abort()
    const files = [{ name: 'a.csr', bytes: Buffer.from(await csr('/CN=A')) }]
    const reading = office.authorities.readRequests(root.id, files, { signal: stopped })
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' })
  })
})
