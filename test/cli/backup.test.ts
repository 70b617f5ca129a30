import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type CliOptions, type Computer, discard, newComputer, runCli } from '../support/crash'

const computers: Computer[] = []
afterAll(() => computers.forEach(discard))

function computer(): Computer {
  const made = newComputer()
  computers.push(made)
  return made
}

const environment = { LATCHKEY_PASSWORD: 'battery staple', LATCHKEY_CA_PASSPHRASE: 'correct horse' }

async function run(on: Computer, args: string[], options: CliOptions = {}) {
  const { code, stdout, stderr } = await runCli(on, [...args, '--json'], { environment, ...options })
  return { exit: code, stderr, ...z.looseObject({}).parse(JSON.parse(stdout)) }
}

async function must(on: Computer, ...args: string[]): Promise<void> {
  const done = await run(on, args)
  expect(done.exit, done.stderr).toBe(0)
}

describe('latchkey backup and restore', () => {
  it('move everything to another computer, where the key still signs', async () => {
    const [old, fresh] = [computer(), computer()]
    const file = join(old.folder, 'all.latchkey-backup')
    await must(old, 'request', 'Ada', '--key', 'p-256', '-o', join(old.folder, 'ada.csr'))
    await must(old, 'ca', 'init', 'Acme Root', '--key', 'p-256')
    await must(old, 'ca', 'crl', 'Acme Root')

    const made = await run(old, ['backup', '-o', file, '--with-issuers'])
    expect(made).toMatchObject({
      exit: 0,
      file,
      contents: { certificates: 1, keys: 1, issuerKeys: 1 },
      missingKeys: [],
    })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file).includes('Ada')).toBe(false)
    expect(await run(old, ['backup', '-o', file])).toMatchObject({ exit: 2, error: { code: 'invalid-input' } })

    const dry = await run(fresh, ['restore', file, '--dry-run'])
    expect(dry).toMatchObject({ exit: 0, dryRun: true, certificates: { added: 1 }, keys: 1, waiting: ['Acme Root'] })
    expect(await run(fresh, ['list'])).toMatchObject({ total: 0 })
    const done = await run(fresh, ['restore', file])
    expect(done).toMatchObject({ exit: 0, dryRun: false, certificates: { added: 1 }, keys: 1, issuerKeys: 1 })
    expect(await run(fresh, ['list'])).toMatchObject({ total: 1, certificates: [{ name: 'Ada', keyInVault: true }] })

    const csr = join(old.folder, 'ada.csr')
    const issue = ['ca', 'issue', csr, '--cn', 'Ada', '-o', join(fresh.folder, 'ada.pem')]
    expect(await run(fresh, issue)).toMatchObject({ exit: 2, error: { code: 'last-crl-needed' } })
    expect(await run(fresh, ['ca', 'last-crl', 'Acme Root'])).toMatchObject({ exit: 2 })
    expect(await run(fresh, ['ca', 'last-crl', 'Acme Root', '--absent'])).toMatchObject({
      exit: 0,
      issuer: { needsLastCrl: false, crl: { number: '1' } },
    })
    await must(fresh, ...issue)
    // The certificate finds the key that came out of the backup.
    await must(fresh, 'install', '--file', join(fresh.folder, 'ada.pem'))
    expect(await run(fresh, ['restore', file])).toMatchObject({ exit: 0, certificates: { added: 0 }, keys: 0 })
  })

  it('take the passphrase from a file, from standard input, and nothing else', async () => {
    const here = computer()
    const file = join(here.folder, 'ada.latchkey-backup')
    const secret = join(here.folder, 'secret.txt')
    writeFileSync(secret, 'another passphrase\n')
    await must(here, 'request', 'Ada', '--key', 'p-256', '-o', join(here.folder, 'ada.csr'))
    expect(await run(here, ['backup', '-o', file], { environment: {} })).toMatchObject({
      exit: 1,
      error: { code: 'password-needed' },
    })
    expect(await run(here, ['backup', '-o', file], { environment: { LATCHKEY_PASSWORD: 'short' } })).toMatchObject({
      exit: 2,
      error: { code: 'passphrase-weak' },
    })
    await must(here, 'backup', '-o', file, '--password-file', secret)
    expect(await run(here, ['restore', file, '--dry-run'])).toMatchObject({
      error: { code: 'backup-passphrase-wrong' },
    })
    const typed = { input: 'another passphrase\n' }
    expect(await run(here, ['restore', file, '--dry-run', '--password-file', '-'], typed)).toMatchObject({
      exit: 0,
      certificates: { present: 1, added: 0 },
    })
  })

  it('refuse damaged, foreign and newer files before anything changes', async () => {
    const [here, fresh] = [computer(), computer()]
    const file = join(here.folder, 'ada.latchkey-backup')
    await must(here, 'request', 'Ada', '--key', 'p-256', '-o', join(here.folder, 'ada.csr'))
    await must(here, 'backup', '-o', file)
    const bytes = readFileSync(file)
    const cases: [string, Buffer, number][] = [
      ['backup-damaged', Buffer.concat([bytes.subarray(0, -1), Buffer.from([(bytes.at(-1) ?? 0) ^ 1])]), 1],
      ['backup-damaged', bytes.subarray(0, bytes.length - 100), 1],
      ['backup-foreign', readFileSync(join(here.folder, 'ada.csr')), 1],
      ['backup-too-new', Buffer.concat([Buffer.from('LKB7'), bytes.subarray(4)]), 3],
    ]
    for (const [code, content, exit] of cases) {
      writeFileSync(join(fresh.folder, 'x'), content)
      expect(await run(fresh, ['restore', join(fresh.folder, 'x')])).toMatchObject({ exit, error: { code } })
    }
    expect(await run(fresh, ['restore', join(fresh.folder, 'missing')])).toMatchObject({
      exit: 3,
      error: { code: 'file-unreadable' },
    })
    expect(await run(fresh, ['list'])).toMatchObject({ total: 0 })
  })

  it('say in words what they did', async () => {
    const [old, fresh] = [computer(), computer()]
    const file = join(old.folder, 'ada.latchkey-backup')
    await must(old, 'request', 'Ada', '--key', 'p-256', '-o', join(old.folder, 'ada.csr'))
    const made = await runCli(old, ['backup', '-o', file], { environment })
    expect(made.stdout).toBe(`${file}: 1 certificate (1 private key), 0 sites and 0 reports\n`)
    const restored = await runCli(fresh, ['restore', file], { environment })
    expect(restored.stdout).toMatch(/^Backup of \S+ \S+ UTC\nCertificates: 1 new\n/u)
    expect(restored.stdout).toContain('Private keys: 1 new\n')
  })
})
