import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveCfssl } from '../support/cfssl-serve'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { openWorkshop, type Workshop } from '../support/openssl'

/** The walkthrough's own JSON, with smaller keys, which are quicker. */
const names = [{ C: 'US', L: 'Austin', O: 'Access Testing', OU: 'TX', ST: 'Texas' }]
const key = { algo: 'rsa', size: 2048 }
const authority = { CN: 'Access Testing CA', key, names }
const client = { CN: 'James Royal', hosts: [''], key, names }
const config = {
  signing: {
    default: { expiry: '8760h' },
    profiles: { client: { usages: ['signing', 'key encipherment', 'client auth'], expiry: '8760h' } },
  },
}

let here: Computer
let workshop: Workshop
beforeAll(async () => {
  here = newComputer()
  workshop = await openWorkshop()
  put('ca-csr.json', JSON.stringify(authority))
  put('client-csr.json', JSON.stringify(client))
  put('ca-config.json', JSON.stringify(config))
})
afterAll(async () => {
  discard(here)
  await workshop.remove()
})

const path = (name: string) => join(here.folder, name)
const put = (name: string, content: string) => writeFileSync(path(name), content)

async function latchkey(...args: string[]) {
  const run = await runCli(here, [...args, '--json'])
  return { code: run.code, answer: JSON.parse(run.stdout) as Record<string, unknown> }
}

describe('the cfssl walkthrough', () => {
  it('with its own spelling makes root and client, which openssl accepts', async () => {
    const root = await latchkey('cfssl', 'gencert', '-initca', 'ca-csr.json')
    expect(root).toMatchObject({ code: 0, answer: { files: ['ca.pem', 'ca-key.pem', 'ca.csr'], warnings: [] } })
    const signing = ['-ca=ca.pem', '-ca-key=ca-key.pem', '-config=ca-config.json', '-profile=client']
    const leaf = await latchkey('cfssl', 'gencert', ...signing, 'client-csr.json')
    expect(leaf).toMatchObject({ code: 0, answer: { warnings: [{ code: 'empty-host' }] } })
    expect(statSync(path('client-key.pem')).mode & 0o777).toBe(0o600)
    const verify = ['verify', '-purpose', 'sslclient', '-CAfile', path('ca.pem'), path('client.pem')]
    expect(await workshop.openssl(...verify)).toContain('OK')
  })

  it('overwrites nothing unseen, and refuses before it makes a key', async () => {
    const before = readFileSync(path('ca-key.pem'), 'utf8')
    // A key that nobody can make: whoever got as far as the key would say that instead.
    put('impossible-csr.json', JSON.stringify({ ...authority, key: { algo: 'ed25519', size: 256 } }))
    const again = await latchkey('cfssl', 'gencert', '--initca', 'impossible-csr.json', '--bare', 'ca')
    expect(again).toMatchObject({
      code: 2,
      answer: { error: { code: 'invalid-input', detail: expect.stringContaining('ca.pem, ca-key.pem, ca.csr') } },
    })
    expect(readFileSync(path('ca-key.pem'), 'utf8')).toBe(before)
  })

  it('leaves nothing beside one name that was taken', async () => {
    symlinkSync('nowhere', path('half.csr'))
    const half = await latchkey('cfssl', 'gencert', '--initca', 'ca-csr.json', '--bare', 'half')
    expect(half).toMatchObject({ code: 2, answer: { error: { detail: expect.stringContaining(': half.csr.') } } })
    expect([existsSync(path('half.pem')), existsSync(path('half-key.pem')), existsSync(path('nowhere'))]).toEqual([
      false,
      false,
      false,
    ])
    const forced = await latchkey('cfssl', 'gencert', '--initca', 'ca-csr.json', '--bare', 'half', '--force')
    expect(forced.code).toBe(0)
    expect(statSync(path('half-key.pem')).mode & 0o777).toBe(0o600)
  })

  it('asks how serial numbers are written, then revokes what was meant', async () => {
    const serial = (await workshop.openssl('x509', '-in', path('client.pem'), '-noout', '-serial')).trim().slice(7)
    put('serials.txt', `${serial}\n1234\n`)
    const unclear = await latchkey('cfssl', 'gencrl', 'serials.txt', 'ca.pem', 'ca-key.pem')
    expect(unclear).toMatchObject({ code: 2, answer: { error: { code: 'invalid-input' } } })
    const made = await latchkey(
      'cfssl',
      'gencrl',
      'serials.txt',
      'ca.pem',
      'ca-key.pem',
      '--serials',
      'hex',
      '-o',
      'ca.crl',
    )
    expect(made.code).toBe(0)
    const check = ['verify', '-crl_check', '-CAfile', path('ca.pem'), '-CRLfile', path('ca.crl'), path('client.pem')]
    await expect(workshop.openssl(...check)).rejects.toThrow(/certificate revoked/u)
  })

  it('goes back: a certificate becomes the files that make its like', async () => {
    const exported = await latchkey(
      'cfssl',
      'export',
      'ca.pem',
      '--csr',
      'again-csr.json',
      '--config',
      'again-config.json',
    )
    expect(exported).toMatchObject({ code: 0, answer: { csr: { ...authority, ca: { expiry: '43800h' } } } })
    await workshop.run('cfssl', ['gencert', '-initca', path('again-csr.json')])
    expect(existsSync(path('again-config.json'))).toBe(true)
  })
})

it('a running cfssl signs for an issuer whose key it has', async () => {
  const served = await serveCfssl()
  const mine = newComputer()
  try {
    writeFileSync(join(mine.folder, 'key.txt'), `${served.authKey}\n`)
    const guarded = ['--profile', 'guarded', '--auth-key-file', 'key.txt']
    const connected = await runCli(mine, ['ca', 'connect', served.url.href, ...guarded, '-o', 'ca.pem'])
    expect(connected.code, connected.stderr).toBe(0)
    expect((await runCli(mine, ['request', 'Ada', '--key', 'p-256', '-o', 'ada.csr'])).code).toBe(0)
    const issued = await runCli(mine, ['ca', 'issue', 'ada.csr', '--cn', 'Ada Lovelace', '-o', 'ada.pem'])
    expect(issued.code, issued.stderr).toBe(0)
    const verify = ['verify', '-purpose', 'sslclient', '-CAfile', join(mine.folder, 'ca.pem')]
    expect(await workshop.openssl(...verify, join(mine.folder, 'ada.pem'))).toContain('OK')
    expect((await runCli(mine, ['ca', 'list'])).stdout).toContain(`signed at ${served.url.origin}`)
  } finally {
    discard(mine)
    await served.stop()
  }
})
