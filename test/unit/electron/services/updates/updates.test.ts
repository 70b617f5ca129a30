import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createPreferences } from '#electron/platform/preferences'
import { downloadFile, type FeedPorts, fetchManifest } from '#electron/services/updates/feed'
import { manifestOf } from '#electron/services/updates/manifest'
import { createUpdates, type UpdatePorts, UpdateRecord } from '#electron/services/updates/updates'
import { AppError } from '#shared/errors'
import { updateStepWords } from '#shared/logic/update-words'
import type { UpdateChannel, Updates } from '#shared/model/updates'
import { temporaryFolder } from '../../../../support/home'
import {
  bytes,
  describeProgram,
  half,
  type ManifestText,
  manifestName,
  newProgram,
  newSigner,
  programName,
  startFeed,
  type UpdateServer,
} from '../../../../support/update-feed'

let server: UpdateServer
beforeAll(async () => {
  server = await startFeed()
})
afterAll(() => server.close())
beforeEach(() => {
  server.answers.clear()
  server.asked.length = 0
})

const today = new Date('2026-11-27T12:00:00Z')

/** One computer: a service on the real feed, with files in a folder of its own. */
function computer({
  version = '0.1.0',
  channel = 'feed',
  allowed = async () => true,
  patience = 60_000,
  whileDownloading = async () => undefined,
  get = fetch,
}: Partial<Setup> = {}) {
  const home = temporaryFolder()
  const ports: FeedPorts = { get, patience }
  const prepared: string[] = []
  const bugs: unknown[] = []
  const own: UpdatePorts = {
    version,
    channel: () => channel,
    updatesAllowed: allowed,
    manifest: () => fetchManifest(ports, server.feed, manifestOf('linux', 'x64')),
    async prepare({ version: newer, files: [file] }) {
      await whileDownloading()
      if (file !== undefined) await downloadFile(ports, server.feed, file, join(home, 'downloaded'))
      prepared.push(newer)
    },
    withdraw: () => prepared.splice(0).length >= 0,
    record: createPreferences(join(home, 'updates.json'), UpdateRecord),
    clock: { now: () => today },
    changed: () => undefined,
    onBug: (error) => bugs.push(error),
  }
  const again = (changes: Partial<UpdatePorts> = {}) => createUpdates({ ...own, ...changes })
  return { updates: createUpdates(own), again, prepared, bugs }
}
interface Setup {
  version: string
  channel: UpdateChannel
  allowed(): Promise<boolean>
  patience: number
  whileDownloading(): Promise<void>
  get: FeedPorts['get']
}

/** What one check comes to, and that nothing was prepared where it came to a problem. */
async function checkOnce(setup: Partial<Setup> = {}): Promise<Updates> {
  const { updates, prepared, bugs } = computer(setup)
  const state = await updates.check()
  expect(bugs).toEqual([])
  expect(prepared).toEqual(state.step === 'ready' ? [state.offered?.version] : [])
  return state
}
const problemOf = async (setup: Partial<Setup> = {}) => {
  const { step, problem } = await checkOnce(setup)
  expect(step).toBe('idle')
  return problem?.code
}

it('a newer release is downloaded, shown with its notes as plain text, and ready', async () => {
  server.publish({ releaseNotes: 'Faster.\r\n<b>Bold</b>\u202e \u001b[31m' })
  expect(await checkOnce()).toEqual({
    channel: 'feed',
    isAutomatic: true,
    checkedAt: today.toISOString(),
    step: 'ready',
    offered: {
      version: '9.0.0',
      released: '2026-11-01T00:00:00.000Z',
      notes: 'Faster.\n<b>Bold</b>\\u202e \\u001b[31m',
    },
    problem: null,
    notInstalled: null,
  })
})

it.each(['9.0.0', '9.0.1', '10.0.0', '9.0.0+trial'])('%s is not replaced by 9.0.0', async (version) => {
  server.publish()
  expect(await checkOnce({ version })).toMatchObject({ step: 'nothing-newer', offered: null, problem: null })
  expect(server.asked).not.toContain(programName)
})

it.each<[string, Partial<ManifestText>]>([
  ['another format', { format: 2 }],
  ['another product', { product: 'padlock' }],
  ['another system', { system: 'darwin' }],
  ['a version with a suffix', { version: '9.0.0-rc.1' }],
  ['a version that is none', { version: 'latest' }],
  ['a file on another server', { files: [describeProgram(newProgram, 'https://elsewhere.test/a.AppImage')] }],
  ['a file in another folder', { files: [describeProgram(newProgram, '../a.AppImage')] }],
  ['a file on another server, by its scheme alone', { files: [describeProgram(newProgram, '//elsewhere.test/a')] }],
  ['no file', { files: [] }],
])('a signed manifest with %s is refused', async (_name, release) => {
  server.publish(release)
  expect(await problemOf()).toBe('update-damaged')
})

it('a manifest that somebody else has signed changes nothing', async () => {
  server.publish({}, newSigner())
  expect(await problemOf()).toBe('update-untrusted')
  expect(server.asked).toEqual([`${manifestName}.sig`, manifestName])
})

it('neither does one without a signature, with an empty one, or with a long one', async () => {
  server.publish()
  server.answers.delete(`${manifestName}.sig`)
  expect(await problemOf()).toBe('update-untrusted')
  server.answers.set(`${manifestName}.sig`, bytes(Buffer.alloc(0)))
  expect(await problemOf()).toBe('update-untrusted')
  server.answers.set(`${manifestName}.sig`, bytes(Buffer.alloc(65)))
  expect(await problemOf()).toBe('update-damaged')
})

it('each changed octet of the manifest or its signature is noticed', async () => {
  server.publish()
  for (const name of [manifestName, `${manifestName}.sig`]) {
    const whole = Buffer.from(await (await fetch(`${server.feed.url}/${name}`)).arrayBuffer())
    for (const at of [0, Math.floor(whole.length / 2), whole.length - 1]) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] ?? 0) ^ 1
      server.answers.set(name, bytes(changed))
      expect(await problemOf(), `${name} at ${at}`).toBe('update-untrusted')
    }
    server.answers.set(name, bytes(whole))
  }
  expect((await checkOnce()).step).toBe('ready')
})

it('the right checksum does not help a wrong signature, nor the right signature a wrong checksum', async () => {
  server.publish({ files: [describeProgram(newProgram)] }, newSigner())
  expect(await problemOf()).toBe('update-untrusted')
  const another = Buffer.from(newProgram)
  another[100] = (another[100] ?? 0) ^ 1
  server.publish()
  server.answers.set(programName, bytes(another))
  expect(await problemOf()).toBe('update-damaged')
})

it.each<[string, Uint8Array]>([
  ['shorter', newProgram.subarray(0, -1)],
  ['longer', Buffer.concat([newProgram, Buffer.from('x')])],
])('a file that is %s than the manifest says is refused', async (_name, content) => {
  server.publish()
  server.answers.set(programName, bytes(content))
  expect(await problemOf()).toBe('update-damaged')
})

it('a file whose connection breaks off is no file', async () => {
  server.publish()
  server.answers.set(programName, (_request, response) => {
    response.writeHead(200, { 'content-length': newProgram.length })
    response.write(newProgram.subarray(0, 1000), () => response.destroy())
  })
  expect(await problemOf()).toBe('update-unreachable')
})

it('a server that falls silent is given up, one that is slow is not', async () => {
  server.publish()
  server.answers.set(programName, half(newProgram).answer)
  expect(await problemOf({ patience: 300 })).toBe('update-unreachable')
  const slow = half(newProgram)
  server.answers.set(programName, slow.answer)
  const checking = checkOnce()
  ;(await slow.reached).end(newProgram.subarray(newProgram.length / 2))
  expect((await checking).step).toBe('ready')
})

it('without a server it says so, and what is known stays', async () => {
  const gone = await startFeed()
  await gone.close()
  const { url } = server.feed
  server.feed.url = gone.feed.url
  expect(await problemOf()).toBe('update-unreachable')
  server.feed.url = url
})

it.each([500, 403, 404, 204])('status %d is no manifest', async (status) => {
  server.publish()
  server.answers.set(manifestName, (_request, response) => void response.writeHead(status).end())
  expect(await problemOf()).toBe('update-unreachable')
})

/** As Chromium 114 said them of a certificate that signed itself, and of proxies that were off, refused, or wanted a sign-in. */
it.each([
  ['ERR_CERT_AUTHORITY_INVALID', 'The certificate shown for 127.0.0.1 is not trusted on this computer.'],
  ['ERR_CERT_DATE_INVALID', 'The certificate shown for 127.0.0.1 is not valid on the date of this computer.'],
  ['ERR_CERT_COMMON_NAME_INVALID', 'The certificate shown for 127.0.0.1 is not valid.'],
  ['ERR_PROXY_CONNECTION_FAILED', 'The proxy in the settings of this computer cannot be reached.'],
  ['ERR_TUNNEL_CONNECTION_FAILED', 'The proxy in the settings of this computer did not connect to 127.0.0.1.'],
  ['ERR_PROXY_AUTH_UNSUPPORTED', 'The proxy in the settings of this computer requires a sign-in'],
  ['ERR_NAME_NOT_RESOLVED', 'net::ERR_NAME_NOT_RESOLVED'],
])('%s is said in words where the network or the computer can be changed', async (name, words) => {
  const { problem } = await checkOnce({ get: () => Promise.reject(new Error(`net::${name}`)) })
  expect(problem).toMatchObject({ code: 'update-unreachable' })
  expect(problem?.detail).toContain(words)
  expect(problem?.detail).toContain(name)
})

it('a proxy that requires a sign-in is not taken for the server', async () => {
  const { problem } = await checkOnce({ get: async () => new Response('Sign in', { status: 407 }) })
  expect(problem?.detail).toContain('The proxy in the settings of this computer requires a sign-in')
})

it.each([manifestName, `${manifestName}.sig`, programName])('no redirection is followed from %s', async (name) => {
  server.publish()
  const whole = server.answers.get(name)
  if (whole !== undefined) server.answers.set('elsewhere', whole)
  server.answers.set(name, (_request, response) => void response.writeHead(302, { location: '/feed/elsewhere' }).end())
  expect(await problemOf()).toBe('update-unreachable')
  expect(server.asked).not.toContain('elsewhere')
})

it('a manifest that is too large is given up', async () => {
  server.publish()
  server.answers.set(manifestName, bytes(Buffer.alloc(256 * 1024 + 1, ' ')))
  expect(await problemOf()).toBe('update-damaged')
})

const zeros = Buffer.alloc(64 * 1024)
const packed = gzipSync(Buffer.alloc(64 * 1024 * 1024))
const endless: [string, RequestListener][] = [
  [
    'that does not end',
    (_request, response) => {
      const more = () => {
        while (response.write(zeros));
      }
      response.on('drain', more)
      more()
    },
  ],
  [
    'that unpacks to far more than it should be',
    (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
  ],
]

it.each(
  [`${manifestName}.sig`, manifestName, programName].flatMap((name) =>
    endless.map(([what, answer]) => ({ name, what, answer })),
  ),
)('an answer for $name $what is given up', async ({ name, answer }) => {
  server.publish()
  server.answers.set(name, answer)
  expect(await problemOf()).toBe('update-damaged')
})

it('one that has expired counts no longer', async () => {
  server.publish({ expires: today.toISOString() })
  expect(await problemOf()).toBe('update-stale')
})

it('one that is dated later than today counts not yet: either its date is wrong, or that of this computer', async () => {
  server.publish({ signed: '2026-11-28T13:00:00.000Z' })
  expect(await problemOf()).toBe('update-stale')
  // Clocks differ by hours.
  server.publish({ signed: '2026-11-28T11:00:00.000Z' })
  expect((await checkOnce()).step).toBe('ready')
})

it('an earlier manifest is not taken again, also where it names the same release', async () => {
  const { updates, again } = computer()
  server.publish({ signed: '2026-11-10T00:00:00.000Z' })
  expect((await updates.check()).step).toBe('ready')
  server.publish({ signed: '2026-11-09T23:59:59.999Z' })
  expect((await again().check()).problem?.code).toBe('update-stale')
})

it('an earlier manifest is not taken again after a later one, also by the next start', async () => {
  const { updates, again, prepared } = computer()
  server.publish({ version: '9.1.0', signed: '2026-11-10T00:00:00.000Z' })
  expect((await updates.check()).offered?.version).toBe('9.1.0')
  server.publish({ version: '9.0.0', signed: '2026-11-01T00:00:00.000Z' })
  const earlier = await again().check()
  expect(earlier).toMatchObject({ step: 'idle', offered: null, problem: { code: 'update-stale' } })
  // Signed anew, but an older release: a mistake of the maker, or somebody with the key.
  server.publish({ version: '9.0.9', signed: '2026-11-20T00:00:00.000Z' })
  expect((await again().check()).problem?.code).toBe('update-stale')
  // The same release, signed anew.
  server.publish({ version: '9.1.0', signed: '2026-11-21T00:00:00.000Z' })
  expect((await again().check()).step).toBe('ready')
  expect(prepared).toEqual(['9.1.0', '9.1.0'])
})

it('what was ready stays ready while a later check fails', async () => {
  const { updates } = computer()
  server.publish()
  await updates.check()
  server.answers.clear()
  expect(await updates.check()).toMatchObject({
    step: 'ready',
    offered: { version: '9.0.0' },
    problem: { code: 'update-untrusted' },
  })
})

it('two checks at once ask the server once', async () => {
  const { updates } = computer()
  server.publish()
  const [one, other] = await Promise.all([updates.check(), updates.check()])
  expect([one.step, other.step]).toEqual(['ready', 'ready'])
  expect(server.asked).toEqual([`${manifestName}.sig`, manifestName, programName])
})

it.each<UpdateChannel>(['none', 'deb', 'rpm', 'msi', 'sources', 'folder', 'read-only'])(
  'where the channel is “%s” no server is asked',
  async (channel) => {
    server.publish()
    expect(await checkOnce({ channel })).toMatchObject({ channel, step: 'idle', checkedAt: null })
    expect(server.asked).toEqual([])
  },
)

it('where the policy forbids updates no server is asked', async () => {
  server.publish()
  expect(await checkOnce({ allowed: async () => false })).toMatchObject({ channel: 'policy', step: 'idle' })
  expect(server.asked).toEqual([])
})

it('switched off it asks nothing by itself, and what was ready is not installed', async () => {
  const { updates, again, prepared } = computer()
  server.publish()
  await updates.check()
  const switchedOff = await updates.setAutomatic(false)
  expect(switchedOff).toMatchObject({ isAutomatic: false, step: 'idle', offered: { version: '9.0.0' } })
  expect(updateStepWords(switchedOff, 'now')).toBe('Latchkey 9.0.0 is available.')
  expect(prepared).toEqual([])
  server.asked.length = 0
  const next = again()
  await next.checkByItself()
  expect(server.asked).toEqual([])
  // What an earlier run has found is not known any more, and nothing is said of it.
  expect(updateStepWords(await next.state(), 'an hour ago')).toBe('Last checked: an hour ago.')
  // Asked for by the person, it does.
  expect((await next.check()).step).toBe('ready')
  await next.setAutomatic(true)
  server.asked.length = 0
  await again().checkByItself()
  expect(server.asked).toContain(programName)
})

it('is not installed where it was switched off while it was downloaded', async () => {
  const { updates, prepared } = computer({
    async whileDownloading() {
      await updates.setAutomatic(false)
    },
  })
  server.publish()
  expect(await updates.check()).toMatchObject({ isAutomatic: false, step: 'idle', problem: null })
  expect(prepared).toEqual([])
})

it('is installed after all where the person asks for it meanwhile', async () => {
  const asked: Promise<Updates>[] = []
  const { updates, prepared } = computer({
    async whileDownloading() {
      if (asked.length > 0) return
      await updates.setAutomatic(false)
      asked.push(updates.check())
    },
  })
  server.publish()
  await updates.check()
  expect(await asked[0]).toMatchObject({ isAutomatic: false, step: 'ready', offered: { version: '9.0.0' } })
  expect(prepared).toEqual(['9.0.0'])
})

it('is not looked for while it cannot be told whether a policy forbids it, and nothing fails', async () => {
  const { updates, bugs } = computer({ allowed: () => Promise.reject(new AppError('database-damaged')) })
  server.publish()
  await updates.checkByItself()
  expect([server.asked, bugs]).toEqual([[], []])
})

it('the next start says once that what was ready was not installed', async () => {
  server.publish()
  const { updates, again } = computer()
  expect(await updates.check()).toMatchObject({ step: 'ready', notInstalled: null })
  const next = again()
  expect(await next.state()).toMatchObject({ step: 'idle', notInstalled: '9.0.0', problem: null })
  // As long as this one runs, also once it is ready again.
  expect(await next.check()).toMatchObject({ step: 'ready', notInstalled: '9.0.0' })
  expect(await again().state()).toMatchObject({ notInstalled: '9.0.0' })
  expect(await again().state()).toMatchObject({ notInstalled: null })
})

it('nothing is said where it was installed, switched off, or left to somebody else', async () => {
  server.publish()
  const ready = async () => {
    const made = computer()
    await made.updates.check()
    return made
  }
  expect(await (await ready()).again({ version: '9.0.0' }).state()).toMatchObject({ notInstalled: null })
  expect(await (await ready()).again({ version: '9.0.1' }).state()).toMatchObject({ notInstalled: null })
  expect(await (await ready()).again({ channel: () => 'deb' }).state()).toMatchObject({ notInstalled: null })
  const off = await ready()
  await off.updates.setAutomatic(false)
  expect(await off.again().state()).toMatchObject({ notInstalled: null })
})

it('what can no longer be taken back stays ready to be seen, also once it is switched off', async () => {
  server.publish()
  const { again } = computer()
  const mac = again({ withdraw: () => false })
  await mac.check()
  expect(await mac.setAutomatic(false)).toMatchObject({ isAutomatic: false, step: 'ready' })
})
