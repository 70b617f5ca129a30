import { createServer as createHttp, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RemoteSigner } from '#electron/cfssl/remote'
import { inlineJobs } from '#electron/jobs/inline'
import { createCfssl } from '#electron/services/cfssl'
import { type CfsslServe, serveCfssl } from '../../../support/cfssl-serve'
import type { Workshop } from '../../../support/openssl'
import { nothingListens } from '../../../support/ports'

/** A real `cfssl serve` signs, for anybody and only for those who know its key. */
let served: CfsslServe
let workshop: Workshop
const cfssl = createCfssl({ jobs: inlineJobs(), clock: { now: () => new Date() } })

beforeAll(async () => {
  served = await serveCfssl()
  workshop = served.workshop
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'ada.key']
  await workshop.openssl('req', '-new', ...key, '-subj', '/CN=Ada', '-out', 'ada.csr')
})
afterAll(() => served.stop())

const signer = (changes: Partial<RemoteSigner> = {}): RemoteSigner => ({
  url: served.url,
  label: '',
  profile: 'client',
  authKey: null,
  ...changes,
})
const sign = async (changes: Partial<RemoteSigner> = {}) =>
  cfssl.signRemotely({ name: 'ada.csr', bytes: await workshop.read('ada.csr') }, signer(changes))

describe('a running cfssl', () => {
  it.each([
    ['for anybody', () => ({})],
    ['with its key', () => ({ profile: 'guarded', authKey: served.authKey })],
  ])('signs %s', async (_who, changes) => {
    const { pem, warnings } = await sign(changes())
    expect(warnings).toEqual([])
    await workshop.write('signed.pem', pem)
    expect(await workshop.openssl('verify', '-purpose', 'sslclient', '-CAfile', 'ca.pem', 'signed.pem')).toContain('OK')
    const [own, asked] = await Promise.all([
      workshop.openssl('pkey', '-in', 'ada.key', '-pubout'),
      workshop.openssl('x509', '-in', 'signed.pem', '-noout', '-pubkey'),
    ])
    expect(asked).toBe(own)
  })

  it('refuses a wrong key and no key, in its own words', async () => {
    const wrong = { profile: 'guarded', authKey: served.authKey.replace('0', '1') }
    await expect(sign(wrong)).rejects.toMatchObject({ code: 'signer-refused' })
    await expect(sign({ profile: 'guarded' })).rejects.toMatchObject({ code: 'signer-refused' })
  })

  it('that is not there is unreachable', async () => {
    const nobody = new URL(`http://127.0.0.1:${nothingListens}`)
    await expect(sign({ url: nobody })).rejects.toMatchObject({ code: 'signer-unreachable' })
  })
})

describe('something that pretends to be cfssl', () => {
  let pretender: Server
  let answers: Record<string, string>
  beforeAll(async () => {
    pretender = createHttp((request, response) => {
      response.end(answers[request.url?.split('/').at(-1) ?? ''] ?? 'hello')
    })
    await new Promise<void>((resolve) => pretender.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => pretender.close())

  const pretend = () => ({ url: new URL(`http://127.0.0.1:${(pretender.address() as AddressInfo).port}`) })
  const success = (result: unknown) => JSON.stringify({ success: true, result, errors: [], messages: [] })

  it('and answers something else is told so', async () => {
    answers = {}
    await expect(sign(pretend())).rejects.toMatchObject({
      code: 'signer-wrong',
      detail: expect.stringContaining('not cfssl'),
    })
  })

  it('and returns a certificate for another key, or one it did not sign, is not believed', async () => {
    const ca = (await workshop.read('ca.pem')).toString()
    const info = success({ certificate: ca, usages: ['client auth'], expiry: '1h' })
    await workshop.openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-subj',
      '/CN=Eve',
      '-addext',
      'basicConstraints=CA:FALSE',
      '-keyout',
      'eve.key',
      '-out',
      'eve.pem',
    )
    answers = { info, sign: success({ certificate: (await workshop.read('eve.pem')).toString() }) }
    await expect(sign(pretend())).rejects.toMatchObject({ code: 'signer-wrong', detail: 'It is for another key.' })
    answers = { info, sign: success({ certificate: ca }) }
    await expect(sign(pretend())).rejects.toMatchObject({
      code: 'signer-wrong',
      detail: expect.stringContaining('CA:TRUE'),
    })
    const own = [
      'req',
      '-x509',
      '-key',
      'ada.key',
      '-subj',
      '/CN=Ada',
      '-days',
      '1',
      '-addext',
      'basicConstraints=CA:FALSE',
      '-out',
      'self.pem',
    ]
    await workshop.openssl(...own)
    answers = { info, sign: success({ certificate: (await workshop.read('self.pem')).toString() }) }
    await expect(sign(pretend())).rejects.toMatchObject({
      code: 'signer-wrong',
      detail: expect.stringContaining('not signed by'),
    })
  })
})
