import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { z } from 'zod'
import { issueAsRequested } from '#electron/pki/authority/client'
import { createRoot } from '#electron/pki/authority/root'
import { decodePem } from '#electron/pki/containers/pem'
import { certificatePem } from '#electron/pki/x509/pem'
import { certificateSha256 } from '#electron/pki/x509/read'
import { MadeSetup } from '#shared/model/setup-file'
import { named as namedSubject } from '../support/certificates'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { isPartOfToday } from '../support/rounds'

const computers: Computer[] = []
afterAll(() => computers.forEach(discard))

function computer(): Computer {
  const made = newComputer()
  computers.push(made)
  return made
}

async function run(on: Computer, ...args: string[]) {
  const { code, stdout, stderr } = await runCli(on, ['setup-file', ...args, '--json'])
  return { exit: code, stderr, ...z.looseObject({}).parse(JSON.parse(stdout)) }
}

const Made = z.looseObject(MadeSetup.pick({ key: true, link: true }).shape)
const details = ['--site', 'admin.example.com', '--cn', '{name}', '--key', 'p-256', '--contact', 'it@example.com']

it('goes from the administrator to the holder, who compares the code once', async () => {
  const [office, home] = [computer(), computer()]
  const file = join(office.folder, 'acme.latchkey')
  const made = await run(office, 'make', 'Acme IT', ...details, '--ca', 'AB:'.repeat(31).concat('AB'), '-o', file)
  expect(made).toMatchObject({
    exit: 0,
    file,
    setup: { sites: ['https://admin.example.com/'], issuers: ['ab'.repeat(32)] },
  })
  const { key, link } = Made.parse(made)
  expect(await run(office, 'key')).toMatchObject({ exit: 0, key })

  expect(await run(home, 'use', file)).toMatchObject({ exit: 1, error: { code: 'setup-unverified' } })
  expect(await run(home, 'use', file, '--code', 'nonsense')).toMatchObject({
    exit: 2,
    error: { code: 'invalid-input' },
  })
  expect(await run(home, 'use', file, '--code', key.code.toLowerCase())).toMatchObject({
    exit: 0,
    added: ['https://admin.example.com/'],
  })
  expect(await run(home, 'use', link ?? '')).toMatchObject({ exit: 0, added: [] })
  const { stdout } = await runCli(home, ['setup-file', 'show', file])
  expect(stdout).toMatch(/^From: Acme IT, .*\nVerified: you have compared the code of this key before\. Code: /u)
  expect(stdout).toContain(
    'Site: https://admin.example.com/ (in your list already)\nCommon Name: {name}\nKey type: p-256',
  )
})

it.runIf(isPartOfToday(1, 3))('compares what arrives with the CA that was named, before it is installed', async () => {
  const here = computer()
  const now = new Date(Date.now() - 60_000)
  const [named, other] = await Promise.all(
    ['Acme CA', 'Acme CA'].map((name) => createRoot({ subject: namedSubject(name), algorithm: 'p-256', days: 9, now })),
  )
  if (named === undefined || other === undefined) throw new Error('no CA')
  const wanted = certificateSha256(named.certificate)
    .replaceAll(/..(?!$)/gu, '$&:')
    .toUpperCase()
  const asked = await runCli(here, ['request', 'Ada', '--key', 'p-256', '--ca', wanted, '-o', 'ada.csr', '--json'])
  expect(asked.code, asked.stderr).toBe(0)
  expect((await runCli(here, ['request', 'Bob', '--ca', 'ab:cd', '--json'])).code).toBe(2)
  const [request] = decodePem(readFileSync(join(here.folder, 'ada.csr'), 'utf8'))
  const certificate = await issueAsRequested({
    requestDer: request?.der ?? new Uint8Array(),
    issuerCertificate: other.certificate,
    issuerKey: other.pkcs8,
    days: 5,
    now,
  })
  const path = join(here.folder, 'client.pem')
  writeFileSync(path, certificatePem(certificate) + certificatePem(other.certificate))
  const install = ['install', '--file', path, '--trust', 'none']
  const first = await runCli(here, [...install, '--json'])
  expect(JSON.parse(first.stdout)).toMatchObject({ ok: true, issuerDoubt: 'other' })
  expect((await runCli(here, install)).stderr).toContain(
    '! Issued by a CA other than the one your administrator named. Its issuer is “Acme CA”.',
  )
})

it.runIf(isPartOfToday(0, 3))('refuses what was changed, what is newer, and a link that carries none', async () => {
  const here = computer()
  const { stdout } = await runCli(here, ['setup-file', 'make', 'Acme IT', ...details])
  const put = (name: string, text: string) => {
    const path = join(here.folder, name)
    writeFileSync(path, text)
    return path
  }
  const cases: [string, string, string, number][] = [
    ['changed.latchkey', stdout.replace('admin', 'evils'), 'setup-damaged', 1],
    ['newer.latchkey', stdout.replace('latchkey-setup 1', 'latchkey-setup 2'), 'setup-too-new', 3],
  ]
  for (const [name, text, code, exit] of cases)
    expect(await run(here, 'use', put(name, text)), name).toMatchObject({ exit, error: { code } })
  expect(await run(here, 'use', 'latchkey://setup#AAAA')).toMatchObject({ exit: 1, error: { code: 'setup-damaged' } })
})
