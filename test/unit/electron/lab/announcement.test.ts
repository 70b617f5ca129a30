import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createAnnouncement, type LabDescription } from '#electron/lab/announcement'
import { temporaryFolder } from '../../../support/home'

const root = temporaryFolder()
const newHome = () => mkdtempSync(join(root, 'home-'))

const description: LabDescription = {
  processId: process.pid,
  hostname: 'practice.latchkey.localhost',
  port: 8443,
  issuePort: 8444,
  issuer: 'https://practice.latchkey.localhost:8443',
  serverRootPem: '-----BEGIN CERTIFICATE-----',
  serverKeySha256: 'a'.repeat(64),
  clientChain: [],
  jwks: { keys: [{ kty: 'RSA' }] },
}

/** What is read of a folder in which somebody left this file. */
function readBack(content: unknown) {
  const home = newHome()
  writeFileSync(join(home, 'practice.json'), typeof content === 'string' ? content : JSON.stringify(content))
  return createAnnouncement(home).read()
}

it('names the practice site of a live process, until that withdraws it', async () => {
  const announcement = createAnnouncement(newHome())
  expect(await announcement.read()).toBeNull()
  await announcement.publish(description)
  expect(await announcement.read()).toEqual(description)
  await announcement.withdraw()
  expect(await announcement.read()).toBeNull()
})

it('says nothing of a site whose process is gone', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', ''], { env: { ELECTRON_RUN_AS_NODE: '1' } })
  expect(await readBack({ ...description, processId: pid })).toBeNull()
})

it.each<[string, object]>([
  ['another name', { hostname: 'admin.example.com' }],
  ['a team’s issuer', { issuer: 'https://acme.cloudflareaccess.com' }],
  ['the issuer of another port', { issuer: 'https://practice.latchkey.localhost:8444' }],
  ['more than a site has', { password: 'x' }],
  ['a root as long as a book', { serverRootPem: 'A'.repeat(20_000) }],
])('vouches for nothing but the practice site: %s', async (_name, change) => {
  expect(await readBack({ ...description, ...change })).toBeNull()
})

it('takes no file that is none, or is too long', async () => {
  expect(await readBack('{')).toBeNull()
  expect(await readBack(`${JSON.stringify(description)}${' '.repeat(300_000)}`)).toBeNull()
  const linked = newHome()
  writeFileSync(join(linked, 'elsewhere'), JSON.stringify(description))
  symlinkSync(join(linked, 'elsewhere'), join(linked, 'practice.json'))
  expect(await createAnnouncement(linked).read()).toBeNull()
})

it.skipIf(process.platform === 'win32')('does not wait for a pipe', async () => {
  const home = newHome()
  execFileSync('mkfifo', [join(home, 'practice.json')])
  expect(await createAnnouncement(home).read()).toBeNull()
})
