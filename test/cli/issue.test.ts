import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { encodePem } from '#electron/pki/containers/pem'
import { parseRequest } from '#electron/pki/request'
import { readCertificate } from '#electron/pki/x509/read'
import { IssuedCertificate } from '#shared/model/authority'
import { derOf } from '../support/certificates'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { commonName, nameOfSets, universal, utf8 } from '../support/names'
import { openWorkshop, type Workshop } from '../support/openssl'
import { general, handmadeRequest } from '../support/requests'

/** Whose names `ca issue` writes: yours, or the requester's to the octet; never anything in between. */
let here: Computer
let workshop: Workshop
const environment = { LATCHKEY_CA_PASSPHRASE: 'correct horse' }
beforeAll(async () => {
  here = newComputer()
  workshop = await openWorkshop()
  expect((await runCli(here, ['ca', 'init', 'Acme Root', '--key', 'p-256'], { environment })).code).toBe(0)
})
afterAll(async () => {
  discard(here)
  await workshop.remove()
})

const Answer = z.looseObject({
  issued: z.array(IssuedCertificate).default([]),
  refused: z.array(z.object({ source: z.string(), reason: z.string() })).default([]),
  notes: z.array(z.object({ source: z.string(), kind: z.string(), note: z.string() })).default([]),
  pem: z.string().default(''),
  error: z.object({ code: z.string(), detail: z.string().nullable() }).optional(),
})

const at = (name: string) => join(here.folder, name)
function put(name: string, der: Uint8Array): Uint8Array {
  writeFileSync(at(name), encodePem('CERTIFICATE REQUEST', der))
  return der
}
async function issue(args: string[], more: Record<string, string> = environment) {
  const run = await runCli(here, ['ca', 'issue', ...args, '--json'], { environment: more })
  return { code: run.code, ...Answer.parse(JSON.parse(run.stdout)) }
}
const subjectOf = (pem: string) => Buffer.from(readCertificate(derOf(pem)).subject.raw).toString('hex')

describe('--accept-subject', () => {
  it.each<[string, Uint8Array, RegExp]>([
    [
      'a Common Name of 70 characters',
      nameOfSets([utf8(commonName, 'x'.repeat(70))]),
      /Common Name can have at most 64/u,
    ],
    ['an empty subject', nameOfSets(), /subject is empty/u],
    ['“Great Country”', nameOfSets([utf8('2.5.4.6', 'Great Country')], [utf8(commonName, 'Ada')]), /Country is not/u],
    ['two Common Names', nameOfSets([utf8(commonName, 'Ada')], [utf8(commonName, 'admin')]), /2 Common Names/u],
    ['control characters', nameOfSets([utf8(commonName, 'Ada\u202enimda')]), /U\+202E/u],
  ])('refuses %s, and asks for no passphrase first', async (_what, subject, reason) => {
    put('odd.csr', handmadeRequest({ subject }))
    const answer = await issue(['odd.csr', '--accept-subject'], {})
    expect(answer).toMatchObject({ code: 1, issued: [], refused: [{ source: 'odd.csr' }] })
    expect(answer.refused[0]?.reason).toMatch(reason)
    expect(answer.refused[0]?.reason).toContain('--cn')
  })

  it('takes everything else to the octet', async () => {
    const subject = nameOfSets(
      [utf8('2.5.4.10', 'Zoë & Söhne')],
      [universal(commonName, '王𠮷')],
      [utf8('0.9.2342.19200300.100.1.1', 'ada')],
      [utf8('1.2.840.113549.1.9.1', 'ada@acme.dev')],
      [utf8('1.2.3.4', 'E-1815')],
    )
    const request = put('own.csr', handmadeRequest({ subject, alternatives: [general.ip(10, 0, 0, 1)] }))
    const { code, issued, notes, pem } = await issue(['own.csr', '--accept-subject'])
    expect(code).toBe(0)
    expect(subjectOf(pem)).toBe(Buffer.from(parseRequest(request).subject.raw).toString('hex'))
    expect(issued[0]?.subject).toBe('1.2.3.4=E-1815, emailAddress=ada@acme.dev, UID=ada, CN=王𠮷, O=Zoë & Söhne')
    expect(notes).toEqual([{ source: 'own.csr', kind: 'names', note: expect.stringContaining('1.2.3.4') }])
    writeFileSync(at('own.pem'), pem)
    const said = await workshop.openssl('x509', '-in', at('own.pem'), '-noout', '-ext', 'subjectAltName')
    expect(said).toContain('IP Address:10.0.0.1')
  })

  it('leaves names out only where that was agreed to, and says so', async () => {
    const alternatives = [general.principal('ada@corp'), general.email('ada@acme.dev')]
    put('windows.csr', handmadeRequest({ subject: nameOfSets([utf8(commonName, 'Ada')]), alternatives }))
    const refused = await issue(['windows.csr', '--accept-subject'])
    expect(refused).toMatchObject({ code: 1, issued: [] })
    expect(refused.refused[0]?.reason).toMatch(/ada@corp.*--drop-unsupported/u)
    const agreed = await issue(['windows.csr', '--accept-subject', '--drop-unsupported'])
    expect(agreed).toMatchObject({ code: 0, notes: [{ kind: 'left-out', note: expect.stringContaining('ada@corp') }] })
  })
})

describe('names of one’s own', () => {
  it('say which other names and extensions were asked for', async () => {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'client.key']
    const wishes = ['subjectAltName=DNS:root.acme.dev,email:ada@acme.dev', 'basicConstraints=CA:TRUE']
    const more = wishes.flatMap((wish) => ['-addext', wish])
    writeFileSync(at('wish.csr'), await workshop.openssl('req', '-new', ...key, '-subj', '/CN=root', ...more))
    const { code, notes } = await issue(['wish.csr', '--cn', 'Bob', '--email', 'ada@acme.dev'])
    expect(code).toBe(0)
    expect(notes).toEqual([
      { source: 'wish.csr', kind: 'left-out', note: 'Asked for and left out: DNS: root.acme.dev' },
      { source: 'wish.csr', kind: 'not-as-asked', note: 'Asked for and not issued: To be an issuer (CA) itself' },
    ])
  })

  it('are never passed over in silence', async () => {
    const ways = [
      ['--accept-subject', '--cn', 'Ada'],
      ['--accept-subject', '--email', 'ada@acme.dev'],
      ['--accept-subject', '--organization', 'Acme'],
      ['--cn', 'x'.repeat(70)],
      ['--cn', 'Ada\u202e'],
      ['--cn', 'Ada', '--country', 'Germany'],
    ]
    for (const way of ways)
      expect(await issue(['wish.csr', ...way])).toMatchObject({ code: 2, error: { code: 'invalid-input' } })
  })

  it('come from a list, whose other columns are named', async () => {
    put('grace.csr', handmadeRequest({ subject: nameOfSets([utf8(commonName, 'x')]) }))
    writeFileSync(at('people.csv'), 'csr,common_name,UID,Phone Number\ngrace.csr,Grace,grace,1\n')
    const { code, issued, notes } = await issue(['grace.csr', '--csv', 'people.csv'])
    expect([code, issued.map(({ subject }) => subject)]).toEqual([0, ['CN=Grace']])
    expect(notes.map(({ kind, note }) => `${kind}: ${note}`)).toEqual([
      'ignored-column: The column “uid” is ignored',
      'ignored-column: The column “phone_number” is ignored',
    ])
  })
})

it('requests and issuers made here keep the same rules', async () => {
  for (const verb of [['request'], ['ca', 'init'], ['ca', 'intermediate', '--issuer', 'Acme Root']])
    for (const name of ['x'.repeat(70), 'Ada\u202e', 'Ada\u00a0Lovelace', 'Ada  Lovelace']) {
      const run = await runCli(here, [...verb, name, '--json'], { environment })
      expect(Answer.parse(JSON.parse(run.stdout)).error, `${verb.join(' ')} ${name}`).toMatchObject({
        code: 'invalid-input',
        detail: expect.stringContaining('subject.commonName'),
      })
    }
})
