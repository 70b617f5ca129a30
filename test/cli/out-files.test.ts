import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { keyPassword, type Walkthrough, walkThrough } from '../support/openssl'

/** `-o`: one rule for every verb. */
let here: Computer
let walk: Walkthrough
const environment = { LATCHKEY_CA_PASSPHRASE: 'correct horse', LATCHKEY_PASSWORD: keyPassword }

beforeAll(async () => {
  here = newComputer()
  walk = await walkThrough()
})
afterAll(async () => {
  discard(here)
  await walk.remove()
})

const at = (name: string) => join(here.folder, name)
const run = (...args: string[]) => runCli(here, args, { environment })

describe('a name that is taken', () => {
  const csr = () => walk.path('client.csr')
  const nobody = 'http://127.0.0.1:9'
  const verbs: [string, () => string[]][] = [
    ['request', () => ['request', 'Ada']],
    ['issue', () => ['issue', csr()]],
    ['lab', () => ['lab']],
    ['ca init', () => ['ca', 'init', 'Acme Root', '--key', 'p-256']],
    ['ca import', () => ['ca', 'import', walk.path('rootCA.pem'), '--certificate-only']],
    ['ca connect', () => ['ca', 'connect', nobody]],
    ['ca issue', () => ['ca', 'issue', csr()]],
    ['ca renew', () => ['ca', 'renew', 'Ada']],
    ['ca chain', () => ['ca', 'chain']],
    ['cfssl sign', () => ['cfssl', 'sign', csr(), '--remote', nobody]],
    ['cfssl export', () => ['cfssl', 'export', csr()]],
  ]

  it.each(verbs)('is refused by %s before anything is made', async (verb, args) => {
    writeFileSync(at('taken.pem'), 'mine')
    const option = { lab: '--chain', 'cfssl export': '--csr' }[verb] ?? '-o'
    const { code, stderr } = await run(...args(), option, at('taken.pem'))
    expect(stderr).toContain(`Already exists: ${at('taken.pem')}. Use --force`)
    expect(code).toBe(2)
    expect(readFileSync(at('taken.pem'), 'utf8')).toBe('mine')
  })

  it('has left nothing behind', async () => {
    expect((await run('list')).stdout).toContain('No certificates yet')
    expect((await run('ca', 'list')).stdout).toContain('No issuers yet')
  })
})

describe('a folder that cannot be written to', () => {
  it.each([
    ['request', ['request', 'Grace', '-o']],
    ['lab', ['lab', '--chain']],
  ])('is told in words by %s', async (_verb, args) => {
    const { code, stderr } = await run(...args, at('no-such-folder/file.pem'))
    expect([code, stderr]).toEqual([3, expect.stringContaining('no-such-folder/file.pem: ENOENT')])
  })
})

describe('the list of an issuer', () => {
  it('takes the place of its last one, and of nothing else', async () => {
    expect((await run('ca', 'init', 'Acme Root', '--key', 'p-256', '-o', at('root.pem'))).code).toBe(0)
    expect((await run('ca', 'crl', '-o', at('acme.crl'))).code).toBe(0)
    const first = readFileSync(at('acme.crl'), 'utf8')
    expect((await run('ca', 'crl', '-o', at('acme.crl'))).code).toBe(0)
    expect(readFileSync(at('acme.crl'), 'utf8')).not.toBe(first)
    const refused = await run('ca', 'crl', '-o', at('root.pem'))
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('Already exists')])
    // The number of a list that nobody gets is not used up.
    const last = await run('ca', 'crl', '--json')
    expect(JSON.parse(last.stdout)).toMatchObject({ crl: { number: '3' } })
  })

  it('of cfssl does, too', async () => {
    writeFileSync(at('serials.txt'), '1A2B3C\n')
    const args = ['cfssl', 'gencrl', at('serials.txt'), walk.path('rootCA.pem'), walk.path('rootCA.key')]
    for (const form of ['base64', 'der', 'pem']) {
      const { code, stderr } = await run(...args, '--serials', 'hex', '--form', form, '-o', at('walk.crl'))
      expect(code, stderr).toBe(0)
    }
    expect((await run(...args, '--serials', 'hex', '-o', at('acme.crl'))).code).toBe(2)
  })
})
