import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { encodePem } from '#electron/pki/containers/pem'
import { CertificateView } from '#shared/model/certificate'
import { PathReason } from '#shared/model/path'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { noon } from '../support/forge'
import { type Walkthrough, walkThrough } from '../support/openssl'
import { defects, forgePki, keys, type SmallPki } from '../support/small-pkis'

let here: Computer
let walk: Walkthrough

const shape = {
  intermediates: 1,
  limitsLength: true,
  namesUses: true,
  namesKeyUsage: true,
  constrainsNames: false,
  edgeDates: false,
  withCrls: true,
}
const then = ['--at', noon.toISOString()]

const put = (name: string, content: string | Uint8Array) => writeFileSync(join(here.folder, name), content)
const pemOf = (label: string, all: Uint8Array[]) => all.map((der) => encodePem(label, der)).join('')

function putPki(name: string, { leaf, issuers, crls }: SmallPki): void {
  put(`${name}.pem`, pemOf('CERTIFICATE', [leaf]))
  put(`${name}-chain.pem`, pemOf('CERTIFICATE', issuers))
  put(`${name}.crl`, pemOf('X509 CRL', crls))
}

const Note = PathReason.extend({ sentence: z.string() })
const Worded = Note.extend({ remedy: z.string() })
const Answer = z.strictObject({
  version: z.literal(2),
  verb: z.literal('verify'),
  ok: z.boolean(),
  valid: z.boolean(),
  at: z.string(),
  path: z.array(CertificateView),
  reasons: z.array(Worded),
  notes: z.array(Note),
})

async function verify(...args: string[]) {
  const { code, stdout, stderr } = await runCli(here, ['verify', ...args, '--json'])
  expect(stderr).toBe('')
  return { code, answer: Answer.parse(JSON.parse(stdout)) }
}

beforeAll(async () => {
  here = newComputer()
  walk = await walkThrough()
  put('client.pem', walk.clientPem)
  put('ca-chain.pem', walk.chainPem)
  put('intermediate.pem', walk.intermediatePem)
  put('root.pem', walk.rootPem)
  const pool = keys()
  putPki('good', await forgePki(shape, pool, null, 0))
  const revoked = defects.find(({ rule }) => rule === 'revoked') ?? null
  putPki('revoked', await forgePki(shape, pool, revoked, 0))
})
afterAll(async () => {
  discard(here)
  await walk.remove()
})

describe('the walkthrough’s own certificate', () => {
  it('is valid with its chain, which ends in what was uploaded', async () => {
    const { code, answer } = await verify('client.pem', '--chain', 'ca-chain.pem')
    expect(code).toBe(0)
    expect(answer).toMatchObject({ ok: true, valid: true, reasons: [] })
    expect(answer.path.map(({ commonName }) => commonName)).toEqual([
      'John Doe',
      'Walkthrough Intermediate',
      'Walkthrough Root',
    ])
    expect(answer.notes.map(({ rule }) => rule)).toContain('extended-key-usage')
  })

  it('is valid with roots of one’s own', async () => {
    const { answer } = await verify('client.pem', '--chain', 'intermediate.pem', '--roots', 'root.pem')
    expect(answer.valid).toBe(true)
    const other = await verify('client.pem', '--chain', 'ca-chain.pem', '--roots', 'good-chain.pem')
    expect(other.code).toBe(1)
    expect(other.answer.reasons.map(({ rule }) => rule)).toEqual(['untrusted-root'])
  })

  it('is not valid without its issuer, or after its end', async () => {
    const alone = await verify('client.pem')
    expect(alone.code).toBe(1)
    expect(alone.answer).toMatchObject({ ok: false, valid: false })
    expect(alone.answer.reasons).toMatchObject([{ rule: 'no-issuer', about: 'John Doe' }])
    const late = await verify('client.pem', '--chain', 'ca-chain.pem', '--at', '2099-01-01')
    expect(late.answer.at).toBe('2099-01-01T00:00:00.000Z')
    expect(late.answer.reasons.map(({ rule }) => rule)).toEqual(['expired', 'expired', 'expired'])
  })

  it('is spoken of in words', async () => {
    const { code, stdout } = await runCli(here, ['verify', 'client.pem'])
    expect(code).toBe(1)
    expect(stdout).toContain('“John Doe” is NOT valid')
    expect(stdout).toContain('The issuer’s certificate for “John Doe” is missing.')
    expect(stdout).toContain('Ask the issuer (CA)')
  })
})

describe('revocation', () => {
  it('counts where a CRL is given, and may be asked for', async () => {
    const chain = ['--chain', 'good-chain.pem', ...then]
    expect((await verify('good.pem', ...chain, '--crl', 'good.crl', '--require-crl')).answer.reasons).toEqual([])
    const without = await verify('good.pem', ...chain)
    expect(without.code).toBe(0)
    expect(without.answer.notes.map(({ rule }) => rule)).toEqual(['revocation-unknown', 'revocation-unknown'])
    expect((await verify('good.pem', ...chain, '--require-crl')).code).toBe(1)
  })

  it('names the revoked certificate', async () => {
    const chain = ['--chain', 'revoked-chain.pem', '--crl', 'revoked.crl', ...then]
    const { code, answer } = await verify('revoked.pem', ...chain)
    expect(code).toBe(1)
    expect(answer.reasons).toMatchObject([{ rule: 'revoked', about: 'Ada', certificate: answer.path[0]?.sha256 }])
  })
})

describe('what cannot be judged', () => {
  it.each<[string, number, string[]]>([
    ['no file named', 2, []],
    ['a date that is none', 2, ['client.pem', '--at', 'tomorrow']],
    ['an unknown option', 2, ['client.pem', '--colour']],
    ['a broken file', 1, ['broken.pem']],
    ['a file without a certificate', 1, ['good.crl']],
  ])('%s', async (_, code, args) => {
    put('broken.pem', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n')
    expect((await runCli(here, ['verify', ...args])).code).toBe(code)
  })
})
