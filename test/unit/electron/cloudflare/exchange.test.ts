import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCloudflareApi } from '#electron/cloudflare/client'
import { askServer } from '#electron/platform/ask-server'
import { systemClock } from '#electron/platform/clock'
import { systemWait } from '#electron/platform/wait'
import { clientOf, ofAccount } from '../../../support/cloudflare/client'
import { type CloudflareDouble, type Fault, startCloudflareDouble } from '../../../support/cloudflare/double'
import { nothingListens } from '../../../support/ports'

let double: CloudflareDouble
beforeEach(async () => {
  double = await startCloudflareDouble()
})
afterEach(() => double.stop())

const path = '/access/apps'
const refused = (status: number, code: number, message: string): Fault => ({
  kind: 'status',
  status,
  body: { success: false, errors: [{ code, message }], messages: [], result: null },
})

describe('what is no answer', () => {
  it.each<[string, Fault, string]>([
    ['a login page with status 200', { kind: 'html' }, 'It is not JSON but “text/html”.'],
    ['JSON that ends early', { kind: 'truncated' }, 'It is incomplete JSON.'],
    ['a failure with status 200', { kind: 'not-success' }, 'HTTP status 200, but not “success”.'],
    ['an endless page', { kind: 'endless' }, 'The response is too large.'],
    [
      'a redirect',
      { kind: 'status', status: 302, headers: { location: 'https://elsewhere.example/' } },
      'HTTP status 302',
    ],
    ['a proxy’s refusal', { kind: 'status', status: 403 }, 'HTTP status 403'],
  ])('%s: an error, never an empty list', async (_what, fault, detail) => {
    double.upset('GET', path, fault)
    const { api, pauses } = clientOf(double)
    await expect(api.applications(ofAccount)).rejects.toMatchObject({ code: 'cloudflare-answer-wrong', detail })
    expect(pauses).toEqual([])
    expect(double.journal).toHaveLength(1)
  })

  it('fields of another kind than documented are named, but not their content', async () => {
    double.world.applications.push({
      id: 'x',
      zone: null,
      aud: 'secret-aud',
      fields: { type: 7, domain: 'a' },
      links: [],
    })
    await expect(clientOf(double).api.applications(ofAccount)).rejects.toMatchObject({
      code: 'cloudflare-answer-wrong',
      detail: 'applications.0.type: Invalid input: expected string, received number',
    })
  })
})

describe('faults that pass', () => {
  it.each<[string, Fault]>([
    ['a cut connection', { kind: 'cut-before' }],
    ['a fault of the API', { kind: 'status', status: 502 }],
    ['an answer that was lost', { kind: 'cut-after' }],
  ])('%s: a read is repeated', async (_what, fault) => {
    double.upset('GET', path, fault)
    const { api, pauses } = clientOf(double)
    expect(await api.applications(ofAccount)).toEqual([])
    expect(pauses).toEqual([{ seconds: 1, reason: 'unreachable' }])
  })

  it('end as an error after four attempts', async () => {
    for (let times = 0; times < 5; times += 1) double.upset('GET', path, { kind: 'cut-before' })
    const { api, pauses } = clientOf(double)
    await expect(api.applications(ofAccount)).rejects.toMatchObject({ code: 'cloudflare-unreachable' })
    expect(pauses.map(({ seconds }) => seconds)).toEqual([1, 4, 10])
    expect(double.journal).toHaveLength(4)
  })

  it('nobody there is said at once by name', async () => {
    const { api } = clientOf({ ...double, base: `http://127.0.0.1:${nothingListens}/client/v4` })
    await expect(api.applications(ofAccount)).rejects.toMatchObject({
      code: 'cloudflare-unreachable',
      detail: expect.stringContaining('ECONNREFUSED'),
    })
  })
})

describe('too many requests', () => {
  const limited = (headers: Record<string, string>): Fault => ({ kind: 'status', status: 429, headers })

  it.each<[string, Record<string, string>, number]>([
    ['with a number of seconds', { 'retry-after': '27' }, 27],
    ['with a date', { 'retry-after': 'Sun, 01 Mar 2026 12:01:00 GMT' }, 60],
    ['without a word', {}, 1],
    ['with nonsense', { 'retry-after': 'soon' }, 1],
  ])('%s: waits as long as it is told (435, 5505; cloudflare-go 4220)', async (_what, headers, seconds) => {
    double.upset('GET', path, limited(headers))
    const { api, pauses } = clientOf(double)
    expect(await api.applications(ofAccount)).toEqual([])
    expect(pauses).toEqual([{ seconds, reason: 'rate-limited' }])
  })

  it('is not waited for longer than Cloudflare’s own block', async () => {
    double.upset('GET', path, limited({ 'retry-after': '301' }))
    const { api, pauses } = clientOf(double)
    await expect(api.applications(ofAccount)).rejects.toMatchObject({ code: 'cloudflare-rate-limited' })
    expect(pauses).toEqual([])
  })

  it('a wait ends when it is cancelled', async () => {
    double.upset('GET', path, limited({ 'retry-after': '300' }))
    const controller = new AbortController()
    const api = createCloudflareApi({
      askServer,
      base: double.base,
      token: double.addToken(),
      clock: systemClock,
      wait: systemWait,
      signal: controller.signal,
      onPause: () => controller.abort(),
    })
    await expect(api.applications(ofAccount)).rejects.toMatchObject({ code: 'cancelled' })
    expect(double.journal).toHaveLength(1)
  })

  it('so does a request', async () => {
    const controller = new AbortController()
    double.upset('GET', path, () => controller.abort())
    const { api } = clientOf(double, { signal: controller.signal })
    await expect(api.applications(ofAccount)).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('refusals are told apart by status, namespace and message', () => {
  it.each<[number, number, string, string]>([
    [400, 12130, 'access.api.error.invalid_request: maximum number of certificates has been reached', 'limit-reached'],
    [400, 12130, 'access.api.error.invalid_request: policy precedences must be unique', 'refused'],
    [409, 12132, 'access.api.error.conflict: previous certificate settings still being updated', 'conflict'],
    [400, 12036, 'access.api.error.invalid_hostname', 'refused'],
    [400, 11018, 'access.api.error.invalid_precedence', 'refused'],
    [400, 12139, 'access.api.error.in_use: service token is in use', 'conflict'],
    [403, 9999, 'access.api.error.not_enabled: Access is not enabled', 'not-enabled'],
    [403, 1489, 'mTLS certificates quota exceeded', 'limit-reached'],
    [403, 10000, 'Authentication error', 'permission-missing'],
    [400, 9109, 'Unauthorized to access requested resource', 'permission-missing'],
    [401, 1000, 'Invalid API Token', 'token-refused'],
    [400, 6003, 'Invalid request headers', 'token-refused'],
    [404, 12135, 'access.api.error.not_found', 'not-found'],
    [400, 7003, 'Could not route to the requested path', 'not-found'],
  ])('%i %i %s', async (status, code, message, kind) => {
    double.upset('GET', path, refused(status, code, message))
    await expect(clientOf(double).api.applications(ofAccount)).rejects.toMatchObject({
      code: `cloudflare-${kind}`,
      detail: `HTTP status ${status}: ${code} ${message}`,
    })
    expect(double.journal).toHaveLength(1)
  })

  it('10000 beside a valid verification is no refusal', async () => {
    expect(await clientOf(double).api.verifyUserToken()).toMatchObject({ status: 'active' })
  })

  it('a token that the server quotes is not passed on', async () => {
    const token = double.addToken()
    double.upset('GET', path, refused(400, 1, `Token ${token} is odd`))
    await expect(clientOf(double, { token }).api.applications(ofAccount)).rejects.toMatchObject({
      detail: 'HTTP status 400: 1 Token ‹token, hidden› is odd',
    })
  })
})

describe('what is sent', () => {
  const planted = {
    CLOUDFLARE_BASE_URL: 'http://127.0.0.1:9/elsewhere',
    CLOUDFLARE_API_TOKEN: 'planted-token',
    CLOUDFLARE_API_KEY: 'planted-key',
    CLOUDFLARE_EMAIL: 'planted@example.com',
    CLOUDFLARE_API_USER_SERVICE_KEY: 'planted-service-key',
    CLOUDFLARE_LOG: 'debug',
    CLOUDFLARE_CUSTOM_HEADERS: 'authorization: Bearer planted-header\nx-auth-key: planted-custom\nnot a header: x',
  }
  const names = Object.keys(planted)

  it('is the token, and nothing out of the environment', async () => {
    Object.assign(process.env, planted)
    try {
      const token = double.addToken()
      await clientOf(double, { token }).api.applications(ofAccount)
      const [call] = double.journal
      expect(call?.headers).toEqual({
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        'user-agent': 'latchkey',
        host: new URL(double.base).host,
        connection: 'close',
      })
      expect(JSON.stringify(double.journal)).not.toContain('planted')
    } finally {
      for (const name of names) delete process.env[name]
    }
  })
})
