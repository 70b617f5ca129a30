import { describe, expect, it } from 'vitest'
import { type AnswerOptions, answer, type Sender } from '#electron/main/ipc/answer'
import { AppError } from '#shared/errors'
import { type Channel, channels } from '#shared/ipc/channels'
import { contract, type Handlers } from '#shared/ipc/contract'
import { hostileInputs, neverAnObject, neverNothing } from './hostile-inputs'

const own: Sender = { isMainFrame: true, url: 'app://latchkey/index.html' }

const foreign: [string, Sender | null][] = [
  ['a frame that is gone', null],
  ['a sub-frame of our own page', { isMainFrame: false, url: 'app://latchkey/index.html' }],
  ['a web page', { isMainFrame: true, url: 'https://evil.example/' }],
  ['another host of our scheme', { isMainFrame: true, url: 'app://evil/index.html' }],
  ['a look-alike host', { isMainFrame: true, url: 'app://latchkey.evil/index.html' }],
  ['our host with another scheme', { isMainFrame: true, url: 'https://latchkey/index.html' }],
  ['user information that looks like us', { isMainFrame: true, url: 'app://latchkey@evil/index.html' }],
  ['a file', { isMainFrame: true, url: 'file:///app:/latchkey/index.html' }],
  ['a blank page', { isMainFrame: true, url: 'about:blank' }],
  ['no address', { isMainFrame: true, url: '' }],
]

/** Handlers that record being reached; what they return does not matter unless given. */
function recording(value: unknown = undefined) {
  const reached: Channel[] = []
  const answered: [Channel, number][] = []
  const bugs: unknown[] = []
  const handlers = Object.fromEntries(
    channels.map((channel) => [
      channel,
      async () => {
        reached.push(channel)
        return value
      },
    ]),
  ) as unknown as Handlers
  const options: AnswerOptions = {
    handlers,
    ownOrigin: { protocol: 'app:', host: 'latchkey' },
    onBug: (_channel, error) => bugs.push(error),
    onAnswered: (channel, milliseconds) => answered.push([channel, milliseconds]),
  }
  return { options, reached, bugs, answered }
}

describe.each(channels)('%s', (channel) => {
  const takesNothing = contract[channel].in.safeParse(undefined).success
  const inputs = [...(takesNothing ? neverNothing : neverAnObject), ...hostileInputs[channel]]

  it.each(inputs.map((input, index) => [index, input] as const))('refuses hostile input %i', async (_index, input) => {
    const { options, reached } = recording()
    const reply = await answer(channel, own, input, options)
    expect(reply).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
    expect(reached).toEqual([])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it.each(foreign)('refuses %s', async (_name, sender) => {
    const { options, reached } = recording()
    const reply = await answer(channel, sender, undefined, options)
    expect(reply).toMatchObject({ ok: false, error: { code: 'foreign-sender' } })
    expect(reached).toEqual([])
  })

  it('lets nothing out that is not in the contract', async () => {
    const { options, bugs } = recording({ privateKey: '-----BEGIN PRIVATE KEY-----' })
    const reply = await answer(channel, own, validInput(channel), options)
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(reply)).not.toContain('PRIVATE KEY')
    expect(bugs).toHaveLength(1)
  })
})

describe('an error on the way', () => {
  it('arrives with code, words and detail when it was foreseen', async () => {
    const { options } = recording()
    const handlers = {
      ...(await options.handlers),
      'vault.state': () => Promise.reject(new AppError('vault-locked', 'why')),
    }
    const reply = await answer('vault.state', own, undefined, { ...options, handlers })
    expect(reply).toMatchObject({ ok: false, error: { code: 'vault-locked', detail: 'why' } })
  })

  it('says nothing of itself when it is a bug', async () => {
    const { options, bugs } = recording()
    const handlers = {
      ...(await options.handlers),
      'vault.state': () => Promise.reject(new Error('secret at /home/ada')),
    }
    const reply = await answer('vault.state', own, undefined, { ...options, handlers })
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal', detail: null } })
    expect(bugs).toHaveLength(1)
  })

  it('of a start that failed is the answer to every call', async () => {
    const { options } = recording()
    const handlers = Promise.reject(new AppError('database-damaged'))
    const reply = await answer('vault.state', own, undefined, { ...options, handlers })
    expect(reply).toMatchObject({ ok: false, error: { code: 'database-damaged' } })
  })

  it('of what needs no start is there although it failed, and does not try again', async () => {
    const { options } = recording()
    let tries = 0
    const reply = await answer('home.openFolder', own, undefined, {
      ...options,
      get handlers() {
        tries += 1
        return Promise.reject(new AppError('database-damaged'))
      },
      early: { 'home.openFolder': async () => true },
    })
    expect([reply, tries]).toEqual([{ ok: true, value: true }, 0])
  })
})

it('names no channel twice, which Electron would refuse at the start', () => {
  expect(new Set(channels).size).toBe(channels.length)
})

it('reports how long every call took, errors too', async () => {
  const { options, answered } = recording()
  await answer('vault.state', own, undefined, options)
  await answer('vault.state', null, undefined, options)
  expect(answered).toEqual([
    ['vault.state', expect.any(Number)],
    ['vault.state', expect.any(Number)],
  ])
})

const uuid = '5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11'
const sha256 = 'a'.repeat(64)
const file = { kind: 'ticket', ticket: uuid }
const plain = { password: null, plain: true }
const setupFile = new TextEncoder().encode('latchkey-setup 1 a b\n{}\n')
const protection = { address: 'a.example', name: '', ca: null, who: { kind: 'any-certificate', names: '' } }
const signing = { authority: uuid, days: 30, passphrase: 'correct horse' }

/** The smallest input that each channel accepts, so that the output check is what is tested. */
function validInput(channel: Channel): unknown {
  const candidates: unknown[] = [
    { act: 'full-screen' },
    undefined,
    {},
    { identity: uuid },
    { identity: uuid, name: 'Ada', tags: ['work'], note: '' },
    { identities: [uuid], tag: 'work' },
    { hosts: [uuid] },
    { hosts: [uuid], tag: 'work' },
    { report: uuid, format: 'html' },
    { identity: uuid, destination: 'pem', protection: plain },
    { install: uuid },
    { host: uuid },
    { report: uuid },
    { job: uuid },
    { text: 'x' },
    { link: 'access-mtls' },
    { error: 'TypeError', code: null, frames: [] },
    { authority: uuid, passphrase: 'correct horse' },
    { identity: uuid, destination: 'curl', protection: { password: 'correct horse', plain: false } },
    { address: 'https://signer.acme.dev', label: '', profile: 'client', authKey: null },
    { commonName: 'Ada', keyCode: 'AAAA-BBBB-CCCC-DDDD' },
    { passphrase: 'correct horse' },
    { passphrase: 'correct horse', withIssuerKeys: false, job: uuid },
    { ticket: uuid, passphrase: 'correct horse', job: uuid },
    { authority: uuid, sources: null },
    { current: null, passphrase: 'correct horse' },
    { confirm: 'start afresh' },
    { minutes: 15 },
    { area: 'issuers', isOn: true },
    { id: '0123456789abcdef' },
    { source: file, password: null, job: uuid },
    { draft: { subject: { commonName: 'Ada' } }, job: uuid },
    { sources: [], password: null, staged: null, job: uuid },
    { identity: uuid, store: 'nss-user', trust: 'none' },
    { id: null, address: 'a.example' },
    { about: { identity: uuid } },
    { host: uuid, key: null },
    { host: uuid, identity: uuid },
    { identity: uuid, job: uuid },
    { identity: uuid, key: 'new', job: uuid },
    { host: uuid, identity: null, mode: 'direct', job: uuid },
    { host: null, page: {} },
    { report: uuid, side: 'with', name: 'x' },
    { action: 'allow', rule: { kind: 'valid-certificate' } },
    { scenario: 'server-error' },
    { sources: [file], password: null },
    { sources: [file], password: null, destination: 'der', pick: null, protection: plain, job: uuid },
    { sources: [file], password: null, passphrase: null, job: uuid },
    { authority: uuid },
    { authority: null },
    { authority: uuid, archived: true },
    { id: null, name: 'Staff', authority: null, days: 30, names: { subject: {} } },
    { template: uuid },
    { isOn: true },
    { allowed: true },
    {
      authority: uuid,
      names: { subject: { commonName: 'Ada' }, emails: [], dnsNames: [] },
      algorithm: 'p-256',
      days: 30,
      passphrase: 'correct horse',
      job: uuid,
    },
    { authority: uuid, batch: uuid, passphrase: 'correct horse' },
    { authority: uuid, name: 'Acme Root' },
    { authority: uuid, passphrase: 'correct horse', password: 'battery staple' },
    { address: 'https://signer.example:8888', label: '', profile: '', authKey: null },
    { commonName: 'Ada', keyCode: 'K7QD-2M5A-XWPL-3ROB' },
    { authority: uuid, sources: [file], encoding: null, job: uuid },
    { authority: uuid, form: 'pem' },
    { authority: uuid, current: 'correct horse', passphrase: 'battery staple' },
    { draft: { subject: { commonName: 'Root' }, days: 30 }, passphrase: 'correct horse', issuer: null, job: uuid },
    signing,
    { ...signing, issuer: null, job: uuid },
    { ...signing, identity: uuid },
    { ...signing, lastCrl: null },
    {
      authority: uuid,
      passphrase: 'correct horse',
      batch: uuid,
      choices: [{ row: 0, names: { kind: 'decided', subject: { commonName: 'Ada' } }, days: 30 }],
      job: uuid,
    },
    { address: 'https://grafana.acme.example', job: uuid },
    { host: uuid, sha256, job: uuid },
    { identity: uuid, hosts: [uuid], system: 'linux' },
    { certificate: sha256 },
    { certificates: [sha256] },
    { certificates: [sha256], job: uuid },
    { certificates: [sha256], days: 30, passphrase: 'correct horse', job: uuid },
    { certificates: [sha256], reason: 'superseded' },
    { copy: null },
    { certificate: sha256, reason: 'superseded' },
    { authority: uuid, choice: { kind: 'serial', serial: '1A' } },
    { target: { kind: 'serial', authority: uuid, serial: '1A' }, reason: 'superseded' },
    { certificate: sha256, days: 30, passphrase: 'correct horse' },
    { isOn: true },
    { token: 'cfut_x', account: null, keep: false, job: uuid },
    { address: 'https://a.example', visitor: { kind: 'nobody' } },
    { intent: { kind: 'block', names: ['Ada'] }, job: uuid },
    { run: uuid, job: uuid },
    { plan: uuid },
    { plan: uuid, confirmed: [], token: 'cfut_x', keepToken: false, job: uuid },
    { run: uuid, token: 'cfut_x', keepToken: false, tested: false, sendAgain: false, job: uuid },
    { from: 'Acme', sites: [], commonName: null, keyType: null, contact: null, issuers: [] },
    { file: setupFile },
    { file: setupFile, compared: null },
    { account: 'practice', draft: protection, planned: null },
    { account: 'practice', commonName: 'Ada', identity: null },
    { account: 'practice' },
    { alert: 'a', token: 'cfut_x', keepToken: false, job: uuid },
  ]
  const fitting = candidates.find((candidate) => contract[channel].in.safeParse(candidate).success)
  if (fitting === undefined && !contract[channel].in.safeParse(undefined).success)
    throw new Error(`No valid input for ${channel}`)
  return fitting
}
