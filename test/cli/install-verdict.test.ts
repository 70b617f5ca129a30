import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AsnConvert } from '@peculiar/asn1-schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { basicConstraints, extendedKeyUsage } from '#electron/pki/authority/extensions'
import { encodePem } from '#electron/pki/containers/pem'
import type { KeyPair } from '#electron/pki/keys'
import { ids } from '#electron/pki/oids'
import { certificatePem } from '#electron/pki/x509/pem'
import { PathRule } from '#shared/model/path'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { daysFrom, type ForgedCertificate, forgeCertificate, nameOf } from '../support/forge'
import { keys } from '../support/small-pkis'

/** What `verify` says of a certificate, `install` says before it installs it. */
let here: Computer
const [rootKey, issuerKey, ...leafKeys] = keys()
const now = new Date()
const current = { notBefore: daysFrom(-10, now), notAfter: daysFrom(30, now) }
const expired = { notBefore: daysFrom(-60, now), notAfter: daysFrom(-20, now) }

const extension = (value: unknown) => new Uint8Array(AsnConvert.serialize(value))
const ca = [extension(basicConstraints(true))]
const forClients = [extension(extendedKeyUsage(ids.clientAuthentication))]
const forServers = [extension(extendedKeyUsage(ids.serverAuthentication))]

beforeAll(async () => {
  here = newComputer()
  await put('root', 'Root', { signedBy: rootKey, own: rootKey, extensions: ca })
})
afterAll(() => discard(here))

type Wanted = Partial<Omit<ForgedCertificate, 'signedBy'>> & {
  own?: KeyPair | undefined
  signedBy?: KeyPair | undefined
}

/** NAME.pem in the computer's folder. */
async function put(name: string, subject: string, { own, signedBy, ...changes }: Wanted): Promise<string> {
  if (own === undefined || signedBy === undefined) throw new Error('no key')
  const names = { subject: nameOf(subject), issuer: nameOf('Root') }
  const der = await forgeCertificate({
    ...names,
    spki: own.spki,
    signedBy,
    extensions: forClients,
    ...current,
    ...changes,
  })
  writeFileSync(join(here.folder, `${name}.pem`), certificatePem(der))
  return `${name}.pem`
}

function putKey(name: string, key: KeyPair | undefined): string {
  if (key === undefined) throw new Error('no key')
  writeFileSync(join(here.folder, `${name}.key`), encodePem('PRIVATE KEY', key.pkcs8))
  return `${name}.key`
}

const Verdict = z.object({
  valid: z.boolean(),
  reasons: z.array(z.looseObject({ rule: PathRule, sentence: z.string() })),
})
const Installed = z.looseObject({ ok: z.literal(true), verdict: Verdict })

describe.each<[string, Wanted, boolean, string | null, PathRule | null]>([
  ['good', {}, true, null, null],
  ['expired', expired, true, '“expired” has expired.', 'expired'],
  ['server', { extensions: forServers }, true, 'is not meant for client authentication', 'extended-key-usage'],
  ['orphan', {}, false, 'is missing', 'no-issuer'],
])('%s', (name, changes, withRoot, sentence, rule) => {
  it('is installed after its verdict was said, and carries it in --json', async () => {
    const own = leafKeys.pop()
    const certificate = await put(name, name, { own, signedBy: rootKey, ...changes })
    const files = [certificate, putKey(name, own), ...(withRoot ? ['root.pem'] : [])]
    // The root must not be known from an earlier import.
    const computer = withRoot ? here : newComputer()
    if (computer !== here)
      for (const file of files) writeFileSync(join(computer.folder, file), readFileSync(join(here.folder, file)))
    const { code, stdout, stderr } = await runCli(computer, ['install', '--file', ...files])
    expect([code, stdout], stderr).toEqual([0, expect.stringContaining(`“${name}” is installed in`)])
    if (sentence === null) expect(stderr).not.toContain('!')
    else expect(stderr).toMatch(new RegExp(`^! .*${sentence}`, 'mu'))
    const json = await runCli(computer, ['install', name, '--json'])
    const { verdict } = Installed.parse(JSON.parse(json.stdout))
    expect(verdict.reasons.map((reason) => reason.rule)).toEqual(rule === null ? [] : [rule])
    expect([verdict.valid, json.stderr]).toEqual([rule === null, ''])
    if (computer !== here) discard(computer)
  })
})

describe('an issuer with an expired and a renewed certificate', () => {
  let files: string[]
  beforeAll(async () => {
    const own = leafKeys.pop()
    const issuer = { own: issuerKey, signedBy: rootKey, extensions: ca }
    files = [
      await put('leaf', 'Leaf', { own, signedBy: issuerKey, issuer: nameOf('Sub') }),
      putKey('leaf', own),
      await put('old', 'Sub', { ...issuer, ...expired }),
      await put('new', 'Sub', issuer),
      'root.pem',
    ]
  })
  const convert = async (from: string[], out: string) => {
    const run = await runCli(here, ['convert', ...from, '--for', 'pem', '-o', out, '--plain-key'])
    return { ...run, text: readFileSync(join(here.folder, out), 'utf8') }
  }
  const pem = (name: string) => readFileSync(join(here.folder, `${name}.pem`), 'utf8')

  it('is converted with the renewed one', async () => {
    const { code, stderr, text } = await convert(files, 'whole.pem')
    expect([code, stderr]).toEqual([0, ''])
    expect(text).toContain(pem('new'))
    expect(text).not.toContain(pem('old'))
  })

  it('is converted with the expired one where there is no other, which is said', async () => {
    const { code, stderr, text } = await convert(
      files.filter((file) => file !== 'new.pem'),
      'expired-issuer.pem',
    )
    expect([code, stderr]).toEqual([0, expect.stringContaining('“Sub” has expired.')])
    expect(text).toContain(pem('old'))
  })

  it('is installed with the renewed one, and no issuer is said to be missing: the root is the server’s to have', async () => {
    const { code, stdout, stderr } = await runCli(here, ['install', '--file', ...files, '--json'])
    expect([code, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toMatchObject({ install: { keyPresent: true, chainPresent: true } })
  })
})
